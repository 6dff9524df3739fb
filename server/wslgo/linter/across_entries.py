"""The findings of rules that look across the entries of an edited `launch.json`.

Such a rule (`by_entry=False`) sees of each entry only what `SHARED` names: it is asked about a file whose entries have
nothing else. As long as that is the same in all entries, its findings are, too, and only move with their entries.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import NamedTuple

from wslgo.linter.finding import Reported
from wslgo.linter.moved import moved
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node, Problem, Property
from wslgo.syntax.json.pieces import MovedNode, Piece, Pieces, moved_comments, moved_span, root_of
from wslgo.text.span import Span

SHARED = frozenset(("name", "type", "request", "preLaunchTask", "postDebugTask"))
_BLOCK = "linux"

Shared = tuple[Node, ...]


class Across(NamedTuple):
    """The findings, with all on which they depend: what entries share, and how the file is written."""

    shared: Sequence[Shared]
    style: object
    is_broken: bool
    starts: Sequence[int]  # of the pieces, then of the tail
    found: Sequence[Reported]


def shared_by(piece: Piece) -> Shared:
    """Return what rules see of an entry, with its places counted from the start of its piece."""
    return tuple(_reduced(node, -piece.base, (*SHARED, _BLOCK)) for node in piece.nodes)


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


def look_across(
    file: File,
    pieces: Pieces,
    now: Across,
    before: Across | None,
    ask: Callable[[File], list[Reported]],
) -> Across:
    """Return the findings about what entries share `now`; those `before` are moved if that is the same."""
    if before is None or not _is_equal(now, before):
        return now._replace(found=ask(file.with_tree(_tree(file, pieces, now))))
    if now.starts == before.starts or not before.found:
        return now._replace(found=before.found)

    def move(span: Span) -> Span:
        place = bisect_right(before.starts, span.start) - 1
        return moved_span(span, 0 if place < 0 else now.starts[place] - before.starts[place])

    return now._replace(found=[moved(reported, move) for reported in before.found])


def _is_equal(now: Across, before: Across) -> bool:
    if (now.style, now.is_broken, len(now.shared)) != (before.style, before.is_broken, len(before.shared)):
        return False
    return all(mine is theirs or mine == theirs for mine, theirs in zip(now.shared, before.shared, strict=True))


def _tree(file: File, pieces: Pieces, now: Across) -> Jsonc:
    """Return a file with the same places whose entries have only what they share."""
    nodes = tuple(
        MovedNode(node, start) for start, shared in zip(now.starts, now.shared, strict=False) for node in shared
    )
    tail_at = now.starts[-1]
    shift = tail_at - pieces.tail.base
    comments = (*pieces.head.comments, *moved_comments(pieces.tail.comments, shift))
    problems = (Problem("", Span(0, 0)),) if now.is_broken else ()
    return Jsonc(file.source, root_of(pieces, nodes, tail_at), problems, comments, now.style)
