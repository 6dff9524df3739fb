"""Markdown as code hosts read it: headings, paragraphs, fences and tables, each line with its place in the text.

markdown-it-py finds the blocks and the lines that they begin and end at. Where a line of a block begins behind quote
signs, markers and indentation follows from comparing it with the line of the text: it is always the end of it.
"""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.source import BOM, Source
from wslgo.text.span import Lines, Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = "---"
_FRONT_LINES = 200  # lines that are searched for the end of it
_CELL_BEFORE = pattern(r"[ \t>]*")
_OPEN, _CLOSE = "<!--", "-->"


class Heading(NamedTuple):
    """A heading; `level` is 1 for the title."""

    lines: tuple[Span, ...]
    level: int
    line: int


class Paragraph(NamedTuple):
    """A paragraph; `quotes` and `items` count the block quotes and list items around it."""

    lines: tuple[Span, ...]
    line: int
    quotes: int = 0
    items: int = 0


class Fence(NamedTuple):
    """A fenced or indented block of code: `lines` are those of the code, `end` is where a line would be appended.

    `info` is what follows the opening fence, `line` the number of its first line and `last` of the one after it.
    """

    lines: tuple[Span, ...]
    end: int
    info: str
    line: int
    last: int
    quotes: int = 0
    is_indented: bool = False


class Table(NamedTuple):
    """A table: the cells of its head, and those of each row, without the spaces around them."""

    head: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]
    line: int


Block = Heading | Paragraph | Fence | Table


class MarkdownTree(NamedTuple):
    """The blocks of a text in order, and its HTML comments."""

    source: Source
    blocks: tuple[Block, ...]
    comments: tuple[Span, ...]


def parse(source: Source) -> MarkdownTree:
    """Return the blocks of a text; markdown-it-py is imported only here."""
    from markdown_it import MarkdownIt  # 30 ms, and only `--docs` needs it

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["block"])
    reader = _Reader(source.text)
    tokens = parser.parse("\n".join(reader.rows))
    blocks = tuple(reader.blocks(tokens))
    return MarkdownTree(source, blocks, tuple(reader.comments))


class _Reader:
    """Turns tokens into blocks; `rows` are the lines of the text as the parser sees them."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        self.rows = [text[slice(*self._lines.span(number))] for number in range(len(self._lines))]
        self.rows = [row.replace("\0", "\ufffd") for row in self.rows]
        self.rows[0] = self.rows[0].replace(BOM, " ", 1) if text.startswith(BOM) else self.rows[0]
        if self.rows[0].rstrip() == _FRONT_MATTER:
            numbers = range(1, min(len(self.rows), _FRONT_LINES))
            end = next((at for at in numbers if self.rows[at].rstrip() == _FRONT_MATTER), 0)
            self.rows[: end + 1] = [""] * (end + 1)
        self.comments: list[Span] = []

    def blocks(self, tokens: "list[Token]") -> Iterator[Block]:
        """Yield the blocks of the text in order."""
        depth = {"blockquote": 0, "list_item": 0}
        heading = 0
        at = iter(tokens)
        for token in at:
            kind = token.type.rpartition("_")[0]
            if kind in depth:
                depth[kind] += token.nesting
            elif token.type == "table_open":
                yield self._table(token, at)
            elif token.type in ("fence", "code_block"):
                yield self._fence(token, depth["blockquote"])
            elif token.type == "html_block":
                self._add_comments(*token.map or (0, 0))
            elif token.type in ("heading_open", "paragraph_open"):
                heading = int(token.tag[1:]) if kind == "heading" else 0
            elif token.type == "inline":
                first, last = token.map or (0, 0)
                self._add_comments(first, last)
                lines = tuple(self._inline(token, first))
                is_heading = heading > 0
                yield Heading(lines, heading, first) if is_heading else Paragraph(lines, first, *depth.values())

    def _table(self, opening: "Token", tokens: "Iterator[Token]") -> Table:
        """Return a table; its tokens are taken up to the last."""
        first = (opening.map or [0])[0]
        head: tuple[Span, ...] = ()
        rows: list[tuple[Span, ...]] = []
        cells: list[str] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(token.content)
            elif token.type == "tr_close" and not head:
                head = self._row(first, cells) or (Span(0, 0),)
            elif token.type == "tr_close":
                rows.append(self._row(first + 2 + len(rows), cells))
        return Table(head, tuple(rows), first)

    def _fence(self, token: "Token", quotes: int) -> Fence:
        first, last = token.map or (0, 0)
        is_indented = token.type == "code_block"
        begin = first if is_indented else first + 1
        content = token.content.split("\n")[:-1] if token.content else []
        lines = tuple(self._end_of(begin + number, row) for number, row in enumerate(content))
        close = begin + len(content)
        at = self._start_of_row(close) if close < last else lines[-1].end if lines else self._lines.span(first).end
        return Fence(lines, at, token.info.strip(), first, last, quotes, is_indented)

    def _start_of_row(self, number: int) -> int:
        """Return where a closing fence begins, behind quote signs and indentation."""
        row = self.rows[number]
        return self._lines.span(number).start + len(row) - len(row.lstrip(" \t>"))

    def _end_of(self, number: int, row: str) -> Span:
        """Return the end of a line that has the text `row`, in which tabs may have become spaces."""
        span = self._lines.span(number)
        whole = self.rows[number]
        if not whole.endswith(row):
            row = row.lstrip(" \t")
        return Span(span.end - min(len(row), len(whole)), span.end)

    def _inline(self, token: "Token", first: int) -> Iterator[Span]:
        for number, row in enumerate(token.content.split("\n"), first):
            text = row.strip()
            if text and number < len(self.rows):
                at = self.rows[number].rfind(text)
                if at >= 0:
                    start = self._lines.span(number).start + at
                    yield Span(start, start + len(text))

    def _row(self, number: int, contents: list[str]) -> tuple[Span, ...]:
        """Return the cells of a row of a table that the parser found `contents` in."""
        cells = tuple(self._cells(number)) if number < len(self.rows) else ()
        # A row that is shorter is filled up with empty cells, one that is longer is cut.
        filled = len([content for content in contents if content])
        return cells[: len(contents)] if len(cells) >= filled else ()

    def _cells(self, number: int) -> Iterator[Span]:
        row, start = self.rows[number], self._lines.span(number).start
        before = _CELL_BEFORE.match(row)
        at = before.end() if before else 0
        at += row.startswith("|", at)
        while at < len(row):
            end = at
            while end < len(row) and (row[end] != "|" or row[end - 1] == "\\"):
                end += 1
            text = row[at:end]
            if end < len(row) or text.strip():
                first = at + len(text) - len(text.lstrip())
                yield Span(start + first, start + max(first, at + len(text.rstrip())))
            at = end + 1

    def _add_comments(self, first: int, last: int) -> None:
        if first >= last:
            return
        start, end = self._lines.span(first).start, self._lines.span(min(last, len(self.rows)) - 1).end
        text = self._lines.text
        while (begin := text.find(_OPEN, start, end)) >= 0:
            close = text.find(_CLOSE, begin + len(_OPEN), end)
            if close < 0:
                return
            start = close + len(_CLOSE)
            self.comments.append(Span(begin, start))
