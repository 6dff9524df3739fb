r"""A single backslash in a path turns into a tab, a newline or a backspace.

WSL silently reads `\t`, `\n` and `\b` as escapes: `C:\temp\new` becomes a name with a tab and a newline in it, and the
file is not found. Without its kernel, modules or system distribution no WSL 2 distribution starts. Double each
backslash.

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

WSL ignores the second line, whatever is in it:

```ini path=.wslconfig
[wsl2]
kernel=C:\\wsl\\bzImage
kernel=C:\temp\bzImage
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
from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING, WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import DOUBLE_BACKSLASHES
from wslgo.syntax.wsl.effective import is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message, enumeration
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

ESCAPE = pattern(r"\\(.)", re.DOTALL)
CHARACTERS = {
    "t": Message(en="a tab", zh="制表符"),
    "n": Message(en="a newline", zh="换行符"),
    "b": Message(en="a backspace", zh="退格符"),
}

MESSAGE = Message(
    en=r"WSL silently reads {escape} as {character}, so {consequence}. Write \\ for each backslash",
    zh=r"WSL 会静默地把 {escape} 变成{character}，因此{consequence}。每个反斜杠都要写成 \\",
)
SEVERAL = Message(
    en=r"WSL silently reads {escapes} as control characters, so {consequence}. Write \\ for each backslash",
    zh=r"WSL 会静默地把 {escapes} 变成控制字符，因此{consequence}。每个反斜杠都要写成 \\",
)
NOT_FOUND = Message(en="the path is not found", zh="找不到该路径")


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=("\\",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    is_safe = is_safe_mode(file)
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.PATH and setting.verdict is Verdict.ACCEPTED:
            yield from _findings(setting, setting.known.name, is_safe)


def _findings(setting: Setting, name: str, is_safe: bool) -> Iterator[Finding]:
    start = setting.value_span.start
    single = [escape for escape in ESCAPE.finditer(setting.written.raw) if escape[1] in CHARACTERS]
    if not single:
        return
    doubled = tuple(Edit(Span(start + escape.start(), start + escape.start()), "\\") for escape in single)
    is_fatal = name in FATAL_WHEN_MISSING and not is_safe
    consequence = WHEN_MISSING.get(name, NOT_FOUND)()
    escapes = list(dict.fromkeys(escape.group() for escape in single))
    message = (
        SEVERAL(escapes=enumeration(escapes), consequence=consequence)
        if len(escapes) > 1
        else MESSAGE(escape=escapes[0], character=CHARACTERS[single[0][1]](), consequence=consequence)
    )
    yield Finding(
        Span(start + single[0].start(), start + single[-1].end()),
        message,
        (Fix(DOUBLE_BACKSLASHES(), doubled, Safety.SAFE),),
        severity=Severity.ERROR if is_fatal else Severity.WARNING,
    )
