"""A setting is under `[experimental]`, but it is no longer experimental.

`networkingMode`, `dnsTunneling`, `firewall` and `autoProxy` belong under `[wsl2]`. WSL still reads them in the old
place, for compatibility only. Move them.

## Example

```ini
[wsl2]
memory=8GB
[experimental]
networkingMode=mirrored # like Windows
sparseVhd=false
```

becomes

```ini
[wsl2]
memory=8GB
networkingMode=mirrored # like Windows
[experimental]
sparseVhd=false
```

## Example

```ini
[experimental]
dnsTunneling=true
autoProxy=true
hostAddressLoopback=false
```

becomes

```ini
[experimental]
hostAddressLoopback=false

[wsl2]
dnsTunneling=true
autoProxy=true
```

## Example

It is set in both places, so moving it would not help; the other line is a duplicate:

```ini
[experimental]
firewall=true
[wsl2]
firewall=false
```

## No finding

```ini
[wsl2]
networkingMode=mirrored
[experimental]
autoMemoryReclaim=gradual
```

## No finding

This machine does not support the setting in either place, which another rule reports:

```ini path=/mnt/c/Users/user/.wslconfig host=windows-10
[experimental]
dnsTunneling=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import MOVE_TO
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message

OLD_SECTION = "experimental"

MESSAGE = Message(
    en="{key} is no longer experimental: WSL reads it here only for compatibility. Move it to [wsl2]",
    zh="{key} 已不再是实验性设置：WSL 仅为兼容才读取这里的写法。请移到 [wsl2]",
)


@rule(
    Severity.INFORMATION,
    fixable=Safety.SAFE,
    needs=("wslconfig", "windows.build", "wsl.version"),
    only_with=(OLD_SECTION,),
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        known = setting.known
        if known and known.has_experimental_alias and setting.verdict is Verdict.ACCEPTED and _is_old(setting):
            if scene.snapshot is not None:
                from wslgo.machine.support import lack_of  # most files are not this machine's own

                if lack_of(setting, scene.host):
                    continue
            message = MESSAGE(key=known.name)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting)), tags=(Tag.DEPRECATED,))


def _is_old(setting: Setting) -> bool:
    return setting.written.name.lower().startswith(f"{OLD_SECTION}.")


def _fixes(file: IniFile, setting: Setting) -> Iterator[Fix]:
    if any(file.first_of(other) == setting for other in file.settings):  # the first of two wins: moving could swap them
        return
    yield Fix(MOVE_TO(place="[wsl2]"), edit.move(file, setting, "wsl2"), Safety.SAFE)
