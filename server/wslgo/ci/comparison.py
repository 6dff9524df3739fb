"""The table of settings: each with its values, the places that have them, and which values are equal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from wslgo.ci.model import ALWAYS, COMPLETE, GO, RACE, VARIABLES, WHERE_SET, Place, Value
from wslgo.golang.toolchain import GoCommand, Lines, chosen
from wslgo.knowledge.version import ABSENT, GoVersion, go_version
from wslgo.syntax.family import GOMOD
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

_SERIES = pattern(r"(\d+\.\d+)(?:\.[x*])?")
_NUMBERS = pattern(r"v?(\d+(?:\.\d+)*)")


class Use(NamedTuple):
    """A place with its value of a setting."""

    place: Place
    value: Value


class Group(NamedTuple):
    """The places with one value; `differs` from that of the first place whose value is known."""

    value: Value
    uses: tuple[Use, ...]
    differs: bool = False


class Row(NamedTuple):
    """A setting, and its values in the order of the places."""

    name: str
    groups: tuple[Group, ...]

    @property
    def differs(self) -> bool:
        return any(group.differs for group in self.groups)


def table(places: Sequence[Place], files: Mapping[str, File] | None = None) -> tuple[Row, ...]:
    """Return the settings of some places, compared.

    The modules among `files`, by their paths from the root, decide which Go an older one runs.
    """
    lines = _lines(files or {})
    places = [_with_toolchain(place, lines) for place in places]
    tools = sorted({name for place in places for name in place.values} - {GO, RACE, *VARIABLES})
    names = (GO, *ALWAYS, *(name for name in WHERE_SET if _is_set(name, places)), *tools, RACE)
    rows = (Row(name, tuple(_groups(name, places))) for name in names)
    return tuple(row for row in rows if row.groups)


def spans_by_path(rows: Iterable[Row]) -> dict[str, list[Span]]:
    """Return where the values of a table are, file by file."""
    found: dict[str, list[Span]] = {}
    for row in rows:
        for group in row.groups:
            for use in group.uses:
                if use.value.path and use.value.span is not None:
                    found.setdefault(use.value.path, []).append(use.value.span)
    return found


def _is_set(name: str, places: Sequence[Place]) -> bool:
    return any(not value.is_default for place in places for value in place.values.get(name, ()))


def _groups(name: str, places: Sequence[Place]) -> Iterator[Group]:
    uses: dict[tuple[str | None, str, bool], list[Use]] = {}
    for place in places:
        for value in place.values.get(name, ()):
            uses.setdefault(_key(name, value), []).append(Use(place, value))
    values = [found[0].value for found in uses.values()]
    minimums = [value for value in values if value.is_minimum]
    known = [value for value in values if value.text is not None and not value.is_minimum]
    fitting = (value for value in known if not any(differ(name, value, minimum) for minimum in minimums))
    compared = (*minimums, *(next(fitting, None) or value for value in known[:1]))
    for value, found in zip(values, uses.values(), strict=True):
        # A go line is not the one that is wrong.
        differs = not value.is_minimum and any(differ(name, value, other) for other in compared)
        yield Group(value, tuple(found), differs)


def _key(name: str, value: Value) -> tuple[str | None, str, bool]:
    if value.text is None:
        return None, value.written, False
    return normal(name, value.text), value.then, value.is_minimum


def normal(name: str, text: str) -> str:
    """Return a value as it is compared."""
    if name == "GOFLAGS":
        return " ".join(sorted(text.split()))
    if name in VARIABLES:
        return text.strip()
    numbers = _NUMBERS.fullmatch(text)
    return numbers[1] if numbers else text


def differ(name: str, value: Value, other: Value) -> bool:
    """Return whether two values are known to differ: a version is in its series, and `latest` may be any."""
    if value.text is None or other.text is None:
        return False
    if name in VARIABLES or name == RACE:
        return normal(name, value.text) != normal(name, other.text)
    if name != GO:
        return not _is_same_version(normal(name, value.text), normal(name, other.text))
    if value.is_minimum or other.is_minimum:
        return value.is_minimum != other.is_minimum and _is_below(
            *((other, value) if value.is_minimum else (value, other))
        )
    return not _is_same_version(normal(name, value.effective or ""), normal(name, other.effective or ""))


def _is_below(value: Value, minimum: Value) -> bool:
    """Return whether a Go is older than a go line; one with two numbers is the newest of its series."""
    least, version = go_version(minimum.text or ""), _version(value)
    if least is None or version is None:
        return False
    return version[:2] < least[:2] if version.patch == ABSENT else version < least


def _version(value: Value) -> GoVersion | None:
    text = value.effective or ""
    series = _SERIES.fullmatch(text)
    if series is None:
        return go_version(text)
    major, minor = series[1].split(".")
    return GoVersion(int(major), int(minor))


def _is_same_version(one: str, other: str) -> bool:
    """Return whether two versions can be the same: 1.25 and 1.25.x are a series, and words such as `stable` are any."""
    first, second = (text.removesuffix(".x").removesuffix(".*").split(".") for text in (one, other))
    if not all(part.isdecimal() for part in (*first, *second)):
        return one == other or not (one[:1].isdecimal() and other[:1].isdecimal()) or _is_range(one) or _is_range(other)
    shared = min(len(first), len(second))
    return first[:shared] == second[:shared]


def _is_range(text: str) -> bool:
    return any(sign in text for sign in "xX*^~<>=| -")


# The Go that an older one runs instead


def _lines(files: Mapping[str, File]) -> Lines | None:
    """Return the go and toolchain lines that count for all places: those of the only module, or the one at the root."""
    modules = {name: file for name, file in files.items() if file.family.name == GOMOD}
    found = modules.get("go.mod") or (next(iter(modules.values())) if len(modules) == 1 else None)
    if found is None:
        return None
    tree = cast("GoMod", found.tree)
    return Lines(tree.go.version if tree.go else "", tree.toolchain.name if tree.toolchain else "")


def _with_toolchain(place: Place, lines: Lines | None) -> Place:
    if lines is None or GO not in place.values or place.kind not in COMPLETE:
        return place
    mode = place.values.get("GOTOOLCHAIN", ())
    if len(mode) != 1 or mode[0].text is None:
        return place
    found = tuple(_with_then(value, lines, mode[0].text) for value in place.values[GO])
    values: Mapping[str, tuple[Value, ...]] = {**place.values, GO: found}
    return place._replace(values=values)


def _with_then(value: Value, lines: Lines, mode: str) -> Value:
    version = _version(value)
    if version is None or version[:2] < (1, 21):
        return value
    # A series is its newest release, so only a newer series makes it run another Go.
    assumed = version._replace(patch=999) if version.patch == ABSENT and not version.kind else version
    choice = chosen(lines, GoCommand(assumed, mode))
    return value if choice is None else value._replace(then=choice.name.removeprefix("go"))
