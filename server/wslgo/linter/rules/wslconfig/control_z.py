r"""A Ctrl-Z ends the file before its end.

WSL opens `.wslconfig` as a Windows text file, and there the character U+001A means the end: nothing behind it is
read.

## Example

```ini escapes
[wsl2]
memory=8GB
\x1aprocessors=4
```

becomes

```ini
[wsl2]
memory=8GB
processors=4
```

## No finding

At the very end, where old editors put it:

```ini escapes
[wsl2]
memory=8GB
\x1a
```

## No finding

```ini
[wsl2]
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import BLANKS, Unread
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MARK = "\x1a"

MESSAGE = Message(
    en="Windows ends the file at this Ctrl-Z (U+001A): WSL reads nothing behind it",
    zh="Windows 会把这个 Ctrl-Z（U+001A）当作文件结尾：WSL 不会读取其后的任何内容",
)
TITLE = Message(en="Remove the character", zh="删除该字符")


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for node in file.nodes:
        if isinstance(node, Unread) and file.text[node.span.start : node.span.end].strip(f"{MARK}{BLANKS}\r\n"):
            # Behind the first one there may be others.
            marks = [at for at in range(*node.span) if file.text[at] == MARK]
            edits = tuple(Edit(Span(at, at + len(MARK)), "") for at in marks)
            yield Finding(edits[0].span, MESSAGE(), (Fix(TITLE(), edits),))
