r"""A backslash is followed by a character that it cannot escape.

WSL knows only `\\`, `\"`, `\n`, `\t`, `\b` and a backslash at the end of a line. Anything else, such as a Windows path
with single backslashes, makes the whole line invalid: WSL skips it in `.wslconfig` and stops reading `wsl.conf` there.
Double each backslash.

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
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import DOUBLE_BACKSLASHES
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, is_fixed_by, lines_with
from wslgo.syntax.wsl.ini import BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

ESCAPE = pattern(r"\\(.|\Z)")
WINDOWS_PATH = pattern(r'=\s*"?(?:[A-Za-z]:\\|\\\\|%\w+%\\)')

MESSAGE = Message(
    en=r"{escape} is not a valid escape: {consequence}. Write \\ for each backslash",
    zh=r"{escape} 不是有效的转义：{consequence}。每个反斜杠都要写成 \\",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.ESCAPE):
        escape = file.text[bad.culprit.start : bad.culprit.end]
        message = MESSAGE(escape=escape, consequence=CONSEQUENCE[file.dialect])
        yield Finding(bad.culprit, message, tuple(_fixes(file, bad)))


def _fixes(file: IniFile, bad: BadLine) -> Iterator[Fix]:
    line = file.text[bad.span.start : bad.span.end].rstrip("\r\n")
    # In a path \t, \n and \b start the name of a folder; elsewhere they may be intended.
    kept = '\\"' if WINDOWS_PATH.search(line) else '\\"ntb'
    wrong = [escape.start() for escape in ESCAPE.finditer(line) if not escape[1] or escape[1] not in kept]
    starts = [bad.span.start + offset for offset in wrong]
    edits = tuple(Edit(Span(start, start), "\\") for start in starts)
    if is_fixed_by(file, bad, *edits):
        yield Fix(DOUBLE_BACKSLASHES(), edits, Safety.SAFE)
