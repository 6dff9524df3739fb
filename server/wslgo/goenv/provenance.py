"""Where the value of a Go variable comes from: every place that sets it, and the one that wins.

`assignment_in_effect` decides between files. What a process has in its environment is a fact beside them: a line of a
shell file is the place of a value only if it assigns exactly that value, and another value of it is for shells that
start later.
"""

from collections.abc import Iterator
from enum import Enum

from wslgo.goenv.assignment import ELSEWHERE, Assignment, Scope, key_of
from wslgo.goenv.editor_json import sessions_with
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.goenv.readers import assignments, assignments_without_reader, effective_assignments, is_read_on
from wslgo.knowledge.go_variable_names import COMPUTED, KNOWN
from wslgo.knowledge.shell_startup import LOGIN_FILES
from wslgo.machine import go_env
from wslgo.machine.host import DEFAULT, ENVIRONMENT, Host
from wslgo.machine.host import Variable as HostVariable
from wslgo.syntax.family import DOTENV
from wslgo.syntax.family import GOENV as GOENV_FAMILY
from wslgo.syntax.file import File
from wslgo.syntax.go.env_file import LineStatus
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple, cast


class Kind(Enum):
    """The kind of a place, as `wslgo env --format json` names it."""

    ENVIRONMENT = "environment"
    GOENV = "goenv-file"
    SHIPPED = "go.env"
    DEFAULT = "default"
    SETTINGS = "settings"
    LAUNCH = "launch"


class Standing(Enum):
    """The effect of a place on the value."""

    IN_EFFECT = "in-effect"
    IN_TERMINALS = "in-terminals"  # outside of the editor, whose settings win there
    OVERRIDDEN = "overridden"  # another place wins
    ELSEWHERE = "elsewhere"  # acts only for the programs of its scope
    NOT_YET = "not-yet"  # the environment lacks it: for shells that start later
    UNCERTAIN = "uncertain"  # may act: only a running program knows


class Place(NamedTuple):
    """A place that sets a variable; `value` is None if only a running program knows it.

    `line` counts from 1 and `span` is the value in the file; both are None if only the file is known, or not even that.
    `key` is what the place calls the variable (`go.gopath`), `scope` that of its assignment.
    """

    kind: Kind
    value: str | None
    standing: Standing
    path: str = ""
    line: int | None = None
    span: Span | None = None
    key: str = ""
    scope: Scope | None = None


