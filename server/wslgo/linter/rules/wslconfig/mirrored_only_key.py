"""A setting works only in mirrored networking, but the mode is another one.

WSL silently empties `ignoredPorts` and turns `hostAddressLoopback` off unless `networkingMode=mirrored` is in the same
file, so "Windows still owns the port" has no visible cause. Set the mode, or remove the setting.

## Example

```ini
[wsl2]
memory=8GB
[experimental]
hostAddressLoopback=true
```

becomes

```ini
[wsl2]
memory=8GB
networkingMode=mirrored
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

becomes

```ini
[wsl2]
networkingMode=mirrored
[experimental]
ignoredPorts=3000,9000
```

## Example

This Windows has no mirrored networking:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[experimental]
ignoredPorts=3000
sparseVhd=false
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[experimental]
sparseVhd=false
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

It is turned off anyway:

```ini
[experimental]
hostAddressLoopback=false
```

## No finding

Another rule reports a misspelled mode:

```ini
[wsl2]
networkingMode=mirored
[experimental]
hostAddressLoopback=true
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import networking_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

# src/windows/common/WslCoreConfig.cpp, Initialize: reset unless mirrored (2026-08).
DEPENDENT = ("ignoredPorts", "hostAddressLoopback")
WITHOUT_EFFECT = ("", "false")

MESSAGE = Message(
    en="{key} works only with networkingMode=mirrored, so WSL silently ignores it here",
    zh="{key} 只在 networkingMode=mirrored 时有效，因此 WSL 会静默忽略它",
)
TITLE = Message(en="Set networkingMode=mirrored", zh="设置 networkingMode=mirrored")


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs=("wslconfig", "windows.build", "wsl.version"),
    only_with=tuple(map(str.lower, DEPENDENT)),
    dimension="network",
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if networking_mode(file) in (None, "Mirrored"):
        return
    for key in DEPENDENT:
        setting = file.find("experimental", key)
        if setting is not None and setting.converted not in WITHOUT_EFFECT:
            fix = Fix(TITLE(), edit.mirrored(file))
            if scene.snapshot is not None and _lacks_mirrored(scene.host):
                fix = Fix(REMOVE(name=key), (edit.removal(file, setting),))
            yield Finding(setting.key_span, MESSAGE(key=key), (fix,), tags=(Tag.UNNECESSARY,))


def _lacks_mirrored(host: Host) -> bool:
    """Return whether this machine does not support mirrored networking."""
    from wslgo.machine.support import lack_of_key  # few files set keys of mirrored networking

    return any(lack_of_key(key, host) for key in KEYS[WSLCONFIG] if key.name == "networkingMode")
