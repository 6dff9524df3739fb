"""`automount.options` has an option that neither DrvFs nor mount knows.

Nobody checks the list: what WSL does not recognise it hands on to mount, so a misspelt `metadata` is simply not
there, and with a blank behind the comma even a right option is not recognised.

## Example

```ini
[automount]
options="metdata,umask=22"
```

becomes

```ini
[automount]
options="metadata,umask=22"
```

## Example

```ini
[automount]
options = metadata, uid=1000, gid=1000
```

becomes

```ini
[automount]
options = metadata,uid=1000,gid=1000
```

## Example

```ini
[automount]
options="case=force"
```

becomes

```ini
[automount]
options="case=dir"
```

## Example

```ini
[automount]
options="metadata,filemode=0644"
```

## No finding

```ini
[automount]
options="metadata,uid=1000,gid=1000,umask=22,fmask=11,case=off,noatime,ro"
```

## No finding

```ini
[automount]
options = metadata # mode bits
```
"""

from collections.abc import Iterator
from functools import lru_cache

from wslgo.knowledge.mount_options import ALL, DRVFS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

LONGEST = 16  # what is longer is no misspelt option of DrvFs
OPTION = pattern(r'[^,"]+')

MISSPELT = Message(
    en="'{option}' is no mount option, so it has no effect; did you mean {known}",
    zh="'{option}' 不是挂载选项，因此不起作用；是否想写 {known}",
)
UNKNOWN = Message(
    en="'{option}' is no option of DrvFs; WSL hands it on to mount",
    zh="'{option}' 不是 DrvFs 选项；WSL 会把它原样交给 mount",
)
BLANK = Message(
    en="The blank belongs to the option for WSL, which therefore does not recognise '{option}'",
    zh="WSL 会把空格当作选项的一部分，因此无法识别 '{option}'",
)
FORCE = Message(
    en="WSL 2 does not support case=force and uses case=dir",
    zh="WSL 2 不支持 case=force，实际会使用 case=dir",
)
WRITE = Message(en="Write {option}", zh="改为 {option}")
TRIM = Message(en="Remove the blanks", zh="删除空格")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("automount", "options")
    if setting is None or "\\" in setting.written.raw:
        return
    for match in OPTION.finditer(setting.written.raw):
        yield from _findings(match.group(), setting.value_span.start + match.start())


def _findings(option: str, start: int) -> Iterator[Finding]:
    trimmed = option.strip(" \t")
    span = Span(start, start + len(option))
    if not trimmed:
        return
    if trimmed != option:
        fix = Fix(TRIM(), (Edit(span, trimmed),), Safety.SAFE)
        yield Finding(_blank(option, start), BLANK(option=trimmed), (fix,))
    elif trimmed == "case=force":
        fix = Fix(WRITE(option="case=dir"), (Edit(span, "case=dir"),))
        yield Finding(span, FORCE(), (fix,), severity=Severity.INFORMATION)
    else:
        yield from _unknown(trimmed, start)


def _blank(option: str, start: int) -> Span:
    before = len(option) - len(option.lstrip(" \t"))
    return Span(start, start + before) if before else Span(start + len(option.rstrip(" \t")), start + len(option))


@lru_cache(maxsize=64)
def _meant(name: str) -> str | None:
    return nearest(name, sorted(DRVFS)) if len(name) <= LONGEST else None


def _unknown(option: str, start: int) -> Iterator[Finding]:
    name, equals, _ = option.partition("=")
    span = Span(start, start + len(name))
    if name == "metadata" and equals:
        fix = Fix(WRITE(option=name), (Edit(Span(start, start + len(option)), name),), Safety.SAFE)
        yield Finding(Span(start, start + len(option)), MISSPELT(option=option, known=name), (fix,))
    elif name not in ALL and (known := _meant(name)):
        fix = Fix(WRITE(option=known), (Edit(span, known),), Safety.SAFE)
        yield Finding(span, MISSPELT(option=name, known=known), (fix,))
    elif name not in ALL:
        yield Finding(span, UNKNOWN(option=name), severity=Severity.INFORMATION)
