"""The JavaScript value and errors of a JSONC tree, in UTF-16 offsets, as `JSON.stringify` prints them.

Nothing here recurses, so no tree is too deep to print.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

from wslgo.syntax.json.jsonc import UNDECODED, Jsonc, Node, Scalar, decoded_bytes

Value = str | int | float | bool | list["Value"] | dict[str, "Value"] | None


def report(tree: Jsonc) -> dict[str, Value]:
    """Return value and errors as jsonc-parser returns them, offsets in UTF-16; missing and infinite values are None."""
    return {"value": _plain(tree.root) if tree.root else None, "errors": _errors(tree)}


def to_json(tree: Jsonc) -> str:
    """Return the report as one line of ASCII, its value printed as `JSON.stringify` prints it."""
    return _text(report(tree))


class _Object(dict[str, Value]):
    """A JavaScript object, in which `__proto__` is not a member but the object that it inherits from.

    An object that inherits from null has lost that accessor: there `__proto__` is a member like any other.
    """

    prototype: Value = "Object.prototype"

    def put(self, key: str, value: Value) -> None:
        if key != "__proto__" or not self._has_accessor():
            self[key] = _finite(value)
        elif value is None or isinstance(value, list | dict):
            self.prototype = value

    def _has_accessor(self) -> bool:
        owner: Value = self
        while isinstance(owner, _Object):
            if "__proto__" in owner:
                return False
            owner = owner.prototype
        self.prototype = owner  # objects between no longer change, and a long chain is not walked twice
        return owner is not None


def _plain(root: Node) -> Value:
    """Return the value, built in the order in which jsonc-parser assigns: a container first, then its content."""
    top = _Object()
    pending: list[tuple[_Object | list[Value], str, Node]] = [(top, "value", root)]
    while pending:
        target, key, node = pending.pop()
        value = _empty(node)
        if isinstance(target, list):
            target.append(_finite(value))
        else:
            target.put(key, value)
        if isinstance(value, _Object):
            pending += reversed([(value, key, child) for key, child in node.items()])
        elif isinstance(value, list):
            pending += reversed([(value, "", child) for child in node.elements])
    return top["value"]


def _empty(node: Node) -> Value:
    """Return the value of a scalar; a container without its content."""
    if node.kind == "object":
        return _Object()
    return [] if node.kind == "array" else node.value


def _finite(value: Value) -> Value:
    return None if value in (float("inf"), float("-inf")) else value


def _errors(tree: Jsonc) -> list[Value]:
    text = tree.source.text
    utf16 = _utf16_offsets(text)
    overrun = _overrun(tree)
    return [
        {
            "code": code,
            "offset": utf16(span.start),
            "length": utf16(span.end) - utf16(span.start) + (overrun if span.end == len(text) else 0),
        }
        for code, span in tree.problems
    ]


def _overrun(tree: Jsonc) -> int:
    """Return how far jsonc-parser runs past the end: by one, if the text ends right after `/*` or a CRLF inside."""
    cut = [tree.source.text[span.start :] for code, span in tree.problems if code == "UnexpectedEndOfComment"]
    return int(any(comment == "/*" or comment.endswith("\r\n") for comment in cut))


_UNEVEN = "[\U00010000-\U0010ffff]|" + UNDECODED


def _utf16_offsets(text: str) -> Callable[[int], int]:
    """Return a function from offsets in `text` to those in the JavaScript string that VS Code makes of the file."""
    if text.isascii():
        return lambda offset: offset
    ends, shifts = [0], [0]
    for match in re.finditer(_UNEVEN, text):
        width = 2 if match[0] > "\uffff" else len(decoded_bytes(match))
        ends.append(match.end())
        shifts.append(shifts[-1] + width - len(match[0]))
    return lambda offset: offset + shifts[bisect_right(ends, offset) - 1]


# Printing

_UNPRINTED = re.compile(r"[^ !#-\[\]-\x7f]")
_NAMED = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LARGEST_INDEX = 2**32 - 2
_DONE: list[Value] = []


def _text(value: Value) -> str:
    pieces: list[str] = []
    pending: list[tuple[str, Value]] = [("", value)]
    while pending:
        lead, value = pending.pop()
        pieces.append(lead)
        if value is _DONE:
            continue
        if isinstance(value, dict):
            pieces.append("{")
            pending.append(("}", _DONE))
            pending += reversed([*_members(value)])
        elif isinstance(value, list):
            pieces.append("[")
            pending.append(("]", _DONE))
            pending += reversed([("," if at else "", element) for at, element in enumerate(value)])
        else:
            pieces.append(_printed_scalar(value))
    return "".join(pieces)


def _members(value: dict[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield members with the text before them; JavaScript lists keys that are array indices first, in their order."""
    indices = sorted(filter(_is_index, value), key=int)
    others = (key for key in value if not _is_index(key)) if indices else value
    for at, key in enumerate((*indices, *others)):
        yield f"{',' if at else ''}{_literal(key)}:", value[key]


def _is_index(key: str) -> bool:
    is_number = len(key) <= 10 and key.isascii() and key.isdigit()
    return is_number and key == str(int(key)) and int(key) <= _LARGEST_INDEX


def _printed_scalar(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _literal(value)
    return str(value) if isinstance(value, int) else _printed_float(value)


def _literal(text: str) -> str:
    return f'"{_UNPRINTED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in _NAMED:
        return _NAMED[character]
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _printed_float(number: float) -> str:
    """Return the shortest digits that give the number back, with the point where JavaScript puts it."""
    digits, exponent = _shortest(abs(number))
    sign = "-" if number < 0 else ""
    if len(digits) <= exponent <= 21:
        return sign + digits.ljust(exponent, "0")
    if 0 < exponent <= 21:
        return f"{sign}{digits[:exponent]}.{digits[exponent:]}"
    if -6 < exponent <= 0:
        return f"{sign}0.{'0' * -exponent}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{exponent - 1:+d}"


def _shortest(number: float) -> tuple[str, int]:
    """Return digits and exponent: the number is 0.DIGITS times ten to the exponent."""
    mantissa, _, power = repr(number).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    zeros = len(whole + fraction) - len(digits)
    return digits.rstrip("0"), len(whole) - zeros + int(power or 0)
