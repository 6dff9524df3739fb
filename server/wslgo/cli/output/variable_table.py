"""The table of `wslgo env`: a line for each variable, and below it one for each place that loses or acts elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from wslgo.cli.call import Call
from wslgo.cli.output.excerpt import width
from wslgo.goenv.assignment import Scope
from wslgo.goenv.provenance import Kind, Place, Provenance, Standing
from wslgo.text.message import Message, Text

WIDEST = 44  # columns of the values; a longer one moves the place of its line

VALUE = Message(en="{value}", zh="{value}")
EMPTY = Message(en="(empty)", zh="（空）")
UNKNOWN = Message(en="(unknown)", zh="（未知）")
IN_EDITOR = Message(en="in the editor", zh="在编辑器中")
KINDS = {
    Kind.DEFAULT: Message(en="default", zh="默认值"),
    Kind.ENVIRONMENT: Message(en="environment", zh="环境变量"),
}
STANDINGS = {
    Standing.OVERRIDDEN: Message(en="overridden", zh="被覆盖"),
    Standing.IN_TERMINALS: Message(en="in terminals", zh="在终端中"),
    Standing.NOT_YET: Message(
        en="not in this environment: for shells started later", zh="当前环境中没有：对之后启动的 shell 生效"
    ),
    Standing.UNCERTAIN: Message(en="may apply", zh="可能生效"),
    Standing.ELSEWHERE: Message(en="for other programs only", zh="仅用于其他程序"),
}
SCOPES = {
    Scope.LAUNCH: Message(en="for debugging only", zh="仅用于调试"),
    Scope.TESTS: Message(en="for tests only", zh="仅用于测试"),
    Scope.TERMINAL: Message(en="for the editor's terminals only", zh="仅用于编辑器的终端"),
    Scope.GOPLS: Message(en="for gopls only", zh="仅用于 gopls"),
    Scope.SERVICES: Message(en="for systemd services only", zh="仅用于 systemd 服务"),
    Scope.FOLDER: Message(en="with direnv only", zh="仅在使用 direnv 时"),
}
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
        note = _note(place)
        yield _Row(
            variable.name if is_first else "",
            place.standing,
            _value(place.value, call),
            _place(place, call, home),
            call.rendered(note) if note else "",
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


def _note(place: Place) -> Text | None:
    """Return what a place does to the value, in words; None where it simply wins."""
    if place.standing is Standing.IN_EFFECT:
        is_of_editor = place.kind is Kind.SETTINGS and place.scope is not Scope.TERMINAL
        return IN_EDITOR() if is_of_editor else SCOPES[Scope.TERMINAL]() if place.scope is Scope.TERMINAL else None
    if place.standing is Standing.ELSEWHERE and place.scope in SCOPES:
        return SCOPES[place.scope]()
    return STANDINGS[place.standing]()


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
