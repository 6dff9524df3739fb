"""The file has more findings than are shown.

Of the findings of one file wslgo shows the 500 most severe, and of equally severe ones the first in the file. The
others appear as soon as these are fixed; `wslgo fix` works on all of them. The exit code needs no more: what is not
shown is never more severe than what is.

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
from wslgo.linter.rules import Subject, rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="{count} more findings in this file: wslgo shows the {most} most severe",
    zh="此文件中还有 {count} 个问题：wslgo 只显示最严重的 {most} 个",
)


@rule(Severity.INFORMATION, subject=Subject.OVERFLOW)
def check(overflow: Overflow, scene: Scene) -> Iterator[Finding]:
    end = len(scene.file.source.text)
    # Hints that are not shown must not fail a run that those which are shown do not fail.
    severity = max(overflow.severity, Severity.INFORMATION)
    yield Finding(Span(end, end), MESSAGE(count=f"{overflow.hidden:,}", most=overflow.shown), severity=severity)
