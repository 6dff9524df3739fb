"""`launch.json` entry by entry: after an edit only the text of the entries that changed is read again.

The text is cut behind each entry of `configurations`. Where the reader of `jsonc` reaches a cut of the text before the
edit in the same state, everything behind it is read as before, and only its offsets have moved. So the tree of the
pieces equals that of the whole text, however broken either is.
"""

from collections.abc import Iterator

from wslgo.syntax.json.jsonc import Comment, Jsonc, Node, Problem, Property, Reader, State
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing_extensions import Self

_KEY = "configurations"
_OF_ENTRIES = 2  # open containers around an entry: the file and its array


class Head(NamedTuple):
    """The text up to the bracket that opens `configurations`."""

    text: str
    start: int  # of the object of the file
    members: tuple[Property, ...]
    key_span: Span
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...]


class Piece(NamedTuple):
    """The text from one cut to the next, as it was read at `base`: an entry with what separates it from the last.

    `has_own_line`: the entry is the first thing on its line, so what is before it does not matter to its style.
    """

    text: str
    base: int
    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...]
    has_own_line: bool


class Tail(NamedTuple):
    """The text behind the last cut; `nodes` are values that it adds to the array, `end` and `array_end` offsets."""

    text: str
    base: int
    nodes: tuple[Node, ...]
    members: tuple[Property, ...]
    array_end: int
    end: int
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...]


class Pieces(NamedTuple):
    """A text in pieces."""

    head: Head
    entries: tuple[Piece, ...]
    tail: Tail

    def starts(self) -> Iterator[int]:
        """Yield the offset of each entry's piece, then that of the tail."""
        at = len(self.head.text)
        for piece in self.entries:
            yield at
            at += len(piece.text)
        yield at


def cut(text: str, before: Pieces | None = None) -> Pieces | None:
    """Return a text in pieces, equal ones taken from `before`; None if it has not exactly one array of entries."""
    if before is None:
        return _read(text, None, (), 0, {})
    if not text.startswith(before.head.text):
        return _read(text, None, (), 0, _cuts_behind(text, before, -1, 0), before)
    kept, start = _equal_entries(text, before)
    if kept == len(before.entries) and text[start:] == before.tail.text:
        return before
    return _read(text, before.head, before.entries[:kept], start, _cuts_behind(text, before, kept, start), before)


def changed(text: str, before: Pieces) -> int:
    """Return about how many characters `cut` would read."""
    if not text.startswith(before.head.text):
        return min(_cuts_behind(text, before, -1, 0), default=len(text))
    kept, start = _equal_entries(text, before)
    if kept == len(before.entries) and text[start:] == before.tail.text:
        return 0
    return min(_cuts_behind(text, before, kept, start), default=len(text)) - start


def _equal_entries(text: str, before: Pieces) -> tuple[int, int]:
    """Return how many entries at the beginning are those of the text, and where they end."""
    at = len(before.head.text)
    for place, piece in enumerate(before.entries):
        if not text.startswith(piece.text, at):
            return place, at
        at += len(piece.text)
    return len(before.entries), at


def _cuts_behind(text: str, before: Pieces, kept: int, start: int) -> dict[int, int]:
    """Return the cuts behind `start` from which the text is as before, with the number of entries up to them."""
    if not text.endswith(before.tail.text):
        return {}
    at, cuts = len(text) - len(before.tail.text), {}
    for place in range(len(before.entries), max(kept, -1), -1):
        if at <= start:
            break
        cuts[at] = place
        piece = before.entries[place - 1].text if place else ""
        if not text.endswith(piece, 0, at):
            break
        at -= len(piece)
    return cuts


class _CutReachedError(Exception):
    """The reader has reached a cut behind which the text is read already."""


def _read(
    text: str,
    head: Head | None,
    entries: tuple[Piece, ...],
    start: int,
    ends: dict[int, int],
    before: Pieces | None = None,
) -> Pieces | None:
    """Read a text from `start`, behind `head` and `entries`, to its end or to one of the cuts `ends`."""
    reader = _PieceReader(text, ends)
    try:
        if head is None:
            reader.read()
        else:
            reader.read_on(head, start, is_first=not entries)
    except _CutReachedError:
        pass
    head = reader.head
    if head is None or reader.is_twofold or any(member.key == _KEY for member in head.members):
        return None
    entries = (*entries, *reader.pieces) if reader.is_continued else tuple(reader.pieces)
    if reader.at in ends and before is not None and reader.is_cut:
        return Pieces(head, (*entries, *before.entries[ends[reader.at] :]), before.tail)
    tail = reader.tail()
    return None if tail is None or any(member.key == _KEY for member in tail.members) else Pieces(head, entries, tail)


