"""`[boot] command` starts a service that systemd should start.

WSL runs the command while systemd is still starting. `service` and `systemctl` then fail, or start the service outside
of systemd, which may start it a second time. Enable it once with `sudo systemctl enable --now NAME`, then remove it
from the command.

## Example

```ini
[boot]
systemd=true
command="service docker start"
```

## Example

Other commands stay:

```ini
[boot]
systemd=true
command = sysctl -w vm.swappiness=10 && /etc/init.d/ssh start
```

## Example

```ini
[boot]
command=systemctl start docker
systemd=true
```

## No finding

Without systemd this is how a service starts:

```ini
[boot]
command="service docker start; service cron start"
```

## No finding

```ini
[boot]
systemd=true
command=sysctl -w vm.swappiness=10
```

## No finding

```ini
[boot]
systemd=false
command=service docker start
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

START = pattern(
    r"(?<![\w./-])(?:/usr)?(?:/s?bin/)?"
    r"(?:service +([\w@.-]+) +(?:re)?start|/etc/init\.d/([\w@.-]+) +(?:re)?start|systemctl +(?:re)?start +([\w@.-]+))"
    r"(?![^\s\";&|])"
)

MESSAGE = Message(
    en="systemd is still starting when WSL runs this. Enable it once instead: sudo systemctl enable --now {service}",
    zh="WSL 执行此命令时 systemd 仍在启动。请改为启用一次：sudo systemctl enable --now {service}",
)


@rule(Severity.INFORMATION, only_with=("command",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("boot", "command")
    if setting is None or not file.is_true("boot", "systemd"):
        return
    for match in START.finditer(setting.written.raw):
        start = setting.value_span.start + match.start()
        span = Span(start, start + len(match.group()))
        yield Finding(span, MESSAGE(service=match[1] or match[2] or match[3]))
