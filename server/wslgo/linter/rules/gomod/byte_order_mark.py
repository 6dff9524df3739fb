"""`go.mod` or `go.work` begins with a byte order mark.

The go command reads the mark as a character of the first line and stops: `unexpected input character '\\ufeff'`.
Windows editors and PowerShell write the mark without asking, and editors do not show it. Remove it.

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
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE_BYTE_ORDER_MARK
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8, Source
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="go cannot read this file because it begins with a byte order mark: unexpected input character '\\ufeff'",
    zh="go 无法读取此文件，因为它以字节顺序标记（BOM）开头：unexpected input character '\\ufeff'",
)

MARK = Span(0, len(BOM))


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if source.has_bom and source.encoding == UTF8:
        yield Finding(MARK, MESSAGE(), (Fix(REMOVE_BYTE_ORDER_MARK(), (Edit(MARK, ""),), Safety.SAFE, bytewise=True),))
