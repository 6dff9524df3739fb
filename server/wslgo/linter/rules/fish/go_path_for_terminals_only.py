"""Go is added to PATH where only an interactive fish comes.

The first `config.fish` has a block `if status is-interactive`. What is set there is missing in scripts, in `fish -c "go
build"`, and in `wsl.exe -- fish -lc ...` from Windows: "Unknown command: go". Put it above the block.

## Example

```fish path=.config/fish/config.fish
if status is-interactive
    set -gx PATH $PATH /usr/local/go/bin
    alias ll 'ls -l'
end
```

becomes

```fish path=.config/fish/config.fish
set -gx PATH $PATH /usr/local/go/bin
if status is-interactive
    alias ll 'ls -l'
end
```

## Example

It depends on the line above it:

```fish path=.config/fish/config.fish
status is-interactive; or exit
set -gx GOPATH ~/work
fish_add_path --global $GOPATH/bin
```

## No finding

```fish path=.config/fish/config.fish
set -gx PATH $PATH /usr/local/go/bin
if status is-interactive
    set -gx PATH $PATH ~/go/bin
end
```

## No finding

fish stores the folder when it is first run, for all shells:

```fish path=.config/fish/config.fish
if status is-interactive
    fish_add_path /usr/local/go/bin
end
```

## No finding

```fish path=.config/fish/config.fish
if status is-login
    set -gx PATH $PATH /usr/local/go/bin
end
function work
    if status is-interactive
        set -gx PATH $PATH ~/go/bin
    end
end
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of, with_notes
from wslgo.linter.titles import MOVE_TO_LINE
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few files of fish need it
    from wslgo.syntax.shell.fish_path import PathChange
    from wslgo.syntax.shell.script import Shell

FOLDER = pattern(r"(?<![^\s:\"'])[^\s:\"']*?(?:/go/bin\b|\$(?:GOPATH|GOROOT)/bin\b|\$GOBIN\b)")
VARIABLE = pattern(r"\$(\w+)|\(")
ALWAYS_SET = frozenset(("PATH", "HOME", "USER", "fish_user_paths"))

MESSAGE = Message(
    en="Only fish in a terminal gets past line {line} and adds {folder}: scripts and fish -c do not find go",
    zh="只有终端中的 fish 才会越过第 {line} 行并加入 {folder}：脚本和 fish -c 找不到 go",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, FOLDER)
    if tree is None or "interactive" not in text:
        return
    from wslgo.syntax.shell.fish_path import interactive_parts, path_changes  # few files of fish need it

    parts = list(interactive_parts(tree, text))
    changes = [change for change in path_changes(tree, text) if FOLDER.search(text, *change.folders)]
    held = [(change, part) for change in changes for part in parts if _is_directly_in(change, part, text)]
    if not held or len({change for change, _ in held}) < len(changes) or any(change.lasts for change in changes):
        return
    change, part = held[0]
    match = FOLDER.search(text, *change.folders)
    if match is not None:
        message = MESSAGE(line=Lines(text).line_of(part.start) + 1, folder=match.group())
        yield Finding(Span(*match.span()), message, tuple(_fixes(tree, change, part, text)))


def _is_directly_in(change: "PathChange", part: Span, text: str) -> bool:
    """Return whether a command is in a part, and below no other condition."""
    is_block = text.startswith("if", part.start)
    return part.covers(change.command.span) and change.command.depth == int(is_block)


def _fixes(tree: "Shell", change: "PathChange", part: Span, text: str) -> Iterator[Fix]:
    """Yield the move of the line above the part, if it needs nothing from there."""
    span = change.command.span
    start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end) + 1
    names = {match[1] for match in VARIABLE.finditer(text, *span)}
    if text[start : max(end, start)].strip() != text[span.start : span.end] or not names <= ALWAYS_SET:
        return
    lines = with_notes(tree, Span(start, end), text)
    begin = text.rfind("\n", 0, part.start) + 1
    at = with_notes(tree, Span(begin, part.end), text).start
    at += text.startswith("\n", at)
    moved = "".join(f"{line.strip()}\n" for line in text[lines.start : lines.end].strip("\n").split("\n"))
    yield Fix(MOVE_TO_LINE(line=Lines(text).line_of(at) + 1), (Edit(Span(at, at), moved), Edit(lines, "")))
