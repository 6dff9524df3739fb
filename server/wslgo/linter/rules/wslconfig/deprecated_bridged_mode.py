"""`networkingMode=bridged` is deprecated.

Since WSL 2.4.5 bridged networking is deprecated; mirrored mode makes the machine reachable from the local network
without a Hyper-V switch.

## Example

```ini
[wsl2]
networkingMode=bridged
vmSwitch=LAN
```

becomes

```ini
[wsl2]
networkingMode=mirrored
vmSwitch=LAN
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
```

## No finding

Without a switch the mode does not even start, which another rule says:

```ini
[wsl2]
networkingMode=bridged
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.effective import holder, is_safe_mode
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="Bridged networking is deprecated since WSL 2.4.5; mirrored is reachable from the local network too",
    zh="bridged 网络模式自 WSL 2.4.5 起已弃用；mirrored 模式同样可以从局域网访问",
)
TITLE = Message(en="Use mirrored", zh="改用 mirrored")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    if mode is None or mode.converted != "Bridged" or is_safe_mode(file):
        return
    switch = holder(file, "wsl2", "vmSwitch")
    if switch is not None and switch.value:
        fix = Fix(TITLE(), (Edit(mode.value_span, "mirrored"),))
        yield Finding(mode.value_span, MESSAGE(), (fix,), tags=(Tag.DEPRECATED,))
