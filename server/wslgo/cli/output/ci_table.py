"""The table of `wslgo ci`: for each setting a line for each value, and the places that have it."""

from collections.abc import Iterator, Sequence

from wslgo.ci.comparison import Group, Row, Use
from wslgo.ci.model import GO, NO, RACE, YES, Kind
from wslgo.cli.call import Call
from wslgo.cli.output import as_text
from wslgo.cli.output.excerpt import width
from wslgo.cli.output.report import Run
from wslgo.text.message import Message

WIDTH = 80
_WIDEST_NAME, _WIDEST_VALUE = 20, 32  # columns; a longer value moves its places to the next line
_KNOWN_FOLDERS = (".github/workflows", ".devcontainer", ".vscode")
_MANY = 6  # places of the commonest value that are named
_SHORT = 20  # characters of a default that is shown

PLAIN = Message(en="{text}", zh="{text}")
MACHINE = Message(en="this machine", zh="本机")
EVERYWHERE = Message(en="everywhere", zh="所有位置")
ALL = Message(en="all {count} places", zh="全部 {count} 处")
NOT_SET = Message(en="(not set)", zh="（未设置）")
DEFAULT = Message(en="{text} (default)", zh="{text}（默认）")
LONG_DEFAULT = Message(en="(default)", zh="（默认）")
UNKNOWN = Message(en="?", zh="?")
UNKNOWN_OF = Message(en="? {written}", zh="? {written}")
AT_LEAST = Message(en=">= {text}", zh=">= {text}")
WITH_TOOLCHAIN = Message(en=">= {text}, toolchain {then}", zh=">= {text}，toolchain {then}")
SWITCHED = Message(en="{text} -> {then}", zh="{text} -> {then}")
NAMES = {GO: Message(en="Go", zh="Go"), RACE: Message(en="go test -race", zh="go test -race")}
ANSWERS = {YES: Message(en="yes", zh="是"), NO: Message(en="no", zh="否")}
MORE = Message(en="{count} more places", zh="另外 {count} 处")
OF_JOB = Message(en="{name} ({variant})", zh="{name}（{variant}）")
IN_FILE = Message(en="{path}: {names}", zh="{path}：{names}")
SAME = Message(en="No setting differs between {count} places", zh="{count} 处的设置没有差异")
ONE_PLACE = Message(en="There is only one place, and nothing to compare it with", zh="只有一处，无可比较")
DIFFERENT = Message(en="{count} settings differ: {names}", zh="{count} 项设置不同：{names}")
ONE_DIFFERENT = Message(en="1 setting differs: {names}", zh="1 项设置不同：{names}")
SIGNS, PLAIN_SIGNS = "≠", "!"


def lines(rows: Sequence[Row], found: Run, call: Call[object]) -> Iterator[str]:
    """Yield the table, the findings about its values, and a summary."""
    if not rows:
        return
    sign = SIGNS if call.terminal.can_print(SIGNS) else PLAIN_SIGNS
    names = {row.name: call.rendered(NAMES.get(row.name, PLAIN(text=row.name))) for row in rows}
    values = [[_value(row.name, group, call) for group in row.groups] for row in rows]
    first = max(map(width, names.values()))
    second = min(max(width(value) for row in values for value in row), _WIDEST_VALUE)
    for row, written in zip(rows, values, strict=True):
        for number, (group, value) in enumerate(zip(row.groups, written, strict=True)):
            name = "" if number else names[row.name]
            head = f"{call.paint('bold', name)}{' ' * (first - width(name))} {sign if group.differs else ' '} "
            where = _where(row, group, call)
            painted = call.paint("warning", value) if group.differs else value
            yield from _line(head, first + 3, painted, value, second, where)
    yield ""
    if found.checked:
        yield from as_text.findings(found.checked, call)
        yield ""
    yield _summary(rows, names, call)


