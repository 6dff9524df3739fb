r"""A quote is not closed on the line where it is opened.

A quoted value cannot span lines, so WSL rejects the line; a `#` after the quote does not start a comment either. WSL
skips the line in `.wslconfig` and stops reading `wsl.conf` there.

## Example

```ini path=.wslconfig
[wsl2]
kernelCommandLine="cgroup_no_v1=all
```

becomes

```ini path=.wslconfig
[wsl2]
kernelCommandLine="cgroup_no_v1=all"
```

## Example

Only the author knows where this one should end:

```ini path=wsl.conf
[boot]
command=echo "it works" and "more
```

## No finding

```ini path=wsl.conf
[automount]
options = "metadata,umask=22" # quotes are taken off
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, is_fixed_by, lines_with
from wslgo.syntax.wsl.ini import BLANKS, BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="This quote is not closed on its line: {consequence}",
    zh="这个引号在行尾之前没有闭合：{consequence}",
)
CLOSE = Message(en="Close the quote at the end of the line", zh="在行尾补上引号")


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.QUOTE):
        yield Finding(bad.culprit, MESSAGE(consequence=CONSEQUENCE[file.dialect]), tuple(_fixes(file, bad)))


def _fixes(file: IniFile, bad: BadLine) -> Iterator[Fix]:
    line = file.text[bad.span.start : bad.span.end].rstrip(f"{BLANKS}\r\n")
    opens_the_value = file.text[bad.span.start : bad.culprit.start].rstrip(BLANKS).endswith("=")
    end = bad.span.start + len(line)
    edit = Edit(Span(end, end), '"')
    if opens_the_value and "#" not in line and is_fixed_by(file, bad, edit):
        yield Fix(CLOSE(), (edit,), Safety.SAFE)