class _PieceReader(Reader):
    """The reader of JSON with comments, which makes a cut behind each entry."""

    def __init__(self, text: str, ends: dict[int, int]) -> None:
        super().__init__(text)
        self.head: Head | None = None
        self.pieces: list[Piece] = []
        self.at = 0
        self.is_cut = False
        self.is_twofold = False
        self.is_continued = False
        self._ends = ends

    def read_on(self, head: Head, start: int, *, is_first: bool) -> None:
        """Read from a cut on, or from the bracket if the text has no entry before."""
        self.head, self.at, self.is_continued = head, start, True
        self._enter("{", Span(head.start, head.start + 1))
        self._open[0].key = _KEY, head.key_span
        self._open_array(len(head.text))
        self.read(self._first_entry if is_first else self._after_entry, start)

    def _open_array(self, end: int) -> None:
        super()._enter("[", Span(end - 1, end))

    def _enter(self, opener: str, span: Span) -> State:
        key = self._open[0].key if len(self._open) == 1 else None
        state = super()._enter(opener, span)
        if opener == "[" and key is not None and key[0] == _KEY and len(self._open) == _OF_ENTRIES:
            self._begin(key[1], span.end)
        return state

    def _begin(self, key_span: Span, end: int) -> None:
        if self.head is not None:
            self.is_twofold = True
            return
        file = self._open[0]
        self.head = Head(
            self.text[:end], file.start, tuple(file.members), key_span, tuple(self.problems), tuple(self.comments)
        )
        file.members.clear()
        self._continue(end)

    def _leave(self, mark: str, span: Span) -> State:
        state = super()._leave(mark, span)
        # At the end of the text an entry is closed that more text would continue: that is not a cut.
        if mark and len(self._open) == _OF_ENTRIES and self._open[0].key is not None and self._is_array_of_entries():
            entries = self._open[1].elements
            text, before = self.text[self.at : span.end], self.text[self.at : entries[0].span.start]
            problems, comments = tuple(self.problems), tuple(self.comments)
            piece = Piece(text, self.at, tuple(entries), problems, comments, "\n" in before or "\r" in before)
            entries.clear()
            self.pieces.append(piece)
            self._continue(span.end)
        return state

    def _is_array_of_entries(self) -> bool:
        key = self._open[0].key
        return self.head is not None and key is not None and key[1] == self.head.key_span

    def _continue(self, at: int) -> None:
        self.problems.clear()
        self.comments.clear()
        self.at = at
        if at in self._ends and (self._ends[at] > 0) == bool(self.pieces):
            self.is_cut = True
            raise _CutReachedError

    def tail(self) -> Tail | None:
        """Return the text behind the last cut; None if the file has no array of entries after all."""
        root = self.root
        if root is None or not root.members or root.members[0].value is None:
            return None
        array = root.members[0].value
        text, at = self.text[self.at :], self.at
        problems, comments = tuple(self.problems), tuple(self.comments)
        return Tail(text, at, array.elements, root.members[1:], array.span.end, root.span.end, problems, comments)


# The tree of the whole text


class MovedNode(Node):
    """A node at another offset than where it was read; what is inside it moves when it is asked for."""

    def __new__(cls, node: Node, shift: int) -> "Self":
        moved = tuple.__new__(cls, (node.kind, moved_span(node.span, shift), node.value, node.members, node.elements))
        moved.__dict__["_shift"] = shift
        return moved

    @property
    def members_as_read(self) -> tuple[Property, ...]:
        return self[3]

    def placed(self, node: Node) -> Node:
        """Return a node of `members_as_read` at the place that it has now, each time the same object."""
        known: dict[int, Node] = self.__dict__.setdefault("_placed", {})
        found = known.get(id(node))
        if found is None:
            found = known[id(node)] = MovedNode(node, self.__dict__["_shift"])
        return found

    def member(self, key: str) -> Property | None:
        found = next((member for member in reversed(self[3]) if member.key == key and member.value), None)
        if found is None or found.value is None:
            return None
        return Property(key, moved_span(found.key_span, self.__dict__["_shift"]), self.placed(found.value))

    @property
    def members(self) -> tuple[Property, ...]:
        found: tuple[Property, ...] | None = self.__dict__.get("members")
        if found is None:
            shift, placed = self.__dict__["_shift"], self.placed
            found = self.__dict__["members"] = tuple(
                Property(key, moved_span(span, shift), None if value is None else placed(value))
                for key, span, value in self[3]
            )
        return found

    @property
    def elements(self) -> tuple[Node, ...]:
        found: tuple[Node, ...] | None = self.__dict__.get("elements")
        if found is None:
            found = self.__dict__["elements"] = moved_nodes(self[4], self.__dict__["_shift"])
        return found


