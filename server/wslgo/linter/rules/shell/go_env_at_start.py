"""A start-up file asks the go command for a folder each time a shell starts.

`go env` takes 10 to 30 ms, each time, in each shell. If `go` is not in `PATH` yet, or a setting of Go is broken, the
answer is empty and the value with it. `go env GOPATH` is `$HOME/go` unless you set another folder.

## Example

```bash path=.bashrc
export PATH=$PATH:$(go env GOPATH)/bin
```

becomes

```bash path=.bashrc
export PATH=$PATH:$HOME/go/bin
```

## Example

No other word says the same:

```bash path=.zshrc
export GOROOT="$(go env GOROOT)"
```

## Example

```bash path=.bashrc
export GOPATH=$HOME/work
export PATH=$PATH:$(go env GOPATH)/bin
```

becomes

```bash path=.bashrc
export GOPATH=$HOME/work
export PATH=$PATH:$GOPATH/bin
```

## No finding

```bash path=.bashrc
export PATH=$PATH:$HOME/go/bin
gobin() { cd "$(go env GOPATH)/bin"; }
alias gopath='cd $(go env GOPATH)'
# export PATH=$PATH:$(go env GOPATH)/bin
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.script import Shell

QUESTION = pattern(r"\$\(go env ([A-Z0-9]+)\)|`go env ([A-Z0-9]+)`")
QUOTE = "'"

MESSAGE = Message(
    en="'go env {name}' runs at the start of every shell, and gives nothing while go is not in PATH. Write the folder",
    zh="每个 shell 启动时都会运行 'go env {name}'，而 go 不在 PATH 中时结果为空。请直接写出文件夹",
)


@rule(Severity.HINT, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, dimension="speed")
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, QUESTION)
    if tree is None:
        return
    for command in tree.commands:
        if command.depth or command.words[0].plain == "alias":
            continue
        for match in QUESTION.finditer(text, *command.span):
            span, name = Span(*match.span()), match[1] or match[2]
            yield Finding(span, MESSAGE(name=name), tuple(_fixes(tree, span, name)))


def _fixes(tree: "Shell", span: Span, name: str) -> Iterator[Fix]:
    earlier = [found for found in tree.assignments if found.name == name and found.name_span.start <= span.start]
    if any(found.word.span.start <= span.start < found.word.span.end for found in earlier):
        return
    if earlier:
        yield Fix(CHANGE_TO(value=f"${name}"), (Edit(span, f"${name}"),))
    elif name == "GOPATH":
        yield Fix(CHANGE_TO(value="$HOME/go"), (Edit(span, "$HOME/go"),))
