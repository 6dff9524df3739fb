"""`networkingMode=bridged` has no `vmSwitch`.

WSL needs the name of a Hyper-V switch. Without it the virtual machine starts with no network at all. Name a switch, or
use mirrored mode: bridged mode is deprecated.

## Example

```ini
[wsl2]
networkingMode=bridged
```

becomes

```ini
[wsl2]
networkingMode=mirrored
```

## Example

```ini
[wsl2]
networkingMode=Bridged
vmSwitch=
```

## No finding

```ini
[wsl2]
networkingMode=bridged
vmSwitch=LAN
```

## No finding

```ini
[wsl2]
networkingMode=nat
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder, is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="Bridged networking needs vmSwitch: without it WSL starts with no network. Set vmSwitch, or use mirrored",
    zh="bridged 网络模式需要设置 vmSwitch：否则 WSL 启动后没有任何网络。请设置 vmSwitch，或改用 mirrored",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, only_with=("networkingmode",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    if mode is None or mode.converted != "Bridged" or is_safe_mode(file):
        return
    switch = holder(file, "wsl2", "vmSwitch")
    if switch is None or not switch.value:
        fix = Fix(CHANGE_TO(value="mirrored"), edit.mirrored(file))
        yield Finding(mode.value_span, MESSAGE(), (fix,))
