"""The passages of a document, with what is known about how they are meant."""

from collections.abc import Iterator, Sequence

from wslgo.linter.snippets import refuted
from wslgo.linter.snippets.commands import typed
from wslgo.linter.snippets.description import Language, language_of
from wslgo.linter.snippets.prose import Prose
from wslgo.syntax.markdown import Fence, Heading, MarkdownTree, Paragraph, Table
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# A quote that is the author's own word.
_CALLOUT = pattern(
    r"\[!\w{1,20}\]|(?:note|tip|hint|info|important|warning|caution|remember|attention)\b|注意|提示|说明|备注|重要|小贴士|技巧|警告|[💡⚠ℹ📝📌✅👉]",
    2,
)


class Passage(NamedTuple):
    """Sentences that belong together: a paragraph, a heading, a row of a table, or a command.

    `context` are the words above it that say what it is about; `after` are those that follow it.
    """

    prose: Prose
    context: str
    after: str = ""
    is_typed: bool = False


class _Above:
    """The headings above a block, and the paragraph that leads to a list."""

    def __init__(self) -> None:
        self._headings: list[tuple[int, str]] = []
        self.lead = ""
        self._is_lead_wrong = False

    def enter(self, level: int, text: str) -> None:
        self._headings = [heading for heading in self._headings if heading[0] < level]
        self._headings.append((level, text))
        self.lead, self._is_lead_wrong = "", False

    def follow(self, text: str) -> None:
        self.lead = text
        ends_open = text.rstrip().endswith((":", "："))
        self._is_lead_wrong = ends_open and (refuted.is_disclaimed(text) or refuted.is_bad_example(text))

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(text for _, text in self._headings)

    @property
    def is_wrong(self) -> bool:
        """Return whether what follows in this section is said to be wrong."""
        return self._is_lead_wrong or any(map(refuted.is_about_mistakes, self.headings))

    @property
    def context(self) -> str:
        return "\n".join((*self.headings, self.lead))


def passages(tree: MarkdownTree) -> Iterator[Passage]:
    """Yield what a document says, without what it quotes, and without sections about mistakes."""
    text = tree.source.text
    above = _Above()
    for number, block in enumerate(tree.blocks):
        if isinstance(block, Heading):
            prose = Prose(text, block.lines)
            after = _words(text, tree.blocks[number + 1 : number + 2])
            above.enter(block.level, prose.text)
            if not above.is_wrong:
                yield Passage(prose, "", after)
        elif isinstance(block, Paragraph):
            prose = Prose(text, block.lines)
            if not block.items:
                above.follow(prose.text)
            if not above.is_wrong and not (block.quotes and not _CALLOUT.match(prose.text.lstrip())):
                yield Passage(prose, above.context, _words(text, tree.blocks[number + 1 : number + 2]))
        elif isinstance(block, Table):
            if not above.is_wrong:
                yield from _rows(text, block, above.context)
        elif not above.is_wrong and not refuted.is_bad_example(above.lead[-200:]):
            yield from _commands(text, block, above.context)


def _words(text: str, blocks: Sequence[object]) -> str:
    """Return the words of a paragraph."""
    block = blocks[0] if blocks else None
    return Prose(text, block.lines).text if isinstance(block, Paragraph) else ""


def _rows(text: str, table: Table, context: str) -> Iterator[Passage]:
    """Yield the rows of a table, unless a column says what is true, or a cell that another is not."""
    heads = [text[slice(*cell)] for cell in table.head]
    if any(map(refuted.is_about_mistakes, heads)) or any(map(refuted.is_disclaimed, heads)):
        return
    for cells in table.rows:
        shown = [cell for cell in cells if cell.end > cell.start]
        if shown and not any(refuted.is_disclaimed(text[slice(*cell)]) for cell in shown):
            yield Passage(Prose(text, shown), f"{context}\n{' '.join(heads)}")


def _commands(text: str, fence: Fence, context: str) -> Iterator[Passage]:
    """Yield the commands of a fence, and the comments in it."""
    language = language_of(fence)
    if language not in (Language.COMMANDS, Language.WINDOWS, Language.SETTINGS):
        return
    rows = [text[slice(*span)] for span in fence.lines]
    if any(refuted.bad_lines(rows)):
        return
    for row in typed(rows, fence.lines):
        is_comment = row.text.lstrip().startswith(("#", "//", "REM "))
        if row.text.strip() and (is_comment or language is not Language.SETTINGS):
            yield Passage(Prose(text, (Span(*row.span),), is_code=True), context, is_typed=not is_comment)
