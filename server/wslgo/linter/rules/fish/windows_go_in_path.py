"""PATH of fish has the folder of a Go for Windows.

Its programs are `go.exe` and `gofmt.exe`. They build for Windows, see the files of Linux only through a slow network
path, and do not fit the Go extension of Remote-WSL. Use a Go for Linux: `/usr/local/go/bin`.

## Example

```fish path=.config/fish/config.fish
fish_add_path /mnt/c/Go/bin
```

## Example

```fish path=.config/fish/conf.d/go.fish
set -gx PATH "/mnt/c/Program Files/Go/bin" $PATH
```

## No finding

```fish path=.config/fish/config.fish
fish_add_path /usr/local/go/bin /mnt/c/Windows /mnt/c/tools/bin
alias go /mnt/c/Go/bin/go.exe
set -l folder /mnt/c/Go/bin
# fish_add_path /mnt/c/Go/bin
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
    if tree is None:
        return
    from wslgo.syntax.shell.fish_path import path_changes  # few files of fish need it

    for change in path_changes(tree, source.text):
        match = FOLDER.search(source.text, *change.folders)
        if match is not None:
            yield Finding(Span(*match.span()), HAS_GO_FOR_WINDOWS(folder=match.group()))
