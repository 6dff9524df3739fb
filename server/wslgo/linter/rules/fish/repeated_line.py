"""The same line about Go is in the file of fish twice.

Install scripts append their lines each time they run. With `set`, PATH grows with each repetition, and a correction of
one line misses the other. Keep the first one.

## Example

```fish path=.config/fish/config.fish
set -gx PATH $PATH /usr/local/go/bin
alias ll 'ls -l'
set -gx PATH $PATH /usr/local/go/bin
```

becomes

```fish path=.config/fish/config.fish
set -gx PATH $PATH /usr/local/go/bin
alias ll 'ls -l'
```

## Example

```fish path=.config/fish/config.fish
set -gx GOPROXY https://goproxy.cn,direct
set -gx GOPROXY https://goproxy.cn,direct
```

becomes

```fish path=.config/fish/config.fish
set -gx GOPROXY https://goproxy.cn,direct
```

## No finding

Another line is in between that changes the variable, or only one of them always runs:

```fish path=.config/fish/config.fish
set -gx PATH $PATH /usr/local/go/bin
set -gx PATH /usr/bin /bin
set -gx PATH $PATH /usr/local/go/bin
if test -d ~/go
    set -gx GOFLAGS -mod=mod
else
    set -gx GOFLAGS -mod=mod
end
```

## No finding

```fish path=.config/fish/config.fish
fish_add_path ~/bin
fish_add_path ~/bin
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of, with_notes
from wslgo.linter.titles import REMOVE_LINE, SAYS_THE_SAME, THE_FIRST_ONE
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few files of fish need it
    from wslgo.syntax.shell.script import Shell

MENTION = pattern(r"GO[A-Z0-9]|go/bin\b")
OF_GO = pattern(r"go/bin\b|\$GO(?:PATH|ROOT|BIN)\b")


class _Setting(NamedTuple):
    """A command that sets a variable; `line` is what can be removed with it."""

    name: str
    span: Span
    is_certain: bool
    is_growing: bool
    line: Span | None


@rule(Severity.HINT, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, MENTION)
    if tree is None:
        return
    from wslgo.goenv.assignment import is_go_variable  # few files of fish need it

    seen: dict[str, dict[str, _Setting]] = {}
    for setting in sorted(_settings(tree, text), key=lambda setting: setting.span):
        words = text[setting.span.start : setting.span.end]
        known = seen.setdefault(setting.name, {})
        first = known.get(words) if setting.is_certain else None
        if first is not None:
            yield _finding(setting, first, Lines(text), tree)
            continue
        if not setting.is_growing:
            known.clear()  # what follows is about another value
        is_of_go = setting.is_growing and OF_GO.search(words)
        if setting.is_certain and (is_of_go or is_go_variable(setting.name)):
            known[words] = setting


def _settings(tree: "Shell", text: str) -> Iterator[_Setting]:
    from wslgo.syntax.shell.fish_path import path_changes  # few files of fish need it

    for change in path_changes(tree, text):
        command = change.command
        yield _Setting("PATH", command.span, command.is_certain, change.is_growing, command.line)
    for found in tree.assignments:
        if found.name not in ("PATH", "fish_user_paths"):
            span = Span(found.name_span.start, found.word.span.end)
            yield _Setting(found.name, span, found.is_certain and found.is_exported, False, found.command)


def _finding(setting: _Setting, first: _Setting, lines: Lines, tree: "Shell") -> Finding:
    number = lines.line_of(first.span.start) + 1
    fixes: tuple[Fix, ...] = ()
    if setting.line is not None:
        fixes = (Fix(REMOVE_LINE(), (Edit(with_notes(tree, setting.line, lines.text), ""),)),)
    return Finding(
        setting.span, SAYS_THE_SAME(line=number), fixes, (Related(first.span, THE_FIRST_ONE()),), (Tag.UNNECESSARY,)
    )
