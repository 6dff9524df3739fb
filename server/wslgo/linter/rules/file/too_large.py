"""The file is too large for wslgo to check.

wslgo checks files of up to 1,048,576 characters; no real configuration file is longer. Since wslgo does not know what
is in a larger file, it reports an error instead of "no problems". If the file is not a configuration, exclude it from
the check; if another program reads it, ignore this rule.

## Example

```ini path=.wslconfig times=40000
# one of very many lines
[wsl2]
```

## No finding

```ini path=.wslconfig times=100
# one of many lines
[wsl2]
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import LARGEST
from wslgo.text.message import Message
from wslgo.text.source import Source
from wslgo.text.span import Span

MESSAGE = Message(
    en="wslgo did not check this file because it has more than {most} characters",
    zh="wslgo 未检查此文件，因为它超过 {most} 个字符",
)


@rule(Severity.ERROR, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if len(source.text) > LARGEST:
        yield Finding(Span(0, 0), MESSAGE(most=f"{LARGEST:,}"))
