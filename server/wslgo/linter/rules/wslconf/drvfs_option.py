"""`automount.options` has an option that neither DrvFs nor mount knows.

WSL does not check the list. It passes an option that it does not know to mount, so a misspelled `metadata` has no
effect, and with a space after the comma WSL does not recognise even a correct option.

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
from wslgo.linter.titles import CHANGE_TO, REMOVE_SPACES
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

LONGEST = 16  # longer words are not misspelled options of DrvFs
OPTION = pattern(r'[^,"]+')

MISSPELLED = Message(
    en="'{option}' is not a mount option, so it has no effect. Did you mean {known}?",
    zh="'{option}' 不是挂载选项，因此不起作用。您是想写 {known} 吗？",
)
UNKNOWN = Message(
    en="'{option}' is not a DrvFs option, so WSL passes it to mount unchanged",
    zh="'{option}' 不是 DrvFs 选项，WSL 会把它原样交给 mount",
)
SPACE = Message(
    en="WSL reads the space as part of the option and does not recognise '{option}'. Remove the space",
    zh="WSL 会把空格当作选项的一部分，因此无法识别 '{option}'。请删除空格",
)
FORCE = Message(
    en="WSL 2 does not support case=force and uses case=dir",
    zh="WSL 2 不支持 case=force，实际会使用 case=dir",
)


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
        fix = Fix(REMOVE_SPACES(), (Edit(span, trimmed),), Safety.SAFE)
        yield Finding(_space(option, start), SPACE(option=trimmed), (fix,))
    elif trimmed == "case=force":
        fix = Fix(CHANGE_TO(value="case=dir"), (Edit(span, "case=dir"),))
        yield Finding(span, FORCE(), (fix,), severity=Severity.INFORMATION)
    else:
        yield from _unknown(trimmed, start)


def _space(option: str, start: int) -> Span:
    before = len(option) - len(option.lstrip(" \t"))
    return Span(start, start + before) if before else Span(start + len(option.rstrip(" \t")), start + len(option))


@lru_cache(maxsize=64)
def _known_option(name: str) -> str | None:
    return nearest(name, sorted(DRVFS)) if len(name) <= LONGEST else None


def _unknown(option: str, start: int) -> Iterator[Finding]:
    name, equals, _ = option.partition("=")
    span = Span(start, start + len(name))
    if name == "metadata" and equals:
        fix = Fix(CHANGE_TO(value=name), (Edit(Span(start, start + len(option)), name),), Safety.SAFE)
        yield Finding(Span(start, start + len(option)), MISSPELLED(option=option, known=name), (fix,))
    elif name not in ALL and (known := _known_option(name)):
        fix = Fix(CHANGE_TO(value=known), (Edit(span, known),), Safety.SAFE)
        yield Finding(span, MISSPELLED(option=name, known=known), (fix,))
    elif name not in ALL:
        yield Finding(span, UNKNOWN(option=name), severity=Severity.INFORMATION)
