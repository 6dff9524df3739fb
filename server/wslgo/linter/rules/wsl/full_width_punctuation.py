"""A line has full-width punctuation from an input method.

`＝`, `［ ］`, `“ ”` and the ideographic space look like their ASCII counterparts, but WSL accepts none of them. It
skips the line in `.wslconfig` and stops reading `wsl.conf` there. Type the line in ASCII punctuation.

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

Comments may use any characters:

```ini path=wsl.conf
# 启动：使用 systemd（推荐）
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.knowledge.punctuation import FULL_WIDTH, half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import USE_ASCII
from wslgo.syntax.wsl.bad_line import CONSEQUENCE, Mistake, is_fixed_by, lines_with
from wslgo.syntax.wsl.ini import BadLine
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="'{wide}' is full-width punctuation, but WSL needs '{narrow}': {consequence}",
    zh="'{wide}' 是全角符号，WSL 需要的是 '{narrow}'：{consequence}",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for bad in lines_with(file, Mistake.FULL_WIDTH):
        start = next(offset for offset in range(*bad.span) if file.text[offset] in FULL_WIDTH)
        wide = file.text[start]
        message = MESSAGE(wide=wide, narrow=FULL_WIDTH[wide], consequence=CONSEQUENCE[file.dialect])
        yield Finding(Span(start, start + 1), message, tuple(_fixes(file, bad)))


def _fixes(file: IniFile, bad: BadLine) -> Iterator[Fix]:
    edit = Edit(bad.span, half_width(file.text[bad.span.start : bad.span.end]))
    if is_fixed_by(file, bad, edit):
        yield Fix(USE_ASCII(), (edit,), Safety.SAFE)
