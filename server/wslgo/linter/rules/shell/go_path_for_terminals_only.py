"""Go is added to `PATH` below the line at which shells without a terminal stop reading.

Most `.bashrc` files begin with a guard that returns unless a user types into the shell. What is below it is missing in
scripts, in `bash -lc "go build"`, and in `wsl.exe -- bash -lc ...` from Windows: "go: command not found". Put it above
the guard, or into `~/.profile`.

## Example

```bash path=.bashrc
case $- in
    *i*) ;;
      *) return;;
esac
alias ll='ls -l'
export PATH=$PATH:/usr/local/go/bin
```

becomes

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
case $- in
    *i*) ;;
      *) return;;
esac
alias ll='ls -l'
```

## Example

It depends on the line above it:

```bash path=.bashrc
[[ $- != *i* ]] && return
export GOPATH=$HOME/work
export PATH="$PATH:$GOPATH/bin"
```

## No finding

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
case $- in *i*) ;; *) return ;; esac
export PATH=$PATH:/usr/local/go/bin:$HOME/bin
```

## No finding

```bash path=.bashrc
export PATH=$PATH:/usr/local/go/bin
```

## No finding

```bash path=home/.bashrc
[ -z "$PS1" ] && return
export PATH=$PATH:/usr/local/go/bin
```

```bash path=home/.profile
export PATH="$PATH:/usr/local/go/bin"
. ~/.bashrc
```
"""

from collections.abc import Iterator

from wslgo.knowledge.shell_startup import LOGIN_FILES
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.shell_file import shell_of, with_notes
from wslgo.linter.titles import MOVE_TO_LINE
from wslgo.syntax.shell.start_up import guard
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Lines, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.script import Shell, ShellAssignment

# With a guard, and read by shells that log in.
NAMES = (".bashrc", "bash.bashrc")
FOLDER = pattern(r"(?<![^\s:\"'=])[^\s:\"'=]*?(?:/go/bin\b|\$\{?(?:GOPATH|GOROOT)\}?/bin\b|\$\{?GOBIN\b\}?)")
VARIABLE = pattern(r"\$\{?(\w+)")
ALWAYS_SET = frozenset(("PATH", "HOME", "USER"))

MESSAGE = Message(
    en="Shells without a terminal return at line {line} and never add {folder}: scripts and bash -lc do not find go",
    zh="没有终端的 shell 在第 {line} 行就返回，不会加入 {folder}：脚本和 bash -lc 找不到 go",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    tree = shell_of(scene, FOLDER) if scene.file.path.rpartition("/")[2] in NAMES else None
    stop = guard(tree, text) if tree is not None else None
    if tree is None or stop is None:
        return
    places = list(_places(tree, text))
    late = [(assignment, span) for assignment, span in places if span.start > stop.end and assignment.is_certain]
    if not late or len(late) < len(places) or _is_added_at_login(scene):
        return
    assignment, span = late[0]
    message = MESSAGE(line=Lines(text).line_of(stop.start) + 1, folder=text[span.start : span.end])
    yield Finding(span, message, tuple(_fixes(tree, assignment, stop, text)))


def _places(tree: "Shell", text: str) -> "Iterator[tuple[ShellAssignment, Span]]":
    """Yield the folders of Go in values of PATH."""
    for assignment in tree.assignments:
        match = FOLDER.search(text, *assignment.word.span) if assignment.name == "PATH" else None
        if match is not None:
            yield assignment, Span(*match.span())


def _is_added_at_login(scene: Scene) -> bool:
    """Return whether a login file beside it adds such a folder."""
    for other in scene.others:
        is_login_file = other.path.rpartition("/")[2] in LOGIN_FILES
        tree = shell_of(scene._replace(file=other), FOLDER) if is_login_file else None
        if tree is not None and any(_places(tree, other.source.text)):
            return True
    return False


def _fixes(tree: "Shell", assignment: "ShellAssignment", stop: Span, text: str) -> Iterator[Fix]:
    line = assignment.command
    if line is None or not {*VARIABLE.findall(text, *line)} <= ALWAYS_SET or "`" in text[line.start : line.end]:
        return
    lines = with_notes(tree, line, text)
    moved = text[lines.start : lines.end].strip("\n") + "\n"
    at = with_notes(tree, stop, text).start
    at += text.startswith("\n", at)
    yield Fix(MOVE_TO_LINE(line=Lines(text).line_of(at) + 1), (Edit(Span(at, at), moved), Edit(lines, "")))
