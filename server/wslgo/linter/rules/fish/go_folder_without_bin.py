"""PATH of fish has a folder of Go itself, such as `$GOPATH` or `/usr/local/go`, and not its folder `bin`.

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

## Example

```fish path=.config/fish/config.fish
fish_add_path /usr/local/go ~/go
```

becomes

```fish path=.config/fish/config.fish
fish_add_path /usr/local/go/bin ~/go/bin
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
fish_add_path /usr/local/go ~/go
fish_add_path /usr/local/go/bin
```

## No finding

Another folder of that name:

```fish path=.config/fish/config.fish
fish_add_path /opt/go $HOME/go-tools
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

MENTION = pattern(r"\$GO(?:PATH|ROOT)\b|/go\b")
# fish splits a value of PATH at colons.
ENTRY = pattern(r"(?<=[ \t:\"])(?:\$(?:GOPATH|GOROOT)|(?:\$HOME|~)/(go)|/usr/local/(go))(?=[:\"\s;]|\Z)")
# The programs of a folder are in PATH, by any line and any way to write it.
HOME_BIN = pattern(r"(?:\$HOME|~)/go/bin\b|\$GOPATH/bin\b|GOPATH\)[\"']?/bin\b")
ROOT_BIN = pattern(r"/usr/local/go/bin\b|\$GOROOT/bin\b")

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
            if not _is_complete(entry, text[start:end], text):
                fix = Fix(ADD(text="/bin"), (Edit(Span(entry.end(), entry.end()), "/bin"),), Safety.SAFE)
                yield Finding(Span(*entry.span()), MESSAGE(folder=entry.group()), (fix,))


def _is_complete(entry: re.Match[str], folders: str, text: str) -> bool:
    """Return whether the folder `bin` is in PATH, too: that of a variable is looked for in the same command."""
    if entry[1]:
        # fish does not expand `~` in quotes.
        is_quoted = entry.group().startswith("~") and text[entry.start() - 1] in '":'
        return is_quoted or HOME_BIN.search(text) is not None
    return ROOT_BIN.search(text) is not None if entry[2] else f"{entry.group()}/bin" in folders
