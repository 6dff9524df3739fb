r"""A single backslash in a path turns into a tab, a newline or a backspace.

WSL silently reads `\t`, `\n` and `\b` as escapes: `C:\temp\new` becomes a name with a tab and a newline in it, and the
file is not found. Double each backslash.

## Example

```ini path=.wslconfig
[wsl2]
kernel=C:\temp\bzImage
```

becomes

```ini path=.wslconfig
[wsl2]
kernel=C:\\temp\\bzImage
```

## Example

```ini path=.wslconfig
[wsl2]
swapFile=D:\\wsl\new.vhdx
```

becomes

```ini path=.wslconfig
[wsl2]
swapFile=D:\\wsl\\new.vhdx
```

## No finding

```ini path=.wslconfig
[wsl2]
kernel=C:\\temp\\bzImage
swapFile=D:/tmp/new.vhdx
```

## No finding

A command may need them:

```ini path=wsl.conf
[boot]
command=printf 'a\tb\n' > /run/table
```
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import DOUBLE_BACKSLASHES
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

ESCAPE = pattern(r"\\(.)", re.DOTALL)
CHARACTERS = {
    "t": Message(en="a tab", zh="制表符"),
    "n": Message(en="a newline", zh="换行符"),
    "b": Message(en="a backspace", zh="退格符"),
}

MESSAGE = Message(
    en=r"WSL silently reads {escape} as {character}, so the path is not found. Write \\ for each backslash",
    zh=r"WSL 会静默地把 {escape} 变成{character}，因此找不到该路径。每个反斜杠都要写成 \\",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.PATH:
            yield from _findings(setting)


def _findings(setting: Setting) -> Iterator[Finding]:
    start = setting.value_span.start
    single = [escape for escape in ESCAPE.finditer(setting.written.raw) if escape[1] in CHARACTERS]
    doubled = tuple(Edit(Span(start + escape.start(), start + escape.start()), "\\") for escape in single)
    fix = Fix(DOUBLE_BACKSLASHES(), doubled, Safety.SAFE)
    for escape in single:
        message = MESSAGE(escape=escape.group(), character=CHARACTERS[escape[1]]())
        yield Finding(Span(start + escape.start(), start + escape.end()), message, (fix,))
