"""A line of `/etc/fstab` or a mount command stands in a WSL file.

Neither file mounts anything by such a line. In `wsl.conf` reading even stops there.

## Example

```ini path=wsl.conf
[automount]
enabled=true
C: /mnt/c drvfs metadata 0 0
[boot]
systemd=true
```

becomes

```ini path=wsl.conf
[automount]
enabled=true
# C: /mnt/c drvfs metadata 0 0
[boot]
systemd=true
```

## Example

```ini path=wsl.conf
[automount]
mountFsTab=false
mount -t drvfs D: /mnt/d
```

## Example

```ini path=.wslconfig
[wsl2]
//server/share /mnt/share cifs defaults 0 0
```

## No finding

```ini path=wsl.conf
[boot]
command=mount -t drvfs D: /mnt/d
```

## No finding

```ini path=wsl.conf
[automount]
# C: /mnt/c drvfs metadata 0 0
mountFsTab=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit as wsledit
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Slip, slips
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BLANKS
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

COMMAND = pattern(r"(?:sudo\s+)?(?:u?mount|mkdir)\s")

FSTAB = Message(
    en="This line belongs in /etc/fstab; {consequence}",
    zh="这一行应写在 /etc/fstab 中；{consequence}",
)
MOUNT = Message(
    en="Commands do not run from here: use command= below [boot] in wsl.conf, or /etc/fstab; {consequence}",
    zh="命令不会在这里执行：请写到 wsl.conf 的 [boot] 下的 command= 中，或在 /etc/fstab 中加一行；{consequence}",
)
TITLE = Message(en="Make it a comment", zh="改为注释")


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in slips(file, Slip.MOUNT):
        line = file.text[bad.span.start : bad.span.end]
        edit = wsledit.comment_out(file, bad.span)
        message = MOUNT if COMMAND.match(line.lstrip(BLANKS)) else FSTAB
        span = Span(edit.span.start, bad.span.start + len(line.rstrip(f"{BLANKS}\r\n")))
        yield Finding(span, message(consequence=CONSEQUENCE[file.dialect]), (Fix(TITLE(), (edit,)),))
