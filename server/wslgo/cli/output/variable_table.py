"""The table of `wslgo env`: a line for each variable, and below it one for each place that loses or acts elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import width
from wslgo.goenv.place_words import KINDS, note
from wslgo.goenv.provenance import Kind, Place, Provenance, Standing
from wslgo.text.message import Message

WIDEST = 44  # columns of the values; a longer one moves the place of its line

VALUE = Message(en="{value}", zh="{value}")
EMPTY = Message(en="(empty)", zh="（空）")
UNKNOWN = Message(en="(unknown)", zh="（未知）")
NOTHING = Message(en="Every Go variable has its default", zh="所有 Go 变量都是默认值")

SIGNS = {
    Standing.IN_EFFECT: " ",
    Standing.IN_TERMINALS: "›",
    Standing.OVERRIDDEN: "✗",
    Standing.NOT_YET: "…",
    Standing.UNCERTAIN: "?",
    Standing.ELSEWHERE: "·",
}
# For terminals without those characters.
PLAIN_SIGNS = {
    **SIGNS,
    Standing.IN_TERMINALS: ">",
    Standing.OVERRIDDEN: "x",
    Standing.NOT_YET: "~",
    Standing.ELSEWHERE: "-",
}
STYLES = {Standing.IN_TERMINALS: "information", Standing.UNCERTAIN: "warning"}


class _Row(NamedTuple):
    """A line of the table; `name` is empty below the first line of a variable."""

    name: str
    standing: Standing
    value: str
    place: str
    note: str


def table(found: Iterable[Provenance], call: Call[Any], *, home: str, is_complete: bool) -> Iterator[str]:
    """Yield the lines: what something sets, and below it the defaults; empty defaults only if all were asked for."""
    found = [variable for variable in found if is_complete or variable.value or _is_set(variable)]
    if not found:
        yield call.rendered(NOTHING)
        return
    signs = SIGNS if call.terminal.can_print("".join(SIGNS.values())) else PLAIN_SIGNS
    first = found if is_complete else [variable for variable in found if _is_set(variable)]
    defaults = [] if is_complete else [variable for variable in found if not _is_set(variable)]
    rows = [row for variable in (*first, *defaults) for row in _rows(variable, call, home)]
    name, value = max(len(row.name) for row in rows), max(width(row.value) for row in rows)
    count = sum(len([*_rows(variable, call, home)]) for variable in first)
    for number, row in enumerate(rows):
        if number == count and number:
            yield ""
        yield _line(row, (name, min(value, WIDEST)), signs, call, is_dim=number >= count)


def _is_set(variable: Provenance) -> bool:
    return any(place.kind not in (Kind.DEFAULT, Kind.SHIPPED) for place in variable.places)


def _rows(variable: Provenance, call: Call[Any], home: str) -> Iterator[_Row]:
    winner = variable.set_by
    if winner is None:
        yield _Row(variable.name, Standing.IN_EFFECT, _value(variable.value, call), "", "")
    for place in variable.places:
        is_first = place is winner
        words = note(place)
        yield _Row(
            variable.name if is_first else "",
            place.standing,
            _value(place.value, call),
            _place(place, call, home),
            call.rendered(words) if words else "",
        )


def _value(value: str | None, call: Call[Any]) -> str:
    return call.rendered(UNKNOWN if value is None else VALUE(value=value) if value else EMPTY)


def _place(place: Place, call: Call[Any], home: str) -> str:
    if not place.path:
        return call.rendered(KINDS.get(place.kind, KINDS[Kind.DEFAULT]))
    path = place.path
    if home and path.startswith(f"{home}/"):
        path = f"~{path.removeprefix(home)}"
    return call.rendered(VALUE(value=f"{path}:{place.line}" if place.line else path))


def _line(row: _Row, columns: tuple[int, int], signs: dict[Standing, str], call: Call[Any], *, is_dim: bool) -> str:
    name = f"{row.name:{columns[0]}}"
    value = row.value + " " * (columns[1] - width(row.value))
    place = f"{row.place}  {row.note}".rstrip()
    if is_dim:
        return call.paint("hint", f"  {name}  {value}  {place}".rstrip())
    if row.name:
        return f"  {call.paint('bold', name)}  {value}  {place}".rstrip()
    style = STYLES.get(row.standing, "hint")
    return call.paint(style, f"  {name}{signs[row.standing]} {value}  {place}".rstrip())
