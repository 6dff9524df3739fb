"""Parts of a string in JSON: their place in the text, and edits that leave the rest of the string as it is written."""

from functools import lru_cache

from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.text import literal
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# Bytes that are not UTF-8: several can stand for one character.
_UNDECODABLE = pattern(r"[\ud800-\udfff]")
_LONG = 6  # characters of \u0041


def part_span(tree: Jsonc, node: Node, part: Span) -> Span:
    """Return the place of a part of a string in the text; the whole string if that is unknown."""
    return _place_of(tree, node, part) or node.span


def part_edits(tree: Jsonc, node: Node, part: Span, new: str) -> tuple[Edit, ...]:
    """Return the edits that replace a part of a string; none if its place is unknown."""
    place = _place_of(tree, node, part)
    return () if place is None else (Edit(place, literal(new)[1:-1]),)


def _place_of(tree: Jsonc, node: Node, part: Span) -> Span | None:
    written = tree.source.text[node.span.start + 1 : node.span.end - 1]
    if tree.problems or node.string is None or _UNDECODABLE.search(written):
        return None
    start = node.span.start + 1
    if written == node.string:
        return Span(start + part.start, start + part.end)
    offsets = _offsets(written, node.string)
    return Span(start + offsets[part.start], start + offsets[part.end]) if offsets[-1] == len(written) else None


# Each part of a string asks for them.
@lru_cache(maxsize=8)
def _offsets(written: str, text: str) -> tuple[int, ...]:
    """Return where each character of a string begins in what is written for it, and where the last one ends."""
    place = 0
    places = [place]
    for character in text:
        place += _written_length(written, place, character)
        places.append(place)
    return tuple(places)


def _written_length(written: str, place: int, character: str) -> int:
    """Return how many characters are written for one of the string."""
    if written[place : place + 1] != "\\":
        return 1
    if written[place + 1 : place + 2] != "u":
        return 2
    return _LONG * (2 if character > "\uffff" else 1)
