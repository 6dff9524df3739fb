"""PATH has a folder of Go itself, such as `$GOPATH` or `/usr/local/go`, and not its folder `bin`.

The programs are in `bin`, so the shell finds none of them: "gopls: command not found".

## Example

```bash path=.bashrc
export GOPATH=$HOME/go
export PATH=$PATH:$GOPATH
```

becomes

```bash path=.bashrc
export GOPATH=$HOME/go
export PATH=$PATH:$GOPATH/bin
```

## Example

```bash path=.zshrc
export PATH="${GOROOT}:$PATH"
```

becomes

```bash path=.zshrc
export PATH="${GOROOT}/bin:$PATH"
```

## Example

```bash path=.bashrc
export PATH="$PATH:/usr/local/go/bin:$HOME/go"
```

becomes

```bash path=.bashrc
export PATH="$PATH:/usr/local/go/bin:$HOME/go/bin"
```

## Example

```sh path=.profile
PATH=$PATH:/usr/local/go:~/go
```

becomes

```sh path=.profile
PATH=$PATH:/usr/local/go/bin:~/go/bin
```

## No finding

```bash path=.bashrc
export PATH=$PATH:$GOPATH/bin:$GOROOT/bin
export PATH="$PATH":"$GOPATH"/bin:"${GOROOT}"/bin
export MANPATH=$GOPATH
```

## No finding

The folder is there, too:

```bash path=.bashrc
export PATH=$PATH:$GOPATH:$GOPATH/bin
export PATH=$PATH:/usr/local/go:~/go
export PATH=${HOME}/go/bin:/usr/local/go/bin:$PATH
```

## No finding

Another folder of that name, and a `~` that no shell expands:

```bash path=.bashrc
export PATH="$PATH:~/go:/opt/go:$HOME/go-tools"
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of
from wslgo.linter.titles import ADD
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span

MENTION = pattern(r"\$\{?GO(?:PATH|ROOT)\b|/go\b")
ENTRY = pattern(
    r"(?<=[:\"'=])(?:\$(?:\{(GOPATH|GOROOT)\}|(GOPATH|GOROOT)(?![A-Za-z0-9_]))"
    r"|(?:\$HOME|\$\{HOME\}|~)/(go)|/usr/local/(go))(?=:|[\"']?(?:[:\s;]|\Z))"
)
# The programs of a folder are in PATH, by any line and any way to write it.
HOME_BIN = pattern(r"(?:\$HOME|\$\{HOME\}|~)/go/bin\b|\$\{?GOPATH\}?/bin\b|GOPATH\)[\"']?/bin\b")
ROOT_BIN = pattern(r"/usr/local/go/bin\b|\$\{?GOROOT\}?/bin\b")

MESSAGE = Message(
    en="The programs of Go are in {folder}/bin, not in {folder}: the shell does not find them",
    zh="Go 的程序在 {folder}/bin 中，而不在 {folder} 中：shell 找不到它们",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    for assignment in tree.assignments if tree is not None else ():
        if assignment.name != "PATH":
            continue
        start, end = assignment.word.span
        word = text[start:end]
        complete = [name for name in ("GOPATH", "GOROOT") if f"${name}/bin" in word or f"${{{name}}}/bin" in word]
        # The `=` before the word tells where its first entry begins.
        for entry in ENTRY.finditer(text, max(start - 1, 0), end):
            if not _is_complete(entry, complete, text):
                fix = Fix(ADD(text="/bin"), (Edit(Span(entry.end(), entry.end()), "/bin"),), Safety.SAFE)
                yield Finding(Span(*entry.span()), MESSAGE(folder=entry.group()), (fix,))


def _is_complete(entry: re.Match[str], complete: list[str], text: str) -> bool:
    """Return whether the folder `bin` is in PATH, too: that of a variable is looked for in the same value."""
    if entry[3]:
        # No shell expands `~` in quotes.
        line = text[text.rfind("\n", 0, entry.start()) + 1 : entry.start()]
        return (entry.group().startswith("~") and '"' in line) or HOME_BIN.search(text) is not None
    return ROOT_BIN.search(text) is not None if entry[4] else (entry[1] or entry[2]) in complete
