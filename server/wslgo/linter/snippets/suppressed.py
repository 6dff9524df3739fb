"""`<!-- wslgo: ignore[rule] -->` in a document: alone it is about the block after it, in a paragraph about its line."""

from bisect import bisect_right

from wslgo.linter.named import EVERYTHING, is_named
from wslgo.syntax.markdown import MarkdownTree
from wslgo.text.pattern import pattern
from wslgo.text.span import Lines, Span
from wslgo.text.typing import NamedTuple

_MARK = pattern(r"wslgo:\s{0,99}ignore(-file)?\b(?:\s{0,99}\[([^\]\r\n]{0,400})(\])?)?")
_NEIGHBOURS = 8  # comments that can be about one block
_MARKERS = pattern(r"[ \t>]|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])")  # of quotes and lists


class _Ignored(NamedTuple):
    """A part of a document, and the rules that are ignored there."""

    span: Span
    rules: tuple[str, ...]
    is_whole: bool = False


class Suppressed(NamedTuple):
    """The rules that a document ignores, with where; the parts are in order, and overlap only with their neighbours."""

    parts: tuple[_Ignored, ...]
    everywhere: tuple[str, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Return whether every rule is ignored in the whole document."""
        return EVERYTHING in self.everywhere

    def cover(self, rule: str, offset: int) -> bool:
        last = bisect_right(self.parts, offset, key=lambda part: part.span.start)
        near = self.parts[max(0, last - _NEIGHBOURS) : last]
        return is_named(rule, self.everywhere) or any(
            offset < part.span.end and is_named(rule, part.rules) for part in near
        )


def suppressions(tree: MarkdownTree, lines: Lines) -> Suppressed:
    """Return what the comments of a document ignore."""
    blocks = [block.line for block in tree.blocks]
    found = [_ignored(tree, lines, comment, blocks) for comment in tree.comments if _is_mark(tree, comment)]
    everywhere = tuple(rule for part in found if part.is_whole for rule in part.rules)
    return Suppressed(tuple(sorted(part for part in found if not part.is_whole)), everywhere)


def _is_mark(tree: MarkdownTree, comment: Span) -> bool:
    return _MARK.search(tree.source.text, *comment) is not None


def _ignored(tree: MarkdownTree, lines: Lines, comment: Span, blocks: list[int]) -> _Ignored:
    match = _MARK.search(tree.source.text, *comment)
    text = tree.source.text
    if match is None:  # not reached
        return _Ignored(Span(0, 0), ())
    rules = tuple(match[2].split(",")) if match[3] else (EVERYTHING,)
    if match[1]:
        return _Ignored(Span(0, len(text) + 1), rules, is_whole=True)
    number = lines.line_of(comment.start)
    own = lines.span(number)
    if _MARKERS.sub("", text[own.start : comment.start]) or text[comment.end : max(own.end, comment.end)].strip():
        return _Ignored(Span(own.start, own.end + 1), rules)
    last = lines.line_of(comment.end)
    number = bisect_right(blocks, last)
    after = blocks[number + 1] if number + 1 < len(blocks) else len(lines)
    end = lines.span(after).start if after < len(lines) else len(text) + 1
    return _Ignored(Span(comment.start, end), rules)
