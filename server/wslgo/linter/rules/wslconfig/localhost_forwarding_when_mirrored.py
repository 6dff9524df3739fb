"""`localhostForwarding` has no effect with `networkingMode=mirrored`.

In mirrored mode Windows and Linux share `localhost` anyway, and WSL warns about the setting at every start. Remove it.

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

from wslgo.knowledge.boolean_words import meant_boolean
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="localhostForwarding has no effect in mirrored mode, and WSL warns about it at every start",
    zh="localhostForwarding 在 mirrored 模式下不起作用，WSL 每次启动都会为此给出警告",
)
STILL_SHARED = Message(
    en="In mirrored mode localhost is always shared: false has no effect, and WSL warns about it at every start",
    zh="mirrored 模式下 localhost 始终共享：localhostForwarding=false 不起作用，WSL 每次启动都会给出警告",
)
MODE = Message(en="mirrored is set here", zh="此处设置了 mirrored")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("localhostforwarding",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    setting = holder(file, "wsl2", "localhostForwarding")
    if mode is None or mode.converted != "Mirrored" or setting is None:
        return
    # If mirrored mode is not supported, WSL falls back to NAT, where `false` has an effect.
    is_sure = meant_boolean(setting.value) == "true" and edit.is_sure_removal(file, setting)
    safety = Safety.SAFE if is_sure else Safety.UNSAFE
    message = STILL_SHARED() if setting.converted == "false" else MESSAGE()
    fix = Fix(REMOVE(name="localhostForwarding"), (edit.removal(file, setting),), safety)
    yield Finding(setting.key_span, message, (fix,), (Related(mode.value_span, MODE()),), (Tag.UNNECESSARY,))