def _summary(rows: Sequence[Row], names: dict[str, str], call: Call[object]) -> str:
    different = tuple(names[row.name] for row in rows if row.differs)
    if not different:
        uses = [use.place for row in rows for group in row.groups for use in group.uses]
        places = {(place.kind, place.path, place.name) for place in uses}
        return call.rendered(SAME(count=len(places)) if len(places) > 1 else ONE_PLACE)
    return call.rendered((ONE_DIFFERENT if len(different) == 1 else DIFFERENT)(count=len(different), names=different))


def _line(head: str, indent: int, painted: str, value: str, second: int, where: list[str]) -> Iterator[str]:
    """Yield a value and its places, which start below a value that is too wide."""
    room = WIDTH - indent - second - 2
    rest = list(_wrapped(where, room))
    start = " " * (indent + second + 2)
    if width(value) > second:
        yield f"{head}{painted}"
    else:
        yield f"{head}{painted}{' ' * (second - width(value))}  {rest.pop(0)}".rstrip()
    yield from (f"{start}{line}" for line in rest)


def _wrapped(where: list[str], room: int) -> Iterator[str]:
    line = ""
    for number, word in enumerate(where):
        piece = word if number == len(where) - 1 else f"{word},"
        if line and width(line) + 1 + width(piece) > room:
            yield line
            line = ""
        line = f"{line} {piece}".lstrip()
    yield line


def _value(name: str, group: Group, call: Call[object]) -> str:
    value = group.value
    if value.text is None:
        return call.rendered(UNKNOWN_OF(written=value.written) if value.written else UNKNOWN)
    if value.is_minimum:
        text = WITH_TOOLCHAIN if value.then and value.then != value.text else AT_LEAST
        return call.rendered(text(text=value.text, then=value.then))
    if value.then:
        return call.rendered(SWITCHED(text=value.text, then=value.then))
    if not value.text:
        return call.rendered(NOT_SET)
    if all(use.value.is_default for use in group.uses):
        return call.rendered(DEFAULT(text=value.text) if len(value.text) <= _SHORT else LONG_DEFAULT)
    return call.rendered(ANSWERS[value.text] if name == RACE else PLAIN(text=value.text))


def _where(row: Row, group: Group, call: Call[object]) -> list[str]:
    """Return the places of a value; those of the commonest value are counted if there are many."""
    if len(row.groups) == 1:
        return list(_places(group.uses, call)) if len(group.uses) == 1 else [call.rendered(EVERYWHERE)]
    commonest = max(row.groups, key=lambda each: len(each.uses))
    if group is not commonest or len(group.uses) <= _MANY:
        return list(_places(group.uses, call))
    named = [use for use in group.uses if use.place.kind is Kind.MACHINE or use.place.path == "go.mod"]
    return [*_places(named, call), call.rendered(MORE(count=len(group.uses) - len(named)))]


def _places(uses: Sequence[Use], call: Call[object]) -> Iterator[str]:
    """Yield the places of a value, those of one file together."""
    by_file: dict[str, list[Use]] = {}
    for use in uses:
        by_file.setdefault(use.place.path if use.place.kind is not Kind.MACHINE else "", []).append(use)
    for path, in_file in by_file.items():
        if not path:
            yield call.rendered(MACHINE)
            continue
        short = _short(path)
        named = [_name(use, call) for use in in_file if use.place.name]
        if not named:
            yield call.rendered(PLAIN(text=short))
        for number, name in enumerate(named):
            yield name if number else call.rendered(IN_FILE(path=short, names=name))


def _short(path: str) -> str:
    """Return a path without the folders in which a program looks for it."""
    folder, _, name = path.rpartition("/")
    return name if folder in _KNOWN_FOLDERS else path


def _name(use: Use, call: Call[object]) -> str:
    if not use.value.variant:
        return call.rendered(PLAIN(text=use.place.name))
    return call.rendered(OF_JOB(name=use.place.name, variant=use.value.variant))
