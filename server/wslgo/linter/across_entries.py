"""The findings of rules that look across the entries of an edited `launch.json`.

Such a rule (`by_entry=False`) sees of each entry only what `SHARED` names: it is asked about a file whose entries have
nothing else. As long as that is the same in all entries, its findings are, too, and only move with their entries.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from wslgo.linter.finding import Reported
from wslgo.linter.moved import moved
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node, Problem, Property
from wslgo.syntax.json.pieces import MovedNode, Piece, Pieces, moved_comments, moved_span, root_of
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

SHARED = frozenset(("name", "type", "request", "preLaunchTask", "postDebugTask"))
_BLOCK = "linux"


class Shared(NamedTuple):
    """The part of an entry that rules see, with places from the start of its piece.

    `content` is all of it but the places; `anchors` are the starts of its keys and values, in the order of the text.
    """

    nodes: tuple[Node, ...]
    content: object
    anchors: tuple[Span, ...]


class Across(NamedTuple):
    """The findings, with all on which they depend: what entries share, and how the file is written."""

    shared: Sequence[Shared]
    style: object
    is_broken: bool
    starts: Sequence[int]  # of the pieces, then of the tail
    found: Sequence[Reported]


class _NotAtAnchorError(Exception):
    """A finding is at more than one key or value."""


def shared_by(piece: Piece) -> Shared:
    """Return what rules see of an entry."""
    nodes = tuple(_reduced(node, -piece.base, (*SHARED, _BLOCK)) for node in piece.nodes)
    return Shared(nodes, tuple(map(_content, nodes)), tuple(anchor for node in nodes for anchor in _anchors(node)))


def _reduced(node: Node, shift: int, names: Sequence[str]) -> Node:
    span = moved_span(node.span, shift)
    if node.kind in ("object", "array"):
        kept = (member for member in node.members if member.key in names and member.value is not None)
        return Node(node.kind, span, None, tuple(_reduced_member(member, shift) for member in kept))
    return node._replace(span=span)


def _reduced_member(member: Property, shift: int) -> Property:
    inner = sorted(SHARED) if member.key == _BLOCK else ()
    value = None if member.value is None else _reduced(member.value, shift, inner)
    return Property(member.key, moved_span(member.key_span, shift), value)


def _content(node: Node) -> object:
    """Return a reduced node without its places; they may matter only as far as a literal is long."""
    size = node.span.end - node.span.start if node.kind not in ("object", "array") else 0
    return node.kind, node.value, size, tuple((key, value and _content(value)) for key, _, value in node.members)


def _anchors(node: Node) -> Iterator[Span]:
    """Yield the keys and the literals of a reduced node."""
    if node.kind not in ("object", "array"):
        yield node.span
    for _, span, value in node.members:
        yield span
        if value is not None:
            yield from _anchors(value)


def look_across(
    file: File,
    pieces: Pieces,
    now: Across,
    before: Across | None,
    ask: Callable[[File], list[Reported]],
) -> Across:
    """Return the findings about what entries share `now`; those `before` are moved if that is the same."""
    if before is not None and _is_equal(now, before):
        try:
            return now._replace(found=[moved(reported, partial(_place_now, now, before)) for reported in before.found])
        except _NotAtAnchorError:
            pass
    return now._replace(found=ask(file.with_tree(_tree(file, pieces, now))))


def _place_now(now: Across, before: Across, span: Span) -> Span:
    place = bisect_right(before.starts, span.start) - 1
    if place < 0:
        return span
    shift = now.starts[place] - before.starts[place]
    if place == len(before.shared):  # the tail
        return moved_span(span, shift)
    inner = moved_span(span, -before.starts[place])
    anchors = before.shared[place].anchors
    at = bisect_right(anchors, inner.start, key=lambda anchor: anchor.start) - 1
    if at < 0 or not anchors[at].covers(inner):
        raise _NotAtAnchorError
    return moved_span(inner, now.starts[place] + now.shared[place].anchors[at].start - anchors[at].start)


def _is_equal(now: Across, before: Across) -> bool:
    if (now.style, now.is_broken, len(now.shared)) != (before.style, before.is_broken, len(before.shared)):
        return False
    pairs = zip(now.shared, before.shared, strict=True)
    return all(mine is theirs or mine.content == theirs.content for mine, theirs in pairs)


def _tree(file: File, pieces: Pieces, now: Across) -> Jsonc:
    """Return a file with the same places whose entries have only what they share."""
    nodes = tuple(
        MovedNode(node, start) for start, shared in zip(now.starts, now.shared, strict=False) for node in shared.nodes
    )
    tail_at = now.starts[-1]
    shift = tail_at - pieces.tail.base
    comments = (*pieces.head.comments, *moved_comments(pieces.tail.comments, shift))
    problems = (Problem("", Span(0, 0)),) if now.is_broken else ()
    return Jsonc(file.source, root_of(pieces, nodes, tail_at), problems, comments, now.style)
