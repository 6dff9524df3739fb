"""A setting works only in mirrored networking, and the mode is another one.

WSL empties `ignoredPorts` and switches `hostAddressLoopback` off in silence unless `networkingMode=mirrored` stands
in the same file, so "Windows still owns the port" has no visible cause.

## Example

```ini
[wsl2]
memory=8GB
[experimental]
hostAddressLoopback=true
```

## Example

```ini
[wsl2]
networkingMode=nat
[experimental]
ignoredPorts=3000,9000
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
[experimental]
hostAddressLoopback=true
ignoredPorts=3000
```

## No finding

Switched off anyway:

```ini
[experimental]
hostAddressLoopback=false
```
"""

from collections.abc import Iterator

from wslgo.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.message import Message
from wslgo.rules import rule
from wslgo.scene import Scene
from wslgo.syntax import wsledit
from wslgo.syntax.wslfile import IniFile, Setting
from wslgo.text import Edit

# src/windows/common/WslCoreConfig.cpp, Initialize: reset unless mirrored (2026-08).
KEYS = ("ignoredPorts", "hostAddressLoopback")
WITHOUT_EFFECT = ("", "false")

MESSAGE = Message(
    en="{key} works only with networkingMode=mirrored; here WSL drops it without a word",
    zh="{key} 只在 networkingMode=mirrored 时有效；此处 WSL 会静默丢弃它",
)
TITLE = Message(en="Set networkingMode=mirrored", zh="设置 networkingMode=mirrored")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    mode = file.find("wsl2", "networkingMode")
    if mode is not None and mode.converted == "Mirrored":
        return
    for key in KEYS:
        setting = file.find("experimental", key)
        if setting is not None and setting.converted not in WITHOUT_EFFECT:
            fix = Fix(TITLE(), (_mirrored(file, mode),))
            yield Finding(setting.key_span, MESSAGE(key=key), (fix,), tags=(Tag.UNNECESSARY,))


def _mirrored(file: IniFile, mode: Setting | None) -> Edit:
    if mode is None:
        return wsledit.insertion(file, "wsl2", "networkingMode=mirrored")
    return Edit(mode.value_span, "mirrored")
