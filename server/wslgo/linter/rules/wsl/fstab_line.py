"""A line of `/etc/fstab` or a mount command is in a WSL file.

WSL mounts nothing because of such a line. It skips the line in `.wslconfig` and stops reading `wsl.conf` there. Move it
to `/etc/fstab`, or to `command=` under `[boot]` in `wsl.conf`.

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
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import COMMENT_OUT
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, lines_with
from wslgo.syntax.wsl.edit import comment_out
from wslgo.syntax.wsl.ini import BLANKS
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

COMMAND = pattern(r"(?:sudo\s+)?(?:u?mount|mkdir)\s")

FSTAB = Message(
    en="This is not a WSL setting: {consequence}. Move the line to /etc/fstab",
    zh="这不是 WSL 的设置：{consequence}。请把这一行移到 /etc/fstab",
)
MOUNT = Message(
    en="WSL does not run commands from here: {consequence}. Use command= under [boot] in wsl.conf, or /etc/fstab",
    zh="WSL 不会在这里执行命令：{consequence}。请改用 wsl.conf 中 [boot] 下的 command=，或 /etc/fstab",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.MOUNT):
        line = file.text[bad.span.start : bad.span.end]
        edit = comment_out(file, bad.span)
        message = MOUNT if COMMAND.match(line.lstrip(BLANKS)) else FSTAB
        span = Span(edit.span.start, bad.span.start + len(line.rstrip(f"{BLANKS}\r\n")))
        yield Finding(span, message(consequence=CONSEQUENCE[file.dialect]), (Fix(COMMENT_OUT(), (edit,)),))
