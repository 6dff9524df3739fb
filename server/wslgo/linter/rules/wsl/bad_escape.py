r"""A backslash stands before a character that it does not escape.

WSL knows only `\\`, `\"`, `\n`, `\t`, `\b` and a backslash at the end of a line. A Windows path with single
backslashes makes the whole line bad.

## Example

```ini path=.wslconfig
[wsl2]
kernel=C:\Users\me\bzImage
```

becomes

```ini path=.wslconfig
[wsl2]
kernel=C:\\Users\\me\\bzImage
```

## Example

```ini path=wsl.conf
[boot]
command=echo \$HOME > /tmp/home
```

becomes

```ini path=wsl.conf
[boot]
command=echo \\$HOME > /tmp/home
```

## No finding

```ini path=.wslconfig
[wsl2]
kernel=C:\\Users\\me\\bzImage
swapFile=D:/wsl/swap.vhdx
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Slip, is_cured, slips
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BadLine
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

ESCAPE = pattern(r"\\(.|\Z)")
WINDOWS_PATH = pattern(r'=\s*"?(?:[A-Za-z]:\\|\\\\|%\w+%\\)')

MESSAGE = Message(
    en=r"{escape} is no escape that WSL knows; {consequence}, so write \\ for each backslash",
    zh=r"WSL 不认识转义 {escape}；{consequence}，每个反斜杠都要写成 \\",
)
TITLE = Message(en="Double the backslashes", zh="把反斜杠写成双份")


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in slips(file, Slip.ESCAPE):
        escape = file.text[bad.culprit.start : bad.culprit.end]
        message = MESSAGE(escape=escape, consequence=CONSEQUENCE[file.dialect])
        yield Finding(bad.culprit, message, tuple(_fixes(file, bad)))


def _fixes(file: IniFile, bad: BadLine) -> Iterator[Fix]:
    line = file.text[bad.span.start : bad.span.end].rstrip("\r\n")
    # In a path \t, \n and \b are folders, elsewhere they may be meant.
    kept = '\\"' if WINDOWS_PATH.search(line) else '\\"ntb'
    wrong = [escape.start() for escape in ESCAPE.finditer(line) if not escape[1] or escape[1] not in kept]
    starts = [bad.span.start + at for at in wrong]
    edits = tuple(Edit(Span(at, at), "\\") for at in starts)
    if is_cured(file, bad, *edits):
        yield Fix(TITLE(), edits, Safety.SAFE)
