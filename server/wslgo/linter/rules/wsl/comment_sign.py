"""A comment starts with something other than `#`.

Only `#` starts a comment. WSL skips a line that starts with `;`, `//` or `REM` in `.wslconfig` with a warning. In
`wsl.conf` it stops reading there, so every setting after the comment is lost.

## Example

```ini path=.wslconfig
[wsl2]
; see the documentation
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
# see the documentation
memory=8GB
```

## Example

```ini path=wsl.conf
// drives
[automount]
root=/
```

becomes

```ini path=wsl.conf
# drives
[automount]
root=/
```

## No finding

```ini path=wsl.conf
# drives
[automount]
root=/ # not /mnt
options="metadata;case=off"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import START_COMMENT
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, lines_with
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

SIGN = pattern(r";+|/{2,}|--+|/\*+|\*+|<!--|'|[Rr][Ee][Mm]\b|::")

MESSAGE = Message(
    en="'{sign}' does not start a comment, only # does: {consequence}",
    zh="'{sign}' 不是注释符号，只有 # 才是：{consequence}",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.COMMENT):
        if sign := SIGN.search(file.text, *bad.span):
            span = Span(*sign.span())
            message = MESSAGE(sign=sign.group(), consequence=CONSEQUENCE[file.dialect])
            yield Finding(span, message, (Fix(START_COMMENT(), (Edit(span, "#"),), Safety.SAFE),))
