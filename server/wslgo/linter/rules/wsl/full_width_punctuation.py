"""A line has full-width punctuation from an input method.

`＝`, `［ ］`, `“ ”` and the ideographic blank look like their ASCII twins, but WSL takes none of them: the line is bad.

## Example

```ini path=.wslconfig
【wsl2】
memory＝8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=wsl.conf
［boot］
systemd　＝ true
```

becomes

```ini path=wsl.conf
[boot]
systemd = true
```

## No finding

Comments may say what they like:

```ini path=wsl.conf
# 启动：使用 systemd（推荐）
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import FULL_WIDTH, halved
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Slip, is_cured, slips
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BadLine
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="'{wide}' is full-width punctuation where WSL needs '{narrow}'; {consequence}",
    zh="'{wide}' 是全角符号，WSL 需要的是 '{narrow}'；{consequence}",
)
TITLE = Message(en="Write the line in ASCII punctuation", zh="把这一行改为半角符号")


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in slips(file, Slip.FULL_WIDTH):
        at = next(at for at in range(*bad.span) if file.text[at] in FULL_WIDTH)
        wide = file.text[at]
        message = MESSAGE(wide=wide, narrow=FULL_WIDTH[wide], consequence=CONSEQUENCE[file.dialect])
        yield Finding(Span(at, at + 1), message, tuple(_fixes(file, bad)))


def _fixes(file: IniFile, bad: BadLine) -> Iterator[Fix]:
    edit = Edit(bad.span, halved(file.text[bad.span.start : bad.span.end]))
    if is_cured(file, bad, edit):
        yield Fix(TITLE(), (edit,), Safety.SAFE)
