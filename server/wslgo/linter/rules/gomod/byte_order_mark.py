"""`go.mod` begins with a byte order mark.

The go command takes the mark for a character of the first line and reads no further: `unexpected input character
'\\ufeff'`. Windows editors and PowerShell write the mark without asking, and editors do not show it.

## Example

```text bom
module example.com/m

go 1.25
```

becomes

```text
module example.com/m

go 1.25
```

## No finding

```text
module example.com/m

go 1.25
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import Subject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8, Source
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="The go command refuses this file (unexpected input character '\\ufeff'): it begins with a byte order mark",
    zh="go 命令会拒绝此文件（unexpected input character '\\ufeff'）：文件以字节顺序标记（BOM）开头",
)
TITLE = Message(en="Remove the byte order mark", zh="删除字节顺序标记（BOM）")

MARK = Span(0, len(BOM))


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=Subject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if source.has_bom and source.encoding == UTF8:
        yield Finding(MARK, MESSAGE(), (Fix(TITLE(), (Edit(MARK, ""),), Safety.SAFE, bytewise=True),))
