"""A setting needs a newer Windows, or a newer WSL, than this computer has.

An older WSL reports the key as unknown. On an older Windows WSL drops the setting, mostly silently: mirrored networking
becomes NAT again. Update, or remove the setting.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
memory=8GB
networkingMode=mirrored
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[experimental]
autoMemoryReclaim=gradual
```

```json host
{"wsl": {"version": "1.2.5.0"}}
```

## Example

```ini path=/etc/wsl.conf host=windows-10
[boot]
command=service docker start
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[automount]
cgroups=v1
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
dnsTunneling=true
[experimental]
autoMemoryReclaim=gradual
```

## No finding

A setting that is turned off has no effect to lose:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
networkingMode=nat
dnsTunneling=false
nestedVirtualization=false
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=windows-10
[wsl2]
networkingMode=mirrored
```

## No finding

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
command=service docker start
```

## No finding

The WSL that is part of Windows 10 does not report a version:

```ini path=/etc/wsl.conf host=windows-10
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.knowledge.version import wsl_version
from wslgo.knowledge.wsl_key import Key
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.machine.host import Host
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message, Text

OFF = ("", "false", "Disabled")  # turned off

OLD_WINDOWS = Message(
    en="{name} needs Windows build {needs} or newer: on this build ({has}) it has no effect",
    zh="{name} 需要 Windows 内部版本 {needs} 或更高：在当前版本（{has}）上不起作用",
)
OLD_WSL = Message(
    en="{name} needs WSL {needs} or newer: in this version ({has}) it has no effect. Run wsl --update",
    zh="{name} 需要 WSL {needs} 或更高版本：在当前版本（{has}）中不起作用。请运行 wsl --update",
)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs={
        "wslconfig": ("wslconfig", "windows.build", "wsl.version"),
        "wslconf": ("wslconf", "windows.build", "wsl.version"),
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if scene.snapshot is None:
        return
    for setting in file.settings:
        known = setting.known
        if known is None or setting.verdict is not Verdict.ACCEPTED or not _is_turned_on(setting, known):
            continue
        name = f"{known.name}={setting.value}" if known.newer_values else known.name
        message = _unmet_need(name, known, scene.host)
        if message:
            span = setting.value_span if known.newer_values else setting.key_span
            # The other "Windows 11 only" keys are so according to Microsoft's pages, but not to the source.
            severity = None if known.since_windows or known.since_wsl else Severity.INFORMATION
            fix = Fix(REMOVE(name=known.name), (edit.removal(file, setting),))
            yield Finding(span, message, (fix,), severity=severity)


def _is_turned_on(setting: Setting, known: Key) -> bool:
    """Return whether the value turns on something newer."""
    return setting.converted in known.newer_values if known.newer_values else setting.converted not in OFF


def _unmet_need(name: str, known: Key, host: Host) -> Text | None:
    build, version = host.windows.build, wsl_version(host.wsl.version or "")
    if build is not None and build < known.first_build:
        return OLD_WINDOWS(name=name, needs=known.first_build, has=build)
    if version is not None and version < known.since_wsl:
        return OLD_WSL(name=name, needs=".".join(map(str, known.since_wsl)), has=host.wsl.version)
    return None
