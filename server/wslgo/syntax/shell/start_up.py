"""Which commands of a start-up file run in every shell that reads it, also without a terminal.

VS Code's server starts a shell of that kind to learn the environment, and so does `wsl.exe -- bash -lc ...`.
"""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # most shell files need no parsing
    from wslgo.syntax.shell.command import Command
    from wslgo.syntax.shell.script import Shell

# zsh reads these only when a user types into it.
_INTERACTIVE_ONLY = ("zshrc", ".zshrc")
# A test of being interactive: `$-` has an i, there is a prompt, input or output is a terminal.
_TEST = r"(?:\$-|\$\{-\}|\bPS1\b|(?:\[|\btest)[ \t]+(?:![ \t]+)?-t[ \t]+[012]\b|\btty[ \t]+-s\b|-o[ \t]+interactive\b)"
_HEAD = pattern(r"if\b|case\b|\[|test\b|tty\b|!")
_RETURN = pattern(r"\b(?:return|exit)\b")
_CHECKS = pattern(_TEST)
# Conditions that are as true without a terminal: a program is installed, a multiplexer does not run yet.
_REST = r"(?:[^&|;\n]|(?<=>)&[0-9]|&>)*"  # redirections have an ampersand, too
_INSTALLED = pattern(
    rf"(?:if[ \t]+)?(?:(?:command[ \t]+-v|which|type|hash)\b{_REST}"
    rf"|(?:\[\[?|test)[ \t]+(?:-[xfe][ \t]|-[nz][ \t]+\"?\$(?:\(command|\{{?TMUX|\{{?STY)){_REST})"
    r"(?:&&|[;\n]\s*then)"
)
_LINES_OF_GUARD = 5  # of a guard; more is a block of its own
_BLANKS = " \t"
_NEAR = 3  # lines that such a condition can take
_GUARDED = "case $- in *i*) [ -t 1 ] && {command} ;; esac"


def guard(shell: "Shell", text: str) -> Span | None:
    """Return the lines at which shells without a terminal stop reading the file, None if none do."""
    at = 0
    while (test := _CHECKS.search(text, at)) is not None:
        start = text.rfind("\n", 0, test.start()) + 1
        end = at = _line_end(text, test.end(), 1)
        if not _HEAD.match(text[start : test.end()].lstrip(_BLANKS)) or _is_inside(test.start(), shell.comments):
            continue
        found = _RETURN.search(text, test.end(), _line_end(text, test.end(), _LINES_OF_GUARD))
        if found is not None:
            return Span(start, max(found.end(), end))
    return None


def unattended(shell: "Shell", text: str, path: str) -> "Iterator[Command]":
    """Yield the commands that also run in shells without a terminal: surely, or if a program is installed."""
    if path.rpartition("/")[2] in _INTERACTIVE_ONLY:
        return
    stop = guard(shell, text)
    for command in shell.commands:
        if stop is not None and command.span.start >= stop.start:
            return
        if command.is_bare and (command.is_certain or _is_likely(command, text)):
            yield command


def guarded(command: "Command", text: str) -> Edit | None:
    """Return the edit with which a command runs only in terminals; None if its line has other text."""
    if command.line is None:
        return None
    span = command.span
    return Edit(span, _GUARDED.format(command=text[span.start : span.end]))


def _is_likely(command: "Command", text: str) -> bool:
    """Return whether a condition around a command says nothing about a terminal."""
    start = command.span.start
    begin = start
    for _ in range(_NEAR):
        begin = text.rfind("\n", 0, begin) + 1
        if command.depth + (command.before == "&&") == 1 and _INSTALLED.fullmatch(text[begin:start].strip()):
            return not _CHECKS.search(text, begin, start)
        begin = max(begin - 1, 0)
    return False


def _line_end(text: str, at: int, count: int) -> int:
    """Return the end of the line at an offset, or of one of the lines after it."""
    for _ in range(count):
        end = text.find("\n", at)
        if end < 0:
            return len(text)
        at = end + 1
    return at


def _is_inside(at: int, spans: tuple[Span, ...]) -> bool:
    return any(span.start <= at < span.end for span in spans)
