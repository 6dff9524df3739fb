"""JSON values as text: in the style of a file, or in the one form that equal values share."""

from collections.abc import Mapping, Sequence

from wslgo.syntax.json.jsonc import Node
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple, Union

Value = Union[str, int, float, bool, None, Mapping[str, "Value"], Sequence["Value"]]  # noqa: UP007 - names itself

_SPECIAL = pattern(r'["\\\x00-\x1f]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


class Style(NamedTuple):
    """The style of a file: line end, one level of indentation, the text inside `{` and after `:` and `,`."""

    newline: str
    unit: str
    padding: str
    colon: str
    comma: str


class New(NamedTuple):
    """A new entry: of an object with its key, of an array perhaps with a comment."""

    value: Value
    comment: str = ""
    key: str | None = None


def plain(node: Node) -> Value:
    """Return a node as JavaScript has it: of members with the same key the last one counts."""
    values: dict[int, Value] = {}
    for descendant in reversed([*node.walk()]):  # children before parents, so that no text is too deep
        if descendant.kind == "object":
            values[id(descendant)] = {key: values[id(value)] for key, value in descendant.items()}
        elif descendant.kind == "array":
            values[id(descendant)] = [values[id(element)] for element in descendant.elements]
        else:
            values[id(descendant)] = descendant.value
    return values[id(node)]


def canonical(value: Value) -> str:
    """Return the same text for equal values, whatever the order of their members."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{literal(key)}:{canonical(member)}" for key, member in sorted(value.items())) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ",".join(map(canonical, value)) + "]"
    return _scalar(value)


def entry_text(new: New, style: Style, indentation: str, *, is_stacked: bool) -> str:
    """Return an entry of a container as text at `indentation`, on lines of its own or on one."""
    written = value_text(new.value, style, indentation, is_stacked=is_stacked, comment=new.comment)
    return written if new.key is None else f"{literal(new.key)}{style.colon}{written}"


def value_text(value: Value, style: Style, indentation: str, *, is_stacked: bool, comment: str = "") -> str:
    """Return a value as text, with a comment as the first thing in an object."""
    if isinstance(value, str) or not isinstance(value, (Mapping, Sequence)):
        return _scalar(value)
    is_object = isinstance(value, Mapping)
    news = _members(value) if isinstance(value, Mapping) else [New(member) for member in value]
    opener, closer = "{}" if is_object else "[]"
    is_stacked = is_stacked and (is_object or any(isinstance(new.value, (Mapping, list, tuple)) for new in news))
    inner = indentation + style.unit
    entries = [entry_text(new, style, inner, is_stacked=is_stacked) for new in news]
    if not entries:
        return opener + closer
    if is_stacked:
        line = style.newline + inner
        remark = f"{line}// {comment}" if comment else ""
        return f"{opener}{remark}{line}{f',{line}'.join(entries)}{style.newline}{indentation}{closer}"
    padding = style.padding if is_object else ""
    remark = f"/* {comment} */ " if comment else ""
    return f"{opener}{padding}{remark}{style.comma.join(entries)}{padding}{closer}"


def _members(value: Mapping[str, Value]) -> list[New]:
    return [New(member, key=key) for key, member in value.items()]


def _scalar(value: str | float | bool | None) -> str:
    if isinstance(value, str):
        return literal(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return repr(int(value) if isinstance(value, float) and value.is_integer() else value)


def literal(text: str) -> str:
    return '"' + _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}", text) + '"'
