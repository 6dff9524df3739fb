"""A mask takes the permission to execute from every file on the Windows drives.

A bit that is set in `fmask` or `umask` is taken from each file. With `0100` in it, the owner may not execute any of
them, so no Windows program starts: `code`, `explorer.exe` and `docker-credential-*.exe` end with "Permission denied",
and `chmod` cannot change files of the system. Without that bit, programs start and the other bits of the mask stay. In
a `umask`, the bit also keeps the owner out of every folder; use `fmask` for files.

## Example

```ini path=wsl.conf
[automount]
options="metadata,umask=0022,fmask=0133"
```

becomes

```ini path=wsl.conf
[automount]
options="metadata,umask=0022,fmask=0033"
```

## Example

```ini path=wsl.conf
[automount]
options = "metadata,uid=1000,gid=1000,umask=022,fmask=111"
```

becomes

```ini path=wsl.conf
[automount]
options = "metadata,uid=1000,gid=1000,umask=022,fmask=11"
```

## Example

```ini path=wsl.conf
[automount]
options=metadata,umask=177
```

becomes

```ini path=wsl.conf
[automount]
options=metadata,umask=77
```

## Example

```text path=etc/fstab
C: /mnt/c drvfs metadata,umask=22,fmask=111 0 0
UUID=1 / ext4 defaults 0 0
```

becomes

```text path=etc/fstab
C: /mnt/c drvfs metadata,umask=22,fmask=11 0 0
UUID=1 / ext4 defaults 0 0
```

## No finding

The owner may execute:

```ini path=wsl.conf
[automount]
options="metadata,umask=077,fmask=0033,dmask=0177"
```

## No finding

No Windows program starts here anyway:

```ini path=wsl.conf
[automount]
options="metadata,fmask=0111"

[interop]
enabled=false
```

## No finding

```ini path=wsl.conf
[automount]
enabled=false
options="metadata,fmask=0111"
```

## No finding

```text path=etc/fstab
# C: /mnt/c drvfs metadata,fmask=111 0 0
C: /mnt/c drvfs metadata,umask=22,fmask=11 0 0
//server/share /mnt/share cifs fmask=111 0 0
```

## No finding

WSL does not mount these lines:

```text path=etc/fstab
C: /mnt/c drvfs metadata,fmask=111 0 0
```

```ini path=etc/wsl.conf
[automount]
mountFsTab=false
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.fstab import Fstab
from wslgo.syntax.wsl.drvfs import MountOption, options
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

OWNER_EXECUTES = 0o100

FILES = Message(
    en="{option} takes the execute permission from all Windows files: code and other Windows programs do not start",
    zh="{option} 会去掉所有 Windows 文件的执行权限：code 等 Windows 程序无法启动",
)
FOLDERS = Message(
    en="{option} takes the execute permission from all Windows files and folders: no program starts, no folder opens",
    zh="{option} 会去掉所有 Windows 文件和文件夹的执行权限：程序无法启动，文件夹也无法进入",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("mask",))
def check(file: IniFile | Fstab, scene: Scene) -> Iterator[Finding]:
    if _is_idle(file, scene):
        return
    for option in options(file):
        mode = option.mode if option.name in ("fmask", "umask") else None
        if mode is not None and mode & OWNER_EXECUTES:
            message = FOLDERS if option.name == "umask" else FILES
            value = _without_bit(option.value, mode)
            fix = Fix(CHANGE_TO(value=f"{option.name}={value}"), (Edit(option.value_span, value),))
            text = message(option=f"{option.name}={option.value}")
            yield Finding(option.value_span, text, (fix,), severity=_severity(option))


def _is_idle(file: IniFile | Fstab, scene: Scene) -> bool:
    """Return whether WSL does not use the options, or starts no Windows program."""
    is_fstab = isinstance(file, Fstab)
    _, conf = (scene.other(WSLCONF) or ("", None)) if is_fstab else ("", file)
    if not isinstance(conf, IniFile):
        return False
    uses = conf.is_true("automount", "mountFsTab" if is_fstab else "enabled")
    return uses is False or conf.is_true("interop", "enabled") is False


def _without_bit(value: str, mode: int) -> str:
    """Return the mask without the owner's bit, as wide as it was written if it was padded with zeros."""
    octal = f"{mode & ~OWNER_EXECUTES:o}"
    return octal.zfill(len(value)) if value.startswith("0") else octal


def _severity(option: MountOption) -> Severity:
    """Return how much it costs: Windows programs are on drive C:, other drives may well hold only data."""
    return Severity.WARNING if option.drive.upper() in ("", "C:", "C:\\", "C:/") else Severity.INFORMATION
