"""Marker comments that identify generated entries: `// wslgo:KEY #HASH` inside the entry.

The key stays the same if the entry is renamed or moved; the hash of the written value shows later edits by the user.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256

from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.text import Value, canonical, plain
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

# An entry commented out line by line has more slashes before the mark; in a block comment the mark is a part of it.
_MARK = pattern(r"(?://|/\*)[ \t]*(wslgo:(?!ignore)([^\s#*][^#*\r\n]*)(?:#(\w*))?)")
_ESCAPED = pattern(r"(?:%[0-9A-F]{2})+")


class OwnEntry(NamedTuple):
    """A generated entry in a file; `mark` is its mark, from `wslgo:` to the end of the hash."""

    key: str
    place: int
    node: Node
    value: Value
    mark: str
    digest: str
    has_more_comments: bool

    @property
    def is_edited(self) -> bool:
        return self.digest != _digest(self.value)

    def text_with_new_mark(self, text: str, value: Value) -> str:
        """Return the text of the entry with the hash of another value."""
        start = self.mark.rpartition("#")[0]
        return text.replace(self.mark, f"{start}#{_digest(value)}", 1)


class Marks(NamedTuple):
    """The marks in an array.

    `ours` has the generated entries by key, `copies` further copies of them. `theirs` has the keys whose
    mark has no hash or is outside all elements, with the element if there is one.
    """

    ours: dict[str, OwnEntry]
    copies: tuple[OwnEntry, ...]
    theirs: dict[str, Node | None]

    def all(self) -> Iterator[OwnEntry]:
        """Yield every element with a mark and a hash."""
        yield from self.ours.values()
        yield from self.copies


def mark(key: str, value: Value) -> str:
    """Return the comment for a new entry, without its slashes."""
    return f"wslgo:{_escaped_key(key)} #{_digest(value)}"


def marks(tree: Jsonc, elements: Sequence[Node]) -> Marks:
    """Return the marks of one array; of several copies of an entry, the first unedited one is ours, else the first."""
    found: list[OwnEntry] = []
    theirs: dict[str, Node | None] = {}
    starts = [element.span.start for element in elements]
    comments = [comment.span.start for comment in tree.comments]
    for comment in tree.comments:
        for match in _MARK.finditer(comment.text):
            place = bisect_right(starts, comment.span.start) - 1
            node = elements[place] if place >= 0 and elements[place].span.covers(comment.span) else None
            key = _unescaped_key(match[2].strip())
            if node is None or match[3] is None:
                theirs.setdefault(key, node)
            elif not any(own.place == place for own in found[-1:]):
                inside = bisect_left(comments, node.span.end) - bisect_left(comments, node.span.start)
                found.append(OwnEntry(key, place, node, plain(node), match[1], match[3], inside > 1))
    return _sorted_marks(found, theirs)


def _sorted_marks(found: Collection[OwnEntry], theirs: dict[str, Node | None]) -> Marks:
    ours: dict[str, OwnEntry] = {}
    for own in sorted(found, key=lambda own: own.is_edited):
        ours.setdefault(own.key, own)
    return Marks(ours, tuple(own for own in found if ours[own.key] is not own), theirs)


def _escaped_key(key: str) -> str:
    """Return a key as written in marks: whatever its folder is called, it cannot end the comment or the line."""
    text = "".join(
        character if character.isprintable() and character not in "%#*" else _escaped_character(character)
        for character in key
    )
    return f"{text[:-1]}%20" if text.endswith(" ") else text


def _escaped_character(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))


def _unescaped_key(spelled: str) -> str:
    return _ESCAPED.sub(
        lambda match: bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "surrogatepass"), spelled
    )


def _digest(value: Value) -> str:
    return sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()[:8]
