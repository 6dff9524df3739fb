"""Who sets a Go variable, which place wins, and how the value is written anew where it stands.

Precedence (go 1.27.3, cmd/go/internal/cfg; vscode-go 0.58, goEnv.ts and util.ts): `go.toolsEnvVars` for editors, then
the environment (what shells export), then the go env file, then `$GOROOT/go.env`. Of GOPATH the setting `go.gopath`
wins and then what is exported; `go.goroot` changes the environment that `go.toolsEnvVars` is laid over. A launch
configuration's `env`, `go.testEnvVars` and `terminal.integrated.env.linux` win for what they start.
"""

import re
from collections.abc import Iterable
from enum import Enum, IntEnum
from typing import NamedTuple

from wslgo.machine.host import Host
from wslgo.machine.host import Variable as HostVariable
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span


class Scope(IntEnum):
    """Where an assignment acts; the smaller wins."""

    LAUNCH = 1
    TESTS = 2  # those that the editor runs or debugs
    TERMINAL = 3  # of the editor, and its tasks
    EDITOR_GOPATH = 4
    EDITOR = 5
    EDITOR_GOROOT = 6
    ENVIRONMENT = 7
    UNLESS_EXPORTED = 8  # GOPATH among the variables of the editor
    GOENV = 9


# What is set for some programs only is not in force for a module.
NARROW = (Scope.LAUNCH, Scope.TESTS, Scope.TERMINAL)


class Style(Enum):
    """How the syntax around a value wants it written."""

    BARE = "bare"  # a word of a shell
    DOUBLE = "double"
    SINGLE = "single"
    MIXED = "mixed"  # a word of a shell in several pieces
    JSON = "json"
    LINE = "line"  # letter by letter to the end of the line


class Assignment(NamedTuple):
    """A place in a file that gives a Go variable a value.

    `value` is None where only a running program knows it (`$HOME/go`), and `head` what is known of its beginning.
    `value_span` is the value without quotes, `word_span` with them. Taking `removal` away undoes the assignment.
    """

    name: str
    value: str | None
    name_span: Span
    value_span: Span
    scope: Scope
    path: str = ""
    head: str = ""
    word_span: Span = Span(0, 0)
    style: Style = Style.LINE
    is_literal: bool = False  # the span holds the value letter by letter
    is_certain: bool = True  # nothing has to be true for it to happen
    is_expanded: bool = False  # the syntax replaces `$HOME`
    layer: int = 0  # among the files of a scope, the higher wins
    removal: Span | None = None
    pipe: Span | None = None  # an unquoted `|` that makes the shell set nothing


# The folders that the go command fills or reads (cmd/go, 1.27.3): the more of a build waits for them, the earlier.
FOLDERS = ("GOROOT", "GOCACHE", "GOMODCACHE", "GOTMPDIR", "GOPATH")

ENVIRONMENT = "environment"  # as the origin of a variable of the host
DEFAULT = "default"


# Precedence


def in_force(name: str, assignments: Iterable[Assignment], host: Host) -> Assignment | HostVariable | None:
    """The assignment from which editors' go command has its value, else what the machine says; None if unknown."""
    acting = [one for one in assignments if one.name == name and one.scope not in NARROW and _acts(one)]
    known = host.variable(name)
    known = None if known is None or known.origin == DEFAULT else known
    if not acting:
        return known
    scope = min(one.scope for one in acting)
    if scope > Scope.ENVIRONMENT and known is not None and known.origin == ENVIRONMENT:
        return known  # something exports it that we do not see
    return _winner([one for one in acting if one.scope is scope], known)


def _acts(assignment: Assignment) -> bool:
    """Whether it can decide: an empty variable of the environment counts as unset, and behind a pipe nothing is set."""
    return assignment.pipe is None and (assignment.value != "" or assignment.scope is Scope.GOENV)


def _winner(rivals: list[Assignment], known: HostVariable | None) -> Assignment | None:
    layer = max(one.layer for one in rivals)
    rivals = [one for one in rivals if one.layer == layer or not one.is_certain]
    last = rivals[-1]
    is_clear = all(one.path == last.path for one in rivals) and last.is_certain
    if is_clear or all(one.value == last.value is not None for one in rivals):
        return last if last.is_certain else None
    if known is None or last.scope is not Scope.ENVIRONMENT:
        return None
    return next((one for one in reversed(rivals) if one.value == known.value), None)


# Edits

_SAFE_BARE = pattern(r"[A-Za-z0-9_@%+:,./-]*")
_HOME = pattern(r"(?:~|\$HOME|\$\{HOME\})(?=/|\Z)")


def part(assignment: Assignment, span: Span) -> Span:
    """Where a part of the value stands: the whole value when it is not written letter by letter."""
    if not assignment.is_literal:
        return assignment.value_span
    start = assignment.value_span.start
    return Span(start + span.start, start + span.end)


def replaced(assignment: Assignment, span: Span, new: str) -> Edit | None:
    """The edit that puts `new` in place of a part of the value, or None when the syntax cannot hold it."""
    if assignment.value is None:
        return None
    if assignment.is_literal and written(new, assignment.style) == new:
        return Edit(part(assignment, span), new)
    return rewritten(assignment, assignment.value[: span.start] + new + assignment.value[span.end :])


def rewritten(assignment: Assignment, value: str) -> Edit | None:
    """The edit that gives the variable another value."""
    text = written(value, assignment.style)
    if text is not None:
        return Edit(assignment.value_span, text)
    text = None if assignment.style in (Style.JSON, Style.LINE) else written(value, Style.DOUBLE)
    return None if text is None else Edit(assignment.word_span, f'"{text}"')


def at_home(assignment: Assignment, value: str) -> Edit | None:
    """The edit that lets a shell put the home directory in front: `value` is what follows it."""
    text = written(value, Style.DOUBLE)
    if not assignment.is_expanded or text is None:
        return None
    if assignment.style is Style.DOUBLE:
        return Edit(assignment.value_span, f"$HOME{text}")
    is_bare = assignment.style is Style.BARE and _SAFE_BARE.fullmatch(value)
    return Edit(assignment.word_span, f"$HOME{text}" if is_bare else f'"$HOME{text}"')


def behind_home(value: str) -> str | None:
    """What follows `~` or `$HOME` at the start of a value that nobody expands; None when neither stands there."""
    match = _HOME.match(value)
    return None if match is None else value[match.end() :]


def removed(assignment: Assignment) -> Edit | None:
    """The edit that takes the assignment away, or None when more would go with it."""
    return None if assignment.removal is None else Edit(assignment.removal, "")


def written(value: str, style: Style) -> str | None:
    """A value as a syntax writes it between its quotes; None when it cannot."""
    if style is Style.LINE:
        return None if re.search(r"[\r\n]", value) else value
    if not value.isprintable():
        return None
    if style is Style.JSON:
        return re.sub(r'(["\\])', r"\\\1", value)
    if style is Style.BARE:
        return value if _SAFE_BARE.fullmatch(value) else None
    if style is Style.SINGLE:
        return None if re.search(r"['\\]", value) else value
    if style is Style.DOUBLE:
        return None if "`" in value else re.sub(r'(["\\$])', r"\\\1", value)
    return None
