"""A setting works only in bridged networking, and the mode is another one.

WSL looks at `vmSwitch`, `macAddress`, `dhcp`, `dhcpTimeout` and `ipv6` in bridged mode alone. `ipv6=true` in
particular gives no IPv6 in NAT, and mirrored mode has IPv6 without it.

## Example

```ini
[wsl2]
networkingMode=mirrored
ipv6=true
```

becomes

```ini
[wsl2]
networkingMode=mirrored
```

## Example

```ini
[wsl2]
vmSwitch=LAN # the one with the cable
```

becomes

```ini
[wsl2]
# the one with the cable
```

## No finding

```ini
[wsl2]
networkingMode=bridged
vmSwitch=LAN
ipv6=true
```

## No finding

These are the defaults:

```ini
[wsl2]
ipv6=false
dhcp=true
vmSwitch=
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import networking_mode
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message

# src/windows/service/exe/BridgedNetworking.cpp (2026-08), with the values that change nothing.
DEFAULTS = {"vmSwitch": "", "macAddress": None, "dhcp": "true", "dhcpTimeout": "5000", "ipv6": "false"}

MESSAGE = Message(
    en="{key} has an effect only with networkingMode=bridged; WSL never looks at it here",
    zh="{key} 只在 networkingMode=bridged 时有效；此处 WSL 根本不会读取它",
)
TITLE = Message(en="Remove {key}", zh="删除 {key}")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if networking_mode(file) in (None, "Bridged"):
        return
    for key, default in DEFAULTS.items():
        setting = file.find("wsl2", key)
        if setting is not None and setting.converted != default:
            fix = Fix(TITLE(key=key), (edit.removal(file, setting),))
            yield Finding(setting.key_span, MESSAGE(key=key), (fix,), tags=(Tag.UNNECESSARY,))
