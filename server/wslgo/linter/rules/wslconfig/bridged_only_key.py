"""A setting works only in bridged networking, but the mode is another one.

WSL reads `vmSwitch`, `macAddress`, `dhcp`, `dhcpTimeout` and `ipv6` only in bridged mode. In particular, `ipv6=true`
does not enable IPv6 in NAT mode, and mirrored mode has IPv6 without it. Remove the setting.

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
# at the office
vmSwitch=LAN # the one with the cable
```

becomes

```ini
[wsl2]
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
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import networking_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

# src/windows/service/exe/BridgedNetworking.cpp (2026-08), with the default values, which change nothing.
DEFAULTS = {"vmSwitch": "", "macAddress": None, "dhcp": "true", "dhcpTimeout": "5000", "ipv6": "false"}

MESSAGE = Message(
    en="{key} has an effect only with networkingMode=bridged, so WSL ignores it here",
    zh="{key} 只在 networkingMode=bridged 时有效，因此 WSL 会忽略它",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=tuple(map(str.lower, DEFAULTS)), dimension="network")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if networking_mode(file) in (None, "Bridged"):
        return
    for key, default in DEFAULTS.items():
        setting = file.find("wsl2", key)
        if setting is not None and setting.converted != default:
            fix = Fix(REMOVE(name=key), (edit.removal(file, setting),))
            yield Finding(setting.key_span, MESSAGE(key=key), (fix,), tags=(Tag.UNNECESSARY,))
