"""`protectBinfmt=false` lets systemd remove the entry through which Linux starts Windows programs.

The kernel starts a Windows program through the entry `WSLInterop` in `/proc/sys/fs/binfmt_misc`, which all
distributions share. When systemd stops in one of them, it clears the whole table, unless WSL protects it. From then on
`code .` and every `.exe` end with "exec format error", also in the other distributions, until WSL restarts.

## Example

```ini
[boot]
systemd=true
protectBinfmt=false
```

becomes

```ini
[boot]
systemd=true
```

## No finding

Without systemd nothing clears the table:

```ini
[boot]
protectBinfmt=false
```

## No finding

```ini
[boot]
systemd=true
protectBinfmt=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="Without protection systemd clears WSLInterop when it stops: Windows programs then end with 'exec format error'",
    zh="没有保护时，systemd 停止时会清除 WSLInterop：此后 Windows 程序会报 'exec format error'",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("protectbinfmt",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("boot", "protectBinfmt")
    if setting is None or setting.converted != "false" or not file.is_true("boot", "systemd"):
        return
    fix = Fix(REMOVE(name=setting.key), (edit.removal(file, setting),))
    yield Finding(setting.value_span, MESSAGE(), (fix,))
