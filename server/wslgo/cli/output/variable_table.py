"""The table of `wslgo env`: a line for each variable, and below it one for each place that loses or acts elsewhere."""

from collections.abc import Callable, Iterable, Iterator

from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import width
from wslgo.goenv.place_words import KINDS, note
from wslgo.goenv.provenance import Kind, Place, Provenance, Standing
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.typing import Any, NamedTuple

_FEW = 3  # places for other programs that the table of all variables shows
WIDEST = 44  # columns of the values; a longer one moves the place of its line

VALUE = Message(en="{value}", zh="{value}")
EMPTY = Message(en="(empty)", zh="（空）")
UNKNOWN = Message(en="(unknown)", zh="（未知）")
MORE = Message(
    en="{count} more places for other programs: wslgo env {name}", zh="另有 {count} 处用于其他程序：wslgo env {name}"
)
NOT_KNOWN = Message(
    en="The Go variables of this machine are unknown: it was recorded without them",
    zh="此机器的 Go 变量未知：记录中没有",
)
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


# What a policy says about the value of a variable at a place; None if it allows it.
Judged = Callable[[str, Place], Text | None]


def _fits(_name: str, _place: Place) -> None:
    return None


class _Row(NamedTuple):
    """A line of the table; `name` is empty below the first line of a variable."""

    name: str
    standing: Standing
    value: str
    place: str = ""
    note: str = ""


def table(
    found: Iterable[Provenance], call: Call[Any], host: Host, judged: Judged = _fits, *, is_complete: bool
) -> Iterator[str]:
    """Yield the lines: what something sets, and below it the defaults; all there is only if all were asked for."""
    found = [variable for variable in found if is_complete or variable.value or _is_set(variable)]
    if not found:
        yield call.rendered(NOTHING if host.go_variables is not None else NOT_KNOWN)
        return
    set_here = [variable for variable in found if is_complete or _is_set(variable)]
    defaults = [variable for variable in found if not is_complete and not _is_set(variable)]
    few = None if is_complete else _FEW
    first = [row for variable in set_here for row in _rows(variable, call, host, few, judged)]
    last = [row for variable in defaults for row in _rows(variable, call, host, few, judged)]
    rows = (*first, *last)
    columns = max(len(row.name) for row in rows), min(max(width(row.value) for row in rows), WIDEST)
    signs = SIGNS if call.terminal.can_print("".join(SIGNS.values())) else PLAIN_SIGNS
    yield from (_line(row, columns, signs, call) for row in first)
    if first and last:
        yield ""
    yield from (call.paint("hint", _plain_line(row, columns)) for row in last)


def _is_set(variable: Provenance) -> bool:
    return any(place.kind not in (Kind.DEFAULT, Kind.SHIPPED) for place in variable.places)


def _rows(variable: Provenance, call: Call[Any], host: Host, few: int | None, judged: Judged) -> Iterator[_Row]:
    if variable.set_by is None:
        yield _Row(variable.name, Standing.IN_EFFECT, _value(variable.value, call))
    elsewhere = [place for place in variable.also if place.standing is Standing.ELSEWHERE]
    left_out = [] if few is None or len(elsewhere) <= few + 1 else elsewhere[few:]
    for place in variable.places:
        if place in left_out:
            continue
        words = [call.rendered(each) for each in (note(place), judged(variable.name, place)) if each is not None]
        yield _Row(
            variable.name if place == variable.set_by else "",
            place.standing,
            _value(place.value, call),
            _place(place, call, host.home or ""),
            "; ".join(words),
        )
    if left_out:
        yield _Row("", Standing.ELSEWHERE, call.rendered(MORE(count=len(left_out), name=variable.name)))


def _value(value: str | None, call: Call[Any]) -> str:
    return call.rendered(UNKNOWN if value is None else VALUE(value=value) if value else EMPTY)


def _place(place: Place, call: Call[Any], home: str) -> str:
    if not place.path:
        return call.rendered(KINDS.get(place.kind, KINDS[Kind.DEFAULT]))
    path = place.path
    if home and path.startswith(f"{home}/"):
        path = f"~{path.removeprefix(home)}"
    return call.rendered(VALUE(value=f"{path}:{place.line}" if place.line else path))


def _line(row: _Row, columns: tuple[int, int], signs: dict[Standing, str], call: Call[Any]) -> str:
    line = _plain_line(row, columns, "" if row.name else signs[row.standing])
    if not row.name:
        return call.paint(STYLES.get(row.standing, "hint"), line)
    return line.replace(row.name, call.paint("bold", row.name), 1)


def _plain_line(row: _Row, columns: tuple[int, int], sign: str = "") -> str:
    value = row.value + " " * (columns[1] - width(row.value))
    return f"  {row.name:{columns[0]}}{sign or ' '} {value}  {row.place}  {row.note}".rstrip()
