"""`localhostForwarding` stands beside `networkingMode=mirrored`, where it has no effect.

In mirrored mode Windows and Linux share `localhost` anyway. WSL says so with a warning at every start, whatever the
value.

## Example

```ini
[wsl2]
networkingMode=mirrored
localhostForwarding=true
```

becomes

```ini
[wsl2]
networkingMode=mirrored
```

## Example

```ini
[wsl2]
localhostForwarding=false # see the wiki
[experimental]
networkingMode=mirrored
```

becomes

```ini
[wsl2]
# see the wiki
[experimental]
networkingMode=mirrored
```

## No finding

```ini
[wsl2]
localhostForwarding=true
```

## No finding

```ini
[wsl2]
networkingMode=nat
localhostForwarding=false
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="localhostForwarding has no effect in mirrored mode, and WSL warns about it at every start",
    zh="localhostForwarding 在 mirrored 模式下无效，WSL 每次启动都会为此给出警告",
)
MODE = Message(en="mirrored is chosen here", zh="此处选择了 mirrored")
TITLE = Message(en="Remove localhostForwarding", zh="删除 localhostForwarding")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    setting = holder(file, "wsl2", "localhostForwarding")
    if mode is None or mode.converted != "Mirrored" or setting is None:
        return
    # Where mirrored mode is not supported WSL falls back to NAT, and there `false` would count.
    safety = Safety.SAFE if setting.converted == "true" else Safety.UNSAFE
    fix = Fix(TITLE(), (edit.removal(file, setting),), safety)
    yield Finding(setting.key_span, MESSAGE(), (fix,), (Related(mode.value_span, MODE()),), (Tag.UNNECESSARY,))
