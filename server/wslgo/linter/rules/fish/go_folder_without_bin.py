"""PATH of fish has `$GOPATH` or `$GOROOT` itself, and not its folder `bin`.

The programs are in `bin`, so fish finds none of them: "Unknown command: gopls".

## Example

```fish path=.config/fish/config.fish
set -gx GOPATH $HOME/go
fish_add_path $GOPATH
```

becomes

```fish path=.config/fish/config.fish
set -gx GOPATH $HOME/go
fish_add_path $GOPATH/bin
```

## Example

```fish path=.config/fish/config.fish
set -gx PATH "$GOROOT" $PATH
```

becomes

```fish path=.config/fish/config.fish
set -gx PATH "$GOROOT/bin" $PATH
```

## No finding

```fish path=.config/fish/config.fish
fish_add_path $GOPATH/bin "$GOROOT/bin"
set -gx PATH $PATH '$GOPATH' $GOPATH[1]/bin
set -gx MANPATH $GOPATH
```

## No finding

The folder is there, too:

```fish path=.config/fish/config.fish
set -gx PATH $PATH $GOPATH $GOPATH/bin
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

MENTION = pattern(r"\$GO(?:PATH|ROOT)\b")
# fish splits a value of PATH at colons.
ENTRY = pattern(r"(?<=[ \t:\"])\$(GOPATH|GOROOT)(?=[:\"\s;]|\Z)")

MESSAGE = Message(
    en="The programs of Go are in {folder}/bin, not in {folder}: fish does not find them",
    zh="Go 的程序在 {folder}/bin 中，而不在 {folder} 中：fish 找不到它们",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    from wslgo.syntax.shell.fish_path import path_changes  # few files of fish need it

    for change in path_changes(tree, text):
        start, end = change.folders
        for entry in ENTRY.finditer(text, start - 1, end):
            if f"{entry.group()}/bin" not in text[start:end]:
                fix = Fix(ADD(text="/bin"), (Edit(Span(entry.end(), entry.end()), "/bin"),), Safety.SAFE)
                yield Finding(Span(*entry.span()), MESSAGE(folder=entry.group()), (fix,))
