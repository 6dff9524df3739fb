"""The words for the table of settings: its settings, values, places, and the summary."""

from collections.abc import Sequence

from wslgo.ci.comparison import Group, Row, Use
from wslgo.ci.model import GO, NO, RACE, YES, Kind
from wslgo.text.message import Message, Text

PLAIN = Message(en="{text}", zh="{text}")
MACHINE = Message(en="this machine", zh="本机")
EVERYWHERE = Message(en="everywhere", zh="所有位置")
MORE = Message(en="{count} more places", zh="另外 {count} 处")
NAMES = {GO: Message(en="Go", zh="Go"), RACE: Message(en="go test -race", zh="go test -race")}
OF_JOB = Message(en="{name} ({variant})", zh="{name}（{variant}）")

_NOT_SET = Message(en="(not set)", zh="（未设置）")
_DEFAULT = Message(en="{text} (default)", zh="{text}（默认）")
_LONG_DEFAULT = Message(en="(default)", zh="（默认）")
_UNKNOWN = Message(en="?", zh="?")
_UNKNOWN_OF = Message(en="? {written}", zh="? {written}")
_AT_LEAST = Message(en=">= {text}", zh=">= {text}")
_WITH_TOOLCHAIN = Message(en=">= {text}, toolchain {then}", zh=">= {text}，toolchain {then}")
_SWITCHED = Message(en="{text} -> {then}", zh="{text} -> {then}")
_ANSWERS = {YES: Message(en="yes", zh="是"), NO: Message(en="no", zh="否")}
_SAME = Message(en="No setting differs between {count} places", zh="{count} 处的设置没有差异")
_ONE_PLACE = Message(en="There is only one place, and nothing to compare it with", zh="只有一处，无可比较")
_DIFFERENT = Message(en="{count} settings differ: {names}", zh="{count} 项设置不同：{names}")
_ONE_DIFFERENT = Message(en="1 setting differs: {names}", zh="1 项设置不同：{names}")

_SHORT = 20  # characters of a default that is shown
_LONGEST = 60  # characters of a value
_KNOWN_FOLDERS = (".github/workflows", ".devcontainer", ".vscode")


def name_of(row: Row) -> Text:
    """Return the name of a setting."""
    return NAMES[row.name]() if row.name in NAMES else PLAIN(text=row.name)


def value_of(name: str, group: Group) -> Text:
    """Return a value in words."""
    value = group.value
    if value.text is None:
        return _UNKNOWN_OF(written=_cut(value.written)) if value.written else _UNKNOWN()
    text = _cut(value.text)
    if value.is_minimum:
        has_more = bool(value.then) and value.then != value.text
        return _WITH_TOOLCHAIN(text=text, then=value.then) if has_more else _AT_LEAST(text=text)
    if value.then:
        return _SWITCHED(text=text, then=value.then)
    if not text:
        return _NOT_SET()
    if all(use.value.is_default for use in group.uses):
        return _DEFAULT(text=text) if len(text) <= _SHORT else _LONG_DEFAULT()
    return _ANSWERS[text]() if name == RACE else PLAIN(text=text)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 3]}..."


def use_name(use: Use) -> Text:
    """Return the name of a place in its file, with the value of a matrix or the step that is meant."""
    if not use.value.variant:
        return PLAIN(text=use.place.name)
    return OF_JOB(name=use.place.name, variant=use.value.variant)


def short_path(path: str) -> str:
    """Return a path without the folders in which a program looks for it."""
    folder, _, name = path.rpartition("/")
    return name if any(f"/{folder}".endswith(f"/{known}") for known in _KNOWN_FOLDERS) else path


def is_of_machine(use: Use) -> bool:
    return use.place.kind is Kind.MACHINE


def summary(rows: Sequence[Row]) -> Text:
    """Return how many settings differ, and which."""
    different = tuple(name_of(row) for row in rows if row.differs)
    if different:
        return (_ONE_DIFFERENT if len(different) == 1 else _DIFFERENT)(count=len(different), names=different)
    uses = [use.place for row in rows for group in row.groups for use in group.uses]
    places = {(place.kind, place.path, place.name) for place in uses}
    return _SAME(count=len(places)) if len(places) > 1 else _ONE_PLACE()
