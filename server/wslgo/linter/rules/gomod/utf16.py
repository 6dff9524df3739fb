"""`go.mod` or `go.work` is UTF-16.

The go command reads only UTF-8 and stops at the first zero byte: `unexpected input character '\\x00'`. PowerShell's
`>` writes UTF-16. Save the file as UTF-8.

## Example

```text utf16 bom
module example.com/m

go 1.25
```

becomes

```text
module example.com/m

go 1.25
```

## Example

```text utf16be
module example.com/m
```

becomes

```text
module example.com/m
```

## No finding

```text
module example.com/m // 模块

go 1.25
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import SAVE_AS_UTF8
from wslgo.text.message import Message
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

MESSAGE = Message(
    en="go cannot read this file because it is UTF-16. Save it as UTF-8",
    zh="go 无法读取此文件，因为其编码为 UTF-16。请另存为 UTF-8",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if source.encoding != UTF8:
        yield Finding(Span(0, min(1, len(source.text))), MESSAGE(), tuple(_fixes(source)))


def _fixes(source: Source) -> Iterator[Fix]:
    from wslgo.syntax.encoding import to_utf8  # hardly any go.mod is UTF-16

    edits = to_utf8(source)
    if edits is not None:
        yield Fix(SAVE_AS_UTF8(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
