"""A start-up file has Windows line endings.

The shell takes the carriage return at the end of each line for a part of it: values end with it, so that a folder in
PATH or a proxy in GOPROXY does not exist, and other lines fail with "$'\\r': command not found". Use Linux line
endings.

## Example

```bash path=.bashrc crlf
export GOPATH=$HOME/go
export PATH=$PATH:$GOPATH/bin
```

becomes

```bash path=.bashrc
export GOPATH=$HOME/go
export PATH=$PATH:$GOPATH/bin
```

## No finding

```bash path=.bashrc
export GOPATH=$HOME/go
```

## No finding

One line can have it in quotes, where it is meant:

```bash path=.bashrc escapes
PS1='$\\r'
export GOPATH=$HOME/go
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import LINUX_LINE_ENDINGS
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Edit, Span

_END = pattern(r"\r(?=\n|\Z)")
_LINE = pattern(r"[ \t]*[^#\s]")

MESSAGE = Message(
    en="With Windows line endings (CRLF) the shell reads a carriage return at the end of each command and value",
    zh="使用 Windows 换行符（CRLF）时，shell 会在每条命令和每个值的末尾读到回车符",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    text = source.text
    if source.encoding != UTF8 or "\r\n" not in text:
        return
    lines = [line for line in text.split("\n") if _LINE.match(line)]
    # Fewer can be meant, or are in a text for another program.
    if (
        not lines
        or not all(line.endswith("\r") for line in lines[:-1])
        or not any(line.endswith("\r") for line in lines)
    ):
        return
    edits = tuple(Edit(Span(*end.span()), "") for end in _END.finditer(text))
    fix = Fix(LINUX_LINE_ENDINGS(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
    yield Finding(edits[0].span, MESSAGE(), (fix,))
