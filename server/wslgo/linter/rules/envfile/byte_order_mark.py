"""The go env file begins with a byte order mark, so go ignores its first line.

A line counts only if it begins with a letter from A to Z, and the mark is in front of the first one. Windows editors
and PowerShell write it, and editors do not show it.

## Example

```properties path=.config/go/env bom
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## No finding

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## No finding

The first line is a comment, which go ignores anyway:

```properties path=.config/go/env bom
# of the company
GOPROXY=https://goproxy.cn,direct
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

MARK = Span(0, len(BOM))

MESSAGE = Message(
    en="go ignores the first line, {line}, because a byte order mark (BOM) is in front of it. Remove the mark",
    zh="go 会忽略第一行 {line}，因为其前面有字节顺序标记（BOM）。请删除该标记",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    line = source.text[MARK.end :].partition("\n")[0].rstrip("\r")
    if source.has_bom and source.encoding == UTF8 and "A" <= line[:1] <= "Z" and "=" in line:
        fix = Fix(REMOVE_BYTE_ORDER_MARK(), (Edit(MARK, ""),), Safety.SAFE, bytewise=True)
        yield Finding(MARK, MESSAGE(line=line), (fix,))