def moved_span(span: Span, shift: int) -> Span:
    """Return a span at another offset."""
    return Span(span.start + shift, span.end + shift) if shift else span


def moved_nodes(nodes: tuple[Node, ...], shift: int) -> tuple[Node, ...]:
    """Return nodes at another offset."""
    return tuple(MovedNode(node, shift) for node in nodes) if shift else nodes


def moved_members(members: tuple[Property, ...], shift: int) -> tuple[Property, ...]:
    """Return members at another offset."""
    if not shift:
        return members
    return tuple(
        Property(key, moved_span(span, shift), None if value is None else MovedNode(value, shift))
        for key, span, value in members
    )


def _moved_problems(problems: tuple[Problem, ...], shift: int) -> Iterator[Problem]:
    return (Problem(code, moved_span(span, shift)) for code, span in problems)


def moved_comments(comments: tuple[Comment, ...], shift: int) -> Iterator[Comment]:
    """Yield comments at another offset."""
    return (Comment(moved_span(span, shift), text) for span, text in comments)


def tree_of(source: Source, pieces: Pieces) -> Jsonc:
    """Return the tree of a whole text from its pieces."""
    head, entries, tail = pieces
    nodes: list[Node] = []
    problems, comments = list(head.problems), list(head.comments)
    at = len(head.text)
    parts: tuple[Piece | Tail, ...] = (*entries, tail)
    for piece in parts:
        shift = at - piece.base
        nodes += moved_nodes(piece.nodes, shift)
        if piece.problems:
            problems += _moved_problems(piece.problems, shift)
        if piece.comments:
            comments += moved_comments(piece.comments, shift)
        at += len(piece.text)
    return Jsonc(source, root_of(pieces, tuple(nodes), at - len(tail.text)), tuple(problems), tuple(comments))


def root_of(pieces: Pieces, nodes: tuple[Node, ...], tail_at: int) -> Node:
    """Return the object of a file whose tail begins at `tail_at`."""
    head, tail = pieces.head, pieces.tail
    shift = tail_at - tail.base
    array = Node("array", Span(len(head.text) - 1, tail.array_end + shift), None, (), nodes)
    members = (*head.members, Property(_KEY, head.key_span, array), *moved_members(tail.members, shift))
    return Node("object", Span(head.start, tail.end + shift), None, members)


# A file with one entry


class Excerpt(Jsonc):
    """A file as it would be with one entry alone. It knows what rules ask about the rest of the file.

    `start` is where the piece of the entry begins in its text.
    """

    start: int

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of the whole file; to an entry it only matters whether there are any."""
        self.__dict__["asks_for_problems"] = True
        return self[2]

    @property
    def style(self) -> object:
        """The style of the whole file."""
        self.__dict__["asks_for_style"] = True
        return self[4]

    @property
    def is_broken(self) -> bool:
        """Return whether the whole file has problems."""
        return bool(self[2])

    @property
    def asks_for_problems(self) -> bool:
        """Return whether a rule has asked if the whole file can be read."""
        return "asks_for_problems" in self.__dict__

    @property
    def asks_for_style(self) -> bool:
        """Return whether a rule has asked how the whole file is written."""
        return "asks_for_style" in self.__dict__


def excerpt(pieces: Pieces, piece: Piece, line: str, encoding: str, style: object, *, is_broken: bool) -> Excerpt:
    """Return a file with one entry, behind the text `line` of its line; the `style` is that of the whole file."""
    head, tail = pieces.head, pieces.tail
    start = len(head.text) + len(line)
    tail_at = start + len(piece.text)
    shift, tail_shift = start - piece.base, tail_at - tail.base
    comments = (*head.comments, *moved_comments(piece.comments, shift), *moved_comments(tail.comments, tail_shift))
    source = Source(f"{head.text}{line}{piece.text}{tail.text}", encoding)
    problems = (Problem("", Span(0, 0)),) if is_broken else ()
    root = root_of(pieces, moved_nodes(piece.nodes, shift), tail_at)
    made = Excerpt(source, root, problems, comments, style)
    made.__dict__["start"] = start
    return made
