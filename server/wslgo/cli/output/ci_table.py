"""The table of `wslgo ci`: for each setting a line for each value, and the places that have it."""

from collections.abc import Iterator, Sequence

from wslgo.ci.comparison import Group, Row, Use
from wslgo.ci.words import (
    EVERYWHERE,
    MACHINE,
    MORE,
    PLAIN,
    is_of_machine,
    name_of,
    short_path,
    summary,
    use_name,
    value_of,
)
from wslgo.cli.call import Call
from wslgo.cli.output import as_text
from wslgo.cli.output.excerpt import width
from wslgo.cli.output.report import Run
from wslgo.text.message import Message

WIDTH = 80
_WIDEST_VALUE = 32  # columns; a longer value moves its places to the next line
_MANY = 6  # places of the commonest value that are named

IN_FILE = Message(en="{path}: {names}", zh="{path}：{names}")
SIGNS, PLAIN_SIGNS = "≠", "!"


def lines(rows: Sequence[Row], found: Run, call: Call[object]) -> Iterator[str]:
    """Yield the table, the findings about its values, and a summary."""
    if not rows:
        return
    sign = SIGNS if call.terminal.can_print(SIGNS) else PLAIN_SIGNS
    names = {row.name: call.rendered(name_of(row)) for row in rows}
    values = [[call.rendered(value_of(row.name, group)) for group in row.groups] for row in rows]
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
    yield call.rendered(summary(rows))


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


def _where(row: Row, group: Group, call: Call[object]) -> list[str]:
    """Return the places of a value; those of the commonest value are counted if there are many."""
    if len(row.groups) == 1:
        return list(_places(group.uses, call)) if len(group.uses) == 1 else [call.rendered(EVERYWHERE)]
    commonest = max(row.groups, key=lambda each: len(each.uses))
    if group is not commonest or len(group.uses) <= _MANY:
        return list(_places(group.uses, call))
    named = [use for use in group.uses if is_of_machine(use) or use.place.path == "go.mod"]
    return [*_places(named, call), call.rendered(MORE(count=len(group.uses) - len(named)))]


def _places(uses: Sequence[Use], call: Call[object]) -> Iterator[str]:
    """Yield the places of a value, those of one file together."""
    by_file: dict[str, list[Use]] = {}
    for use in uses:
        by_file.setdefault("" if is_of_machine(use) else use.place.path, []).append(use)
    for path, in_file in by_file.items():
        if not path:
            yield call.rendered(MACHINE)
            continue
        short = short_path(path)
        named = [call.rendered(use_name(use)) for use in in_file if use.place.name]
        if not named:
            yield call.rendered(PLAIN(text=short))
        for number, name in enumerate(named):
            yield name if number else call.rendered(IN_FILE(path=short, names=name))
