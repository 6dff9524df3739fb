"""The file has more findings than wslgo shows.

wslgo shows the 500 most severe findings of a file, and among equally severe ones the first in the file. The others
appear as soon as these are fixed; `wslgo fix` works on all of them. The exit code is not affected: a hidden finding is
never more severe than a shown one.

## Example

```ini path=.wslconfig times=600
; not a comment for WSL
```

## No finding

```ini path=.wslconfig times=500
; not a comment for WSL
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Overflow, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="This file has {count} more findings: wslgo shows only the {most} most severe",
    zh="此文件中还有 {count} 个问题：wslgo 只显示最严重的 {most} 个",
)


@rule(Severity.INFORMATION, subject=RuleSubject.OVERFLOW)
def check(overflow: Overflow, scene: Scene) -> Iterator[Finding]:
    end = len(scene.file.source.text)
    # Hidden hints must not fail a run that the shown ones do not fail.
    severity = max(overflow.severity, Severity.INFORMATION)
    yield Finding(Span(end, end), MESSAGE(count=f"{overflow.hidden:,}", most=overflow.shown), severity=severity)
