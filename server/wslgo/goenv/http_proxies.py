"""The variables of proxies that files set: go and git read them, and they are not Go variables."""

from collections.abc import Iterable, Mapping
from itertools import takewhile

from wslgo.goenv.assignment import Assignment, Scope, Style
from wslgo.goenv.edit import quoted_value, value_edit
from wslgo.goenv.mention import mentions_proxy
from wslgo.goenv.readers import every_assignment, is_named, is_read_on
from wslgo.goenv.target_pair import place_of
from wslgo.machine.host import ENVIRONMENT, Host, Variable
from wslgo.syntax.family import DOTENV, FISH, GOENV, SHELL, SHIPPED
from wslgo.syntax.family import ENVIRONMENT as SYSTEM
from wslgo.syntax.file import File
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple

NO_PROXY = "NO_PROXY"
_NAMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", NO_PROXY)
NAMES = frozenset((*_NAMES, *(name.lower() for name in _NAMES)))
# go ignores such lines in its own files.
_OF_GO = (GOENV, SHIPPED)
# Files whose variables all programs of a user get.
_OF_USER = (SHELL, FISH, SYSTEM)
# The words before a name on a line of its own.
_PREFIXES = ("", "export", "ENV", "ARG", "-", "set -gx", "set -x", "set -Ux", "set -xg")
_OUTER = 4  # columns: the top of a workflow or pipeline is indented by no more
_ALWAYS = "localhost,127.0.0.1"


def proxy_assignments(file: File) -> tuple[Assignment, ...]:
    """Return the assignments of variables of proxies in a file, in the order of the text."""
    return file.ask(_proxy_assignments)


def _proxy_assignments(file: File) -> tuple[Assignment, ...]:
    if file.family.name in _OF_GO or not mentions_proxy(file.source.text):
        return ()
    return tuple(found for found in every_assignment(file) if found.name in NAMES and found.is_exported)


def effective_proxies(file: File, others: tuple[File, ...]) -> tuple[Assignment, ...]:
    """Return the assignments of variables of proxies that act, without an env file that nothing names."""
    return () if file.family.name == DOTENV and not is_named(file, others) else proxy_assignments(file)


def is_exception(name: str) -> bool:
    """Return whether a variable names hosts that need no proxy."""
    return name.upper() == NO_PROXY


def reaching(
    assignment: Assignment, file: File, others: tuple[File, ...], host: Host
) -> tuple[tuple[Assignment, File], ...]:
    """Return the assignments of proxies that the same programs get as an assignment of a Go variable, in order."""
    grouped = file.ask(_grouped)
    beside = grouped.by_place.get(file.ask(place_of)(assignment), ())
    above = takewhile(lambda found: found.name_span.start < assignment.name_span.start, grouped.at_top)
    own = [(found, file) for found in dict.fromkeys((*above, *beside)) if found.scope is assignment.scope]
    own.sort(key=lambda each: each[0].name_span)
    if assignment.is_elsewhere or assignment.scope in (Scope.SERVICES, Scope.MAKE):
        return tuple(own)
    personal = (
        other for other in others if other is not file and other.family.name in _OF_USER and is_read_on(other, host)
    )
    return (*((found, other) for other in personal for found in proxy_assignments(other)), *own)


class _Grouped(NamedTuple):
    """The assignments of proxies of a file by their place; those at the top of a workflow are for all of its jobs."""

    by_place: Mapping[object, tuple[Assignment, ...]]
    at_top: tuple[Assignment, ...]


def _grouped(file: File) -> _Grouped:
    key_of = file.ask(place_of)
    by_place: dict[object, list[Assignment]] = {}
    for found in proxy_assignments(file):
        by_place.setdefault(key_of(found), []).append(found)
    return _Grouped(
        {place: tuple(found) for place, found in by_place.items()},
        tuple(found for found in proxy_assignments(file) if _is_at_top(found, file)),
    )


def _is_at_top(found: Assignment, file: File) -> bool:
    text, start = file.source.text, found.name_span.start
    indent = start - text.rfind("\n", 0, start) - 1
    return found.scope is Scope.CI and 0 < indent <= _OUTER


def variables_of(found: Iterable[Assignment]) -> tuple[Variable, ...] | None:
    """Return the values that assignments leave, the last one of each name; None if one of them is not known."""
    last = {assignment.name: assignment for assignment in found}
    known = [Variable(name, found.value, ENVIRONMENT) for name, found in last.items() if found.value is not None]
    return tuple(known) if len(known) == len(last) else None


def exclusion_edits(proxy: Assignment, file: File, host: str) -> tuple[Edit, ...]:
    """Return the edits that add a host to the exceptions in the place that sets a proxy; none if that is not sure."""
    key_of = file.ask(place_of)
    exceptions = [
        found for found in proxy_assignments(file) if is_exception(found.name) and key_of(found) == key_of(proxy)
    ]
    if exceptions:
        edits = [value_edit(found, _with(found.value, host)) for found in exceptions if found.value is not None]
        known = tuple(edit for edit in edits if edit is not None)
        return known if len(known) == len(exceptions) else ()
    edit = _beside(proxy, file.source.text, f"{_ALWAYS},{host}")
    return () if edit is None else (edit,)


def _with(value: str, host: str) -> str:
    kept = value.rstrip(", ")
    return f"{kept},{host}" if kept else host


def _beside(proxy: Assignment, text: str, value: str) -> Edit | None:
    """Return the edit that sets NO_PROXY before a proxy, in a copy of its line or member, if that has no more."""
    name = NO_PROXY if proxy.name.isupper() else NO_PROXY.lower()
    written = quoted_value(value, proxy.style)
    if written is None or proxy.style in (Style.MIXED, Style.FLOW, Style.FIXED):
        return None
    start = proxy.name_span.start - 1
    if text[start : start + 1] == '"' and proxy.style is Style.JSON:
        line = text.rfind("\n", 0, start) + 1
        before = text[line:start]
        return Edit(Span(start, start), f'"{name}": "{written}",' + (f"\n{before}" if not before.strip() else " "))
    start = text.rfind("\n", 0, proxy.name_span.start) + 1
    end = text.find("\n", proxy.word_span.end)
    end = len(text) if end < 0 else end
    before, after = text[start : proxy.name_span.start], text[proxy.word_span.end : end]
    if after.strip() or before.strip() not in _PREFIXES:
        return None
    middle, closing = (
        text[proxy.name_span.end : proxy.value_span.start],
        text[proxy.value_span.end : proxy.word_span.end],
    )
    return Edit(Span(start, start), f"{before}{name}{middle}{written}{closing}{after}\n")