class Provenance(NamedTuple):
    """The value of a variable for the editor's go, the place that sets it, and all others; None is unknown."""

    name: str
    value: str | None
    set_by: Place | None
    also: tuple[Place, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """All places, the one that wins first."""
        return (*((self.set_by,) if self.set_by else ()), *self.also)


class Files(NamedTuple):
    """The files that can set a variable, in their order; `shipped` is `$GOROOT/go.env`.

    `is_terminal` means that the environment is that of a terminal in the editor, which sets variables of its own.
    """

    setters: tuple[File, ...]
    shipped: File | None = None
    is_terminal: bool = False


# All other places start programs with variables of their own, as launch configurations do.
_KINDS = {
    **dict.fromkeys((Scope.ENVIRONMENT, Scope.SERVICES, Scope.FOLDER), Kind.ENVIRONMENT),
    **dict.fromkeys((Scope.TESTS, Scope.TERMINAL, Scope.GOPLS, Scope.UNLESS_EXPORTED), Kind.SETTINGS),
    **dict.fromkeys((Scope.EDITOR_GOPATH, Scope.EDITOR, Scope.EDITOR_GOROOT), Kind.SETTINGS),
    Scope.GOENV: Kind.GOENV,
}
# Settings of the editor that override the environment, or replace what it lacks.
_OF_EDITOR = (Scope.EDITOR_GOPATH, Scope.EDITOR, Scope.EDITOR_GOROOT, Scope.UNLESS_EXPORTED)
_GENERAL = (*_OF_EDITOR, Scope.ENVIRONMENT, Scope.GOENV)
# Whose default is made of the value of another variable.
_BASES = {"GOMODCACHE": "GOPATH", "GONOPROXY": "GOPRIVATE", "GONOSUMDB": "GOPRIVATE"}
# A value that needs nothing but the home folder to be known.
_OF_HOME = pattern(r"(?:\$HOME|\$\{HOME\}|~)(?P<rest>(?:/[\w.+@%,:=-]*)*)")


class _Candidate(NamedTuple):
    assignment: Assignment
    file: File

    @property
    def scope(self) -> Scope:
        return self.assignment.scope


def provenance(name: str, files: Files, host: Host) -> Provenance:
    """Return where the value of a variable comes from."""
    candidates = [*_candidates(name, files.setters, host)]
    set_by = _in_effect(name, candidates, files, host)
    also: list[Place] = []
    if set_by is not None and set_by.scope in _OF_EDITOR:
        outside = _in_effect(name, [found for found in candidates if found.scope not in _OF_EDITOR], files, host)
        also += [] if outside is None else [outside._replace(standing=Standing.IN_TERMINALS)]
    wins = [place for place in (set_by, *also) if place is not None]
    also += [
        _place(candidate, _standing(candidate, set_by, files, host), host)
        for candidate in candidates
        if not any(_is_at(candidate, place) for place in wins)
    ]
    also += [place for place in _beaten_lines(name, files, host) if not any(_is_one(place, known) for known in wins)]
    return Provenance(name, set_by.value if set_by else None, set_by, tuple(also))


def _candidates(name: str, files: tuple[File, ...], host: Host) -> Iterator[_Candidate]:
    """Yield the assignments of the files that this machine reads."""
    for file in files:
        if is_read_on(file, host) and not _is_another_goenv(file, host):
            acting = (*effective_assignments(file, files), *assignments_without_reader(file, files))
            found = [assignment for assignment in acting if assignment.name == name and assignment.pipe is None]
            if found and found[0].scope is Scope.LAUNCH and _is_for_tests(file, files):
                found = [assignment._replace(scope=Scope.TESTS) for assignment in found]
            yield from (_Candidate(assignment, file) for assignment in found)


def _is_for_tests(file: File, files: tuple[File, ...]) -> bool:
    """Return whether only `go.testEnvFile` names an env file."""
    return file.family.name == DOTENV and not any(any(sessions_with(file, other)) for other in files)


def _is_another_goenv(file: File, host: Host) -> bool:
    """Return whether go reads another file than this one, or none: GOENV may say so."""
    if file.family.name != GOENV_FAMILY or not file.place:
        return False
    is_off = host.goenv_path is None and host.go_variables is not None and host.home is not None
    return is_off or (host.goenv_path is not None and file.place != host.goenv_path)


def _in_effect(name: str, candidates: list[_Candidate], files: Files, host: Host) -> Place | None:
    """Return the place that sets the value. A known environment counts, and not what shell files would make of it."""
    counted = [
        candidate
        for candidate in candidates
        if candidate.file.family.name != DOTENV
        and name not in COMPUTED
        and not (candidate.scope is Scope.ENVIRONMENT and _is_known(name, host))
    ]
    winner = assignment_in_effect(name, [candidate.assignment for candidate in counted], host)
    if isinstance(winner, Assignment):
        candidate = next(candidate for candidate in counted if candidate.assignment == winner)
        return _printed(_place(candidate, Standing.IN_EFFECT, host), host)
    if winner is None:
        is_open = any(candidate.scope in _GENERAL for candidate in counted)
        winner = None if is_open else host.variable(name)
    if winner is None:
        return None
    if winner.origin == ENVIRONMENT:
        return _of_environment(winner, candidates, files, host)
    if winner.origin == DEFAULT:
        return Place(Kind.DEFAULT, _derived(winner, files, host), Standing.IN_EFFECT)
    shipped = _of_shipped(name, files.shipped, Standing.IN_EFFECT)
    if shipped is not None and shipped.path == winner.origin:
        return shipped._replace(value=winner.value)
    kind = Kind.GOENV if winner.origin == host.goenv_path else Kind.SHIPPED
    return Place(kind, winner.value, Standing.IN_EFFECT, winner.origin)


def _is_known(name: str, host: Host) -> bool:
    """Return whether the environment of the machine is known to have a variable, or to lack it."""
    return host.go_variables is not None and (name in KNOWN or host.variable(name) is not None)


def _printed(place: Place, host: Host) -> Place:
    """Return the place with the value that `go env` prints for its text."""
    if place.value is None or place.key not in KNOWN:
        return place
    value = go_env.printed(place.key, place.value)
    if value:
        return place._replace(value=value)
    known = host.variable(place.key)
    if place.scope is Scope.GOENV and known is not None and known.origin == DEFAULT:
        return Place(Kind.DEFAULT, known.value, Standing.IN_EFFECT)
    return place._replace(value=None if place.value else "")


def _derived(variable: HostVariable, files: Files, host: Host) -> str | None:
    """Return a default that is made of the value of another variable, which the editor may set."""
    basis = _BASES.get(variable.name)
    known = host.variable(basis) if basis else None
    if basis is None or known is None:
        return variable.value
    value = provenance(basis, files, host).value
    if value is None or value == known.value:
        return variable.value if value is not None else None
    return f"{value.partition(':')[0].rstrip('/')}/pkg/mod" if basis == "GOPATH" else value


def _of_environment(variable: HostVariable, candidates: list[_Candidate], files: Files, host: Host) -> Place:
    """Return the place of a value in the environment: the last line that assigns exactly that value, if one does."""
    scopes = (Scope.ENVIRONMENT, Scope.FOLDER, *((Scope.TERMINAL,) if files.is_terminal else ()))
    exact = [found for found in candidates if found.scope in scopes and _value(found, host) == variable.value]
    if not exact:
        return Place(Kind.ENVIRONMENT, variable.value, Standing.IN_EFFECT)
    return _place(max(reversed(exact), key=lambda found: _rank(found, files)), Standing.IN_EFFECT, host)


def _rank(candidate: _Candidate, files: Files) -> tuple[bool, bool, bool, int]:
    assignment = candidate.assignment
    is_general = assignment.scope is Scope.ENVIRONMENT and not _is_passed_over(candidate.file, files)
    return assignment.scope is Scope.TERMINAL, is_general, assignment.is_certain, assignment.layer


def _is_passed_over(file: File, files: Files) -> bool:
    """Return whether a login bash reads another file instead of this one, which does not name it either."""
    folder, _, name = file.place.rpartition("/")
    if name not in LOGIN_FILES:
        return False
    before = [f"{folder}/{other}" for other in LOGIN_FILES[: LOGIN_FILES.index(name)]]
    first = next((other for path in before for other in files.setters if other.place == path), None)
    return first is not None and name not in first.source.text


def _standing(candidate: _Candidate, set_by: Place | None, files: Files, host: Host) -> Standing:
    """Return what a place does that is not the one in effect."""
    assignment = candidate.assignment
    if assignment.scope is Scope.UNNAMED:
        return Standing.UNCERTAIN
    if assignment.scope not in _GENERAL:
        return Standing.OVERRIDDEN if _is_beaten_in_session(candidate, files) else Standing.ELSEWHERE
    if assignment.name in COMPUTED:
        return Standing.OVERRIDDEN
    if assignment.scope is Scope.ENVIRONMENT and _is_known(assignment.name, host):
        if _is_passed_over(candidate.file, files):
            return Standing.UNCERTAIN
        is_from_file = set_by is not None and set_by.scope in (Scope.ENVIRONMENT, Scope.FOLDER, Scope.TERMINAL)
        return Standing.OVERRIDDEN if is_from_file else Standing.NOT_YET
    return Standing.UNCERTAIN if set_by is None else Standing.OVERRIDDEN


def _is_beaten_in_session(candidate: _Candidate, files: Files) -> bool:
    """Return whether a line of an env file never counts, because of a later one or of `env` in each session."""
    file, name = candidate.file, candidate.assignment.name
    if file.family.name != DOTENV:
        return False
    if file.ask(_last)[name] != candidate.assignment.name_span:
        return True
    holders = [configuration for other in files.setters for configuration in sessions_with(file, other)]
    return bool(holders) and all(
        configuration.env is not None and configuration.env.member(name) is not None for configuration in holders
    )


def _last(file: File) -> dict[str, Span]:
    """Return where the last line of each variable is."""
    return {found.name: found.name_span for found in assignments(file)}


def _place(candidate: _Candidate, standing: Standing, host: Host) -> Place:
    assignment, file = candidate
    return Place(
        _KINDS.get(assignment.scope, Kind.LAUNCH),
        _value(candidate, host),
        standing,
        file.path,
        _line(file, assignment.name_span),
        assignment.value_span,
        key_of(assignment),
        assignment.scope,
    )


def _value(candidate: _Candidate, host: Host) -> str | None:
    """Return the value of an assignment, also if it is a folder below the home folder."""
    assignment, file = candidate
    if assignment.value is not None or not host.home or assignment.scope in ELSEWHERE:
        return assignment.value
    span = assignment.value_span
    found = _OF_HOME.fullmatch(file.source.text, span.start, span.end)
    return f"{host.home}{found['rest']}" if found else None


def _line(file: File, span: Span) -> int:
    return file.ask(_lines).line_of(span.start) + 1


def _lines(file: File) -> Lines:
    return Lines(file.source.text)


def _beaten_lines(name: str, files: Files, host: Host) -> Iterator[Place]:
    """Yield the lines of the go env file that a later one overrides, and that of `go.env`."""
    from wslgo.syntax.go.env_file import GoEnv  # few files are of that family

    for file in files.setters:
        if file.family.name != GOENV_FAMILY or not is_read_on(file, host) or _is_another_goenv(file, host):
            continue
        for line in cast("GoEnv", file.tree).lines:
            if line.key == name and line.use is LineStatus.OVERRIDDEN:
                yield Place(
                    Kind.GOENV,
                    line.value,
                    Standing.OVERRIDDEN,
                    file.path,
                    _line(file, line.key_span),
                    line.value_span,
                    name,
                    Scope.GOENV,
                )
    shipped = _of_shipped(name, files.shipped, Standing.OVERRIDDEN)
    if shipped is not None:
        yield shipped


def _of_shipped(name: str, file: File | None, standing: Standing) -> Place | None:
    """Return the line of `$GOROOT/go.env`, of which the first one counts."""
    from wslgo.syntax.go.env_file import GoEnv  # few files are of that family

    if file is None or name not in go_env.shipped_lines_of(file.source):
        return None
    line = next(line for line in cast("GoEnv", file.tree).lines if line.key == name)
    return Place(Kind.SHIPPED, line.value, standing, file.path, _line(file, line.key_span), line.value_span, name)


def _is_at(candidate: _Candidate, place: Place) -> bool:
    is_there = (candidate.file.path, candidate.assignment.value_span) == (place.path, place.span)
    return is_there and candidate.scope is place.scope


def _is_one(place: Place, other: Place) -> bool:
    return (place.path, place.line, place.kind) == (other.path, other.line, other.kind)
