"""`networkingMode=bridged` is deprecated.

Bridged networking has been deprecated since WSL 2.4.5. In mirrored mode WSL can be reached from the local network as
well, without a Hyper-V switch.

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
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
```

## No finding

Another rule reports the mode without a switch, which does not even work:

```ini
[wsl2]
networkingMode=bridged
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder, is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="Bridged networking has been deprecated since WSL 2.4.5. With mirrored, the local network can reach WSL as well",
    zh="bridged 网络模式自 WSL 2.4.5 起已弃用。mirrored 模式同样可以从局域网访问",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, only_with=("networkingmode",), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    if mode is None or mode.converted != "Bridged" or is_safe_mode(file):
        return
    switch = holder(file, "wsl2", "vmSwitch")
    if switch is not None and switch.value:
        fix = Fix(CHANGE_TO(value="mirrored"), edit.mirrored(file))
        yield Finding(mode.value_span, MESSAGE(), (fix,), tags=(Tag.DEPRECATED,))
