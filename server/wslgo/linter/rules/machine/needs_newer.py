"""A setting needs a newer Windows, or a newer WSL, than this computer has.

An older WSL calls the key unknown; on an older Windows it drops the setting, mostly without a word: mirrored
networking becomes NAT again.

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

What is switched off is not missed:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[wsl2]
networkingMode=nat
dnsTunneling=false
nestedVirtualization=false
```

## No finding

It is the file of another machine:

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

The WSL of Windows 10 itself tells no version:

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
from wslgo.machine.host import Host
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.file import IniFile, Setting, Verdict
from wslgo.text.message import Message, Text

OFF = ("", "false", "Disabled")  # nothing is asked for

OLD_WINDOWS = Message(
    en="{name} needs build {needs} of Windows or a newer one; this is {has}, where it has no effect",
    zh="{name} 需要 Windows 内部版本 {needs} 或更高；当前为 {has}，此设置无效",
)
OLD_WSL = Message(
    en="{name} needs WSL {needs} or a newer one; this is {has}, where it has no effect (wsl --update)",
    zh="{name} 需要 WSL {needs} 或更高版本；当前为 {has}，此设置无效（可运行 wsl --update）",
)
TITLE = Message(en="Remove {name}", zh="删除 {name}")


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs={
        "wslconfig": ("wslconfig", "windows.build", "wsl.version"),
        "wslconf": ("wslconf", "windows.build", "wsl.version"),
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if scene.own is None:
        return
    for setting in file.settings:
        known = setting.known
        if known is None or setting.verdict is not Verdict.ACCEPTED or not _asks(setting, known):
            continue
        name = f"{known.name}={setting.value}" if known.newer_values else known.name
        message = _lack(name, known, scene.host)
        if message:
            span = setting.value_span if known.newer_values else setting.key_span
            # Of the rest of those "Windows 11 only" keys Microsoft's pages say it, and the source does not.
            severity = None if known.since_windows or known.since_wsl else Severity.INFORMATION
            fix = Fix(TITLE(name=known.name), (edit.removal(file, setting),))
            yield Finding(span, message, (fix,), severity=severity)


def _asks(setting: Setting, known: Key) -> bool:
    """Whether the value asks for what is newer."""
    return setting.converted in known.newer_values if known.newer_values else setting.converted not in OFF


def _lack(name: str, known: Key, host: Host) -> Text | None:
    build, version = host.windows.build, wsl_version(host.wsl.version or "")
    if build is not None and build < known.first_build:
        return OLD_WINDOWS(name=name, needs=known.first_build, has=build)
    if version is not None and version < known.since_wsl:
        return OLD_WSL(name=name, needs=".".join(map(str, known.since_wsl)), has=host.wsl.version)
    return None
