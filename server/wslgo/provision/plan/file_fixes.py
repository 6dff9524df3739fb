"""Configuration files after the fixes that the editor and `wslgo fix` offer, and after further edits."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Severity
from wslgo.linter.fix import fix_file
from wslgo.linter.settings import Settings
from wslgo.machine.host import Host, Snapshot
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.step import USER, WriteFile
from wslgo.syntax.family import WSLCONF, WSLCONFIG, by_name
from wslgo.syntax.file import File, read
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.ini import Dialect
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit, apply

Change = Callable[[IniFile], "tuple[Text, Iterable[Edit]] | None"]

AND = Message(en="{first}. {rest}", zh="{first}；{rest}")
MORE = Message(en="{first} ({count} more)", zh="{first}；另有 {count} 项")

WSL_CONF, FSTAB = "/etc/wsl.conf", "/etc/fstab"

_SHOWN = 3  # reasons that are shown; the others are counted


class FixedSource(NamedTuple):
    """A file after its fixes, the reason of each of them, and the rules whose findings they end."""

    source: Source
    reasons: tuple[Text, ...] = ()
    rules: tuple[str, ...] = ()


def fixed_source(facts: Facts, path: str, family: str, chosen: tuple[str, ...] = ()) -> FixedSource | None:
    """Return a file after all safe fixes, and after the first fixes of the rules that are `chosen`.

    Those are not safe in an editor; here the user sees and confirms them. None for an unknown file. A file with nothing
    but infos and hints stays as it is.
    """
    kind = by_name(family)
    if kind is None or not facts.knows(path):
        return None
    file = read(path, kind, decode(facts.data(path) or b""), path)
    others, host = tuple(_others(facts, path)), host_with(facts, path, family)
    fixed = fix_file(file, None, others, host=host)
    applied = fixed.applied
    if chosen:
        fixed = fix_file(fixed.after, Settings(select=chosen), others, unsafe=True, host=host)
        applied += fixed.applied
    if all(reported.severity > Severity.WARNING for reported, _ in applied):
        return FixedSource(file.source)
    rules = tuple(dict.fromkeys(reported.rule for reported, _ in applied))
    return FixedSource(fixed.after.source, tuple(reported.finding.message for reported, _ in applied), rules)


def wsl_file(source: Source, dialect: Dialect) -> IniFile:
    """Return a file of WSL as WSL reads it."""
    return ini_file.parse(source, dialect, KEYS[dialect])


def with_changes(source: Source, dialect: Dialect, changes: Iterable[Change]) -> FixedSource:
    """Return a file of WSL after changes, each of which sees the result of those before it."""
    reasons = []
    for change in changes:
        result = change(wsl_file(source, dialect))
        if result is not None:
            reason, edits = result
            source = source._replace(text=apply(source.text, [*edits]))
            reasons.append(reason)
    return FixedSource(source, tuple(reasons))


def write_of(
    facts: Facts, path: str, source: Source, owner: str = USER, *, is_mounted: bool = False
) -> WriteFile | None:
    """Return the action that gives a file this content; None if it already has it."""
    before, after = facts.data(path), source.encode()
    return None if after == (before or b"") else WriteFile(path, before, after, owner, is_mounted=is_mounted)


def joint_reason(reasons: Iterable[Text]) -> Text:
    """Return several reasons as one sentence, which shows the first ones and counts the others."""
    first, *rest = dict.fromkeys(reasons)
    for reason in rest[: _SHOWN - 1]:
        first = AND(first=first, rest=reason)
    left = len(rest) - (_SHOWN - 1)
    return MORE(first=first, count=left) if left > 0 else first


def host_with(facts: Facts, path: str, family: str) -> Host:
    """Return the machine with a file of WSL as the survey found it: the probe does not read a tree's."""
    if family not in (WSLCONF, WSLCONFIG):
        return facts.host
    snapshot = Snapshot(path, facts.text(path))
    return facts.host._replace(wslconf=snapshot) if family == WSLCONF else facts.host._replace(wslconfig=snapshot)


def _others(facts: Facts, path: str) -> Iterator[File]:
    """Yield the other file of WSL, if the survey read it."""
    known = facts.host.wslconfig
    for family, place in ((WSLCONF, WSL_CONF), (WSLCONFIG, known.path if known else "")):
        text, kind = facts.text(place), by_name(family)
        if place != path and text is not None and kind is not None:
            yield read(place, kind, Source(text), place)
