"""Parts of a string in JSON: their place in the text, and edits that leave the rest of the string as it is written."""

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
    place = node.span.start + 1
    places = [place]
    for character in node.string:
        place += _written_length(tree.source.text, place, character)
        places.append(place)
    return Span(places[part.start], places[part.end]) if place == node.span.end - 1 else None


def _written_length(text: str, place: int, character: str) -> int:
    """Return how many characters of the text stand for one of the string."""
    if text[place] != "\\":
        return 1
    if text[place + 1 : place + 2] != "u":
        return 2
    return _LONG * (2 if character > "\uffff" else 1)
