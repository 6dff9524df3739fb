"""PATH has `$GOPATH` or `$GOROOT` itself, and not its folder `bin`.

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
```
"""

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

MENTION = pattern(r"\$\{?GO(?:PATH|ROOT)\b")
ENTRY = pattern(r"(?<=[:\"'=])\$(?:\{(GOPATH|GOROOT)\}|(GOPATH|GOROOT)(?![A-Za-z0-9_]))(?=:|[\"']?(?:[:\s;]|\Z))")

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
            name = entry[1] or entry[2]
            if name not in complete:
                fix = Fix(ADD(text="/bin"), (Edit(Span(entry.end(), entry.end()), "/bin"),), Safety.SAFE)
                yield Finding(Span(*entry.span()), MESSAGE(folder=entry.group()), (fix,))
