"""PATH has the folder of a Go for Windows.

Its programs are `go.exe` and `gofmt.exe`. They build for Windows, see the files of Linux only through a slow network
path, and do not fit the Go extension of Remote-WSL. Use a Go for Linux: `/usr/local/go/bin`.

## Example

```bash path=.bashrc
export PATH=/mnt/c/Go/bin:$PATH
```

## Example

```bash path=.zshrc
export PATH="$PATH:/mnt/c/Program Files/Go/bin"
```

## No finding

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin:/mnt/c/Windows:/mnt/c/tools/bin
alias go=/mnt/c/Go/bin/go.exe
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import HAS_GO_FOR_WINDOWS
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span

FOLDER = pattern(r"/mnt/[a-z]/(?:Program(?:\\)? Files(?:(?:\\)? (?:\\)?\(x86(?:\\)?\))?/)?[Gg]o/bin\b")


@rule(Severity.INFORMATION, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    tree = shell_of(scene, FOLDER)
    for assignment in tree.assignments if tree is not None else ():
        match = FOLDER.search(source.text, *assignment.word.span) if assignment.name == "PATH" else None
        if match is not None:
            yield Finding(Span(*match.span()), HAS_GO_FOR_WINDOWS(folder=match.group()))
