"""`[boot] command` sets values of the kernel, although systemd has files for that.

WSL removes the quotes from the command, runs it in a shell and ignores its errors, while systemd sets its own values at
the same time. In a file in `/etc/sysctl.d` they are set in order, and `systemctl status systemd-sysctl` shows what the
kernel rejects. `wslgo provision` moves them.

## Example

```ini
[boot]
systemd=true
command="sysctl -w vm.swappiness=10 && sysctl -w vm.vfs_cache_pressure=50"
```

## No finding

Without systemd nothing reads `/etc/sysctl.d`:

```ini
[boot]
command="sysctl -w vm.swappiness=10"
```

## No finding

The command does more than that:

```ini
[boot]
systemd=true
command="sysctl -w vm.swappiness=10 && mount -a"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.boot_command import kernel_settings
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="systemd sets such values from /etc/sysctl.d and reports errors, which this command hides",
    zh="systemd 会根据 /etc/sysctl.d 设置这些值并报告错误，而此命令会隐藏错误",
)


@rule(Severity.INFORMATION, only_with=("command",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    command = file.find("boot", "command")
    if command is not None and file.is_true("boot", "systemd") and kernel_settings(command.value):
        yield Finding(command.value_span, MESSAGE())
