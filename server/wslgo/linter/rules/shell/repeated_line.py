"""The same line about Go is in the file twice.

Install scripts append their lines each time they run. PATH then grows with each repetition, and a correction of one
line misses the other. Keep the first one.

## Example

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
alias ll='ls -l'
export PATH=$PATH:/usr/local/go/bin
```

becomes

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
alias ll='ls -l'
```

## Example

```bash path=.zshrc
export GOPROXY=https://goproxy.cn,direct
export GOPROXY=https://goproxy.cn,direct
```

becomes

```bash path=.zshrc
export GOPROXY=https://goproxy.cn,direct
```

## No finding

Another line is in between that changes the variable, or only one of them always runs:

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
export PATH=/usr/bin:/bin
export PATH=$PATH:/usr/local/go/bin
if [ -d ~/go ]; then
  export GOPATH=$HOME/go
else
  export GOPATH=$HOME/go
fi
```

## No finding

```bash path=.bashrc
export PATH=$PATH:$HOME/bin
export PATH=$PATH:$HOME/bin
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import is_go_variable
from wslgo.goenv.removal import with_comments
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import REMOVE_LINE, SAYS_THE_SAME, THE_FIRST_ONE
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.script import Shell, ShellAssignment

MENTION = pattern(r"GO[A-Z0-9]|go/bin\b")
OF_GO = pattern(r"go/bin\b|\$\{?GO(?:PATH|ROOT|BIN)\b")


@rule(Severity.HINT, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    seen: dict[str, dict[str, ShellAssignment]] = {}
    lines = Lines(text)
    for assignment in tree.assignments:
        words = text[assignment.word.span.start : assignment.word.span.end]
        is_growing = assignment.name == "PATH" and ("$PATH" in words or "${PATH}" in words)
        known = seen.setdefault(assignment.name, {})
        first = known.get(words) if assignment.is_certain else None
        if first is not None and first.is_exported == assignment.is_exported:
            yield _finding(assignment, first, lines, tree)
            continue
        if not is_growing:
            known.clear()  # what follows is about another value
        is_of_go = is_growing and OF_GO.search(words)
        if assignment.is_certain and (is_of_go or is_go_variable(assignment.name)):
            known[words] = assignment


def _finding(assignment: "ShellAssignment", first: "ShellAssignment", lines: Lines, tree: "Shell") -> Finding:
    number = lines.line_of(first.name_span.start) + 1
    fixes: tuple[Fix, ...] = ()
    if assignment.command is not None:
        comments = {comment.start for comment in tree.comments}
        fixes = (Fix(REMOVE_LINE(), (Edit(with_comments(lines.text, assignment.command, comments), ""),)),)
    span = Span(assignment.name_span.start, assignment.word.span.end)
    related = (Related(Span(first.name_span.start, first.word.span.end), THE_FIRST_ONE()),)
    return Finding(span, SAYS_THE_SAME(line=number), fixes, related, (Tag.UNNECESSARY,))
