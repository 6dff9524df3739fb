"""Configuration files mended by the very fixes that the editor and `wslgo fix` offer, and by further edits."""

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
from wslgo.syntax.wsl import file as wslfile
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import Dialect
from wslgo.text.message import Message, Text
from wslgo.text.source import Source, decode
from wslgo.text.span import Edit, apply

Change = Callable[[IniFile], "tuple[Text, Iterable[Edit]] | None"]

AND = Message(en="{first}; {rest}", zh="{first}；{rest}")
MORE = Message(en="{first}; and {count} more", zh="{first}；另有 {count} 项")

WSL_CONF = "/etc/wsl.conf"

_TOLD = 3  # reasons that are told in words


class Mended(NamedTuple):
    """A file after its repairs, and why each of them is made."""

    source: Source
    reasons: tuple[Text, ...] = ()


def mended(facts: Facts, path: str, family: str, chosen: tuple[str, ...] = ()) -> Mended | None:
    """A file after all safe fixes, and the first fixes of the rules that are `chosen`: what those offer is shown and
    asked for here. None where the file is unknown; hints alone are no reason to touch it.
    """
    kind = by_name(family)
    if kind is None or not facts.knows(path):
        return None
    file = read(path, kind, decode(facts.data(path) or b""), path)
    others, host = tuple(_others(facts, path)), _host_with(facts, path, family)
    fixed = fix_file(file, None, others, host=host)
    applied = fixed.applied
    if chosen:
        fixed = fix_file(fixed.after, Settings(select=chosen), others, unsafe=True, host=host)
        applied += fixed.applied
    if all(reported.severity > Severity.WARNING for reported, _ in applied):
        return Mended(file.source)
    return Mended(fixed.after.source, tuple(reported.finding.message for reported, _ in applied))


def parsed(source: Source, dialect: Dialect) -> IniFile:
    """A file of WSL as WSL reads it."""
    return wslfile.parse(source, dialect, KEYS[dialect])


def changed(source: Source, dialect: Dialect, changes: Iterable[Change]) -> Mended:
    """A file of WSL after changes, each made for what those before it leave."""
    reasons = []
    for change in changes:
        wanted = change(parsed(source, dialect))
        if wanted is not None:
            reason, edits = wanted
            source = source._replace(text=apply(source.text, [*edits]))
            reasons.append(reason)
    return Mended(source, tuple(reasons))


def written(
    facts: Facts, path: str, source: Source, owner: str = USER, *, is_mounted: bool = False
) -> WriteFile | None:
    """The action that gives a file these contents; None where it has them."""
    before, after = facts.data(path), source.encode()
    return None if after == (before or b"") else WriteFile(path, before, after, owner, is_mounted=is_mounted)


def together(reasons: Iterable[Text]) -> Text:
    """Several reasons as one sentence, the first ones in words."""
    first, *rest = dict.fromkeys(reasons)
    for reason in rest[: _TOLD - 1]:
        first = AND(first=first, rest=reason)
    left = len(rest) - (_TOLD - 1)
    return MORE(first=first, count=left) if left > 0 else first


def _host_with(facts: Facts, path: str, family: str) -> Host:
    """The machine with a file of WSL as it was found: what a tree holds, nobody has probed."""
    if family not in (WSLCONF, WSLCONFIG):
        return facts.host
    snapshot = Snapshot(path, facts.text(path))
    return facts.host._replace(wslconf=snapshot) if family == WSLCONF else facts.host._replace(wslconfig=snapshot)


def _others(facts: Facts, path: str) -> Iterator[File]:
    """The other file of WSL, where it was looked at."""
    known = facts.host.wslconfig
    for family, place in ((WSLCONF, WSL_CONF), (WSLCONFIG, known.path if known else "")):
        text, kind = facts.text(place), by_name(family)
        if place != path and text is not None and kind is not None:
            yield read(place, kind, Source(text), place)
