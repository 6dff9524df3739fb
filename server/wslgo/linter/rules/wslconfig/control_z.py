r"""A Ctrl-Z in the file makes WSL ignore the rest.

WSL opens `.wslconfig` as a Windows text file, in which the character U+001A marks the end: WSL reads nothing after it.
Remove the character.

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

At the end of the file, where old editors put it:

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
from wslgo.syntax.wsl.ini import BLANKS, Unread
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MARK = "\x1a"

MESSAGE = Message(
    en="This Ctrl-Z (U+001A) ends the file for WSL: it ignores everything after it. Remove the character",
    zh="对 WSL 而言，文件到这个 Ctrl-Z（U+001A）为止：其后的内容都会被忽略。请删除该字符",
)
TITLE = Message(en="Remove the character", zh="删除该字符")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, only_with=(MARK,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for node in file.nodes:
        if isinstance(node, Unread) and file.text[node.span.start : node.span.end].strip(f"{MARK}{BLANKS}\r\n"):
            # There may be others after the first one.
            starts = [offset for offset in range(*node.span) if file.text[offset] == MARK]
            edits = tuple(Edit(Span(start, start + len(MARK)), "") for start in starts)
            yield Finding(edits[0].span, MESSAGE(), (Fix(TITLE(), edits),))
