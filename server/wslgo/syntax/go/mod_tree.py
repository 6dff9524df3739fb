"""The tree of a `go.mod` or `go.work` file: lines of words, in blocks or alone, and the comments about them.

The grammar is that of the go command (x/mod/modfile), which stops at the first lexical or syntactic error. The tree
continues: unreadable text is skipped, so that a stray character does not hide the rest of the file.

Offsets count code points of the text that the go command sees, `Source.as_utf8()`.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from wslgo.syntax.go.string_literal import is_printable, quote_unprintable
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Token(NamedTuple):
    """A word, a quoted string, a mark or a comment, as written."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


class Problem(NamedTuple):
    """An error of the go command: `at` is its offset for the go command, `span` the culprit."""

    message: str
    at: int
    span: Span


class ModLine(NamedTuple):
    """A directive: `verb arguments // beside`; inside a block the verb is that of the block.

    `above` are the whole-line comments before it, and, in a block, an empty token for a blank line. `above_block` are
    the comments before its block, None outside of blocks.
    """

    verb: Token
    arguments: tuple[Token, ...]
    above: tuple[Token, ...] = ()
    beside: Token | None = None
    above_block: tuple[Token, ...] | None = None

    @property
    def words(self) -> tuple[Token, ...]:
        """The words of the line."""
        return (self.verb, *self.arguments) if self.above_block is None else self.arguments

    @property
    def span(self) -> Span:
        """The span from the first to the last word of the line."""
        words = self.words
        return Span(words[0].start, words[-1].end)


class Block(NamedTuple):
    """`head (`, lines, `)`. An unterminated block has no `closing`."""

    head: tuple[Token, ...]
    opening: Token
    lines: tuple[ModLine, ...] = ()
    closing: Token | None = None
    above: tuple[Token, ...] = ()
    beside_opening: Token | None = None
    above_closing: tuple[Token, ...] = ()
    beside_closing: Token | None = None

    @property
    def span(self) -> Span:
        """The span from the first word to the parenthesis that opens the block."""
        return Span(self.head[0].start, self.opening.end)


class Remarks(NamedTuple):
    """Comments about no directive: a blank line or the end of the file follows."""

    comments: tuple[Token, ...]


Statement = ModLine | Block | Remarks


class File(NamedTuple):
    """A whole file; the go command stops at the first of the `problems`."""

    text: str
    statements: tuple[Statement, ...]
    skipped: tuple[Token, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Row(NamedTuple):
    """The content of one line of the text; `sound` words come before the `trouble`."""

    words: tuple[Token, ...]
    comment: Token | None
    end: int
    sound: int
    skipped: tuple[Token, ...] = ()
    trouble: Problem | None = None


_NO_BLOCK_COMMENT = "mod files must use // comments (not /* */ comments)"
_NO_NEWLINE = "unexpected newline in string"
_NO_END = "unexpected EOF in string"
_NO_LINE_END = "syntax error (expected newline after closing paren)"

_MARKS = '()[]{},"`'

_BLANK = r"[ \t\r]"
_PLAIN = r"!#-'*+\-.0-Z\\^_a-z|~"  # printable ASCII without space, quotes, marks and slash
_SLASH = r"/(?![/*])"


_ANY = r"^\x00-\x20(),/\[\]{}\x7f"  # these, and quotes and all that is not ASCII; naming those takes 7 ms to compile


def _word(characters: str) -> str:
    return rf"(?=[{characters}]|{_SLASH})[{characters}]*(?:{_SLASH}[{characters}]*)*"


_PLAIN_WORD = _word(_PLAIN)

# Nearly every line of a real file: at most three words of printable ASCII and a comment.
_ORDINARY = pattern(
    rf"{_BLANK}*(?:({_PLAIN_WORD})(?:{_BLANK}+({_PLAIN_WORD})(?:{_BLANK}+({_PLAIN_WORD}))?)?{_BLANK}*)?"
    r"(//[^\n]*)?(?:\n|\Z)"
)
# The exact grammar, one lexeme after the other; a backslash in a string takes even a line end with it. Few files need
# it, so it is compiled when one does.
_LEXEME = rf"""(?x)
    (?P<end>\n|\Z)
    |(?:(?P<comment>//[^\n]*)
    |(?P<mark>[()\[\]{{}},])
    |(?P<string>"(?:[^"\\\n]|\\[\s\S])*(?:(?P<closed>")|\\)?|`[^`\n]*(?P<ended>`)?)
    |(?P<block_comment>/\*[^*\n]*(?:\*(?!/)[^*\n]*)*(?:\*/)?)
    |(?P<word>{_word(_ANY)})
    |(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+)
    ){_BLANK}*"""
_BLANKS = pattern(rf"{_BLANK}*")


def parse(text: str, name: str = "go.mod") -> File:
    """Return the tree of `text`; `name` is the file name in the go command's messages."""
    return _Parser(text, name).file()


def tokens(file: File) -> Iterator[Token]:
    """Yield every token of the file in the order of the text; between them are only spaces and line ends."""
    written = (token for statement in file.statements for token in _tokens_of(statement))
    yield from sorted((*written, *file.skipped), key=lambda token: token.start)


class _Parser:
    """Takes row after row; collects skipped text and errors."""

    __slots__ = ("name", "problems", "rows", "skipped", "text")

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.problems: list[Problem] = []
        self.skipped: list[Token] = []
        self.rows = self._rows()

    def file(self) -> File:
        statements: list[Statement] = []
        above: list[Token] = []
        for row in self.rows:
            if row.words:
                statements.append(self._statement(row, tuple(above)))
            elif row.comment is not None:
                above.append(row.comment)
                continue
            elif above:
                statements.append(Remarks(tuple(above)))
            above.clear()
        if above:
            statements.append(Remarks(tuple(above)))
        return File(self.text, tuple(statements), tuple(self.skipped), tuple(self.problems))

    def _rows(self) -> Iterator[_Row]:
        at = 0
        while at < len(self.text):
            match = _ORDINARY.match(self.text, at)
            row = _ordinary(match) if match else _exact(self.text, at)
            at = row.end
            self.skipped += row.skipped
            if row.trouble is not None:
                self.problems.append(row.trouble)
            yield row

    def _statement(self, row: _Row, above: tuple[Token, ...]) -> ModLine | Block:
        words = row.words
        if words[1:] and words[-1].text == "(":
            return self._block(row, above)
        if words[2:] and words[-2].text == "(" and words[-1].text == ")":
            return Block(words[:-2], words[-2], (), words[-1], above, beside_closing=row.comment)
        return ModLine(words[0], words[1:], above, row.comment)

    def _block(self, row: _Row, above_block: tuple[Token, ...]) -> Block:
        block = Block(row.words[:-1], row.words[-1], above=above_block, beside_opening=row.comment)
        verb = block.head[0]
        lines: list[ModLine] = []
        above: list[Token] = []
        for row in self.rows:
            words = row.words
            if words and words[0].text == ")":
                self._check_closing(row)
                return block._replace(
                    lines=tuple(lines), closing=words[0], above_closing=tuple(above), beside_closing=row.comment
                )
            if words:
                lines.append(ModLine(verb, words, tuple(above), row.comment, above_block))
                above.clear()
            elif row.comment is not None:
                above.append(row.comment)
            elif above[-1].text if above else lines:
                above.append(Token("", row.end))
        self._complain_of_end(block)
        return block._replace(lines=tuple(lines), above_closing=tuple(above))

    def _check_closing(self, row: _Row) -> None:
        self.skipped += row.words[1:]
        if row.sound < 2:
            return
        # The go command looks at one word after the parenthesis, so trouble further on comes second.
        problem = Problem(_NO_LINE_END, row.words[1].end, row.words[1].span)
        self.problems.insert(len(self.problems) - (row.trouble is not None), problem)

    def _complain_of_end(self, block: Block) -> None:
        start = block.span.start
        line, column = self.text.count("\n", 0, start) + 1, start - self.text.rfind("\n", 0, start)
        message = f"syntax error (unterminated block started at {self.name}:{line}:{column})"
        self.problems.append(Problem(message, len(self.text), block.span))


def _ordinary(match: re.Match[str]) -> _Row:
    first, second, third, comment = match.groups()
    words: tuple[Token, ...] = ()
    if third is not None:
        words = (Token(first, match.start(1)), Token(second, match.start(2)), Token(third, match.start(3)))
    elif second is not None:
        words = (Token(first, match.start(1)), Token(second, match.start(2)))
    elif first is not None:
        words = (Token(first, match.start(1)),)
    return _Row(words, None if comment is None else _comment(comment, match.start(4)), match.end(), len(words))


def _exact(text: str, at: int) -> _Row:
    """Return the row at `at`, lexeme by lexeme."""
    words: list[Token] = []
    skipped: list[Token] = []
    comment: Token | None = None
    troubles: list[tuple[int, Problem]] = []
    for match in re.compile(_LEXEME).finditer(text, _BLANKS.match(text, at).end()):  # type: ignore[union-attr]
        kind = match.lastgroup or "end"
        is_torn = kind == "string" and not (match["closed"] or match["ended"])
        token = Token(match[kind], match.start(kind))
        if kind == "end":
            break
        if kind == "comment":
            comment = _comment(*token)
            continue
        for piece, problem in [(token, _torn(token, text))] if is_torn else _pieces(kind, token):
            if problem is not None:
                troubles.append((len(words) - _is_glued(words, kind, token), problem))
            (skipped if problem is not None and not is_torn else words).append(piece)
    sound, trouble = troubles[0] if troubles else (len(words), None)
    return _Row(tuple(words), comment, match.end(), sound, tuple(skipped), trouble)


def _is_glued(words: list[Token], kind: str, token: Token) -> bool:
    """Return whether `/*` follows a word without a space: the go command then rejects both together."""
    return kind == "block_comment" and bool(words) and words[-1].end == token.start and words[-1].text[0] not in _MARKS


def _pieces(kind: str, token: Token) -> Iterator[tuple[Token, Problem | None]]:
    """Yield the token, or its pieces, with the error of each piece."""
    if kind == "block_comment":
        yield token, Problem(_NO_BLOCK_COMMENT, token.start, token.span)
    elif kind == "control" or (kind == "word" and not token.text.isprintable()):
        yield from _runs(token)
    else:
        yield token, None


def _runs(token: Token) -> Iterator[tuple[Token, Problem | None]]:
    """Yield runs of printable and of unprintable characters in turn."""
    start = token.start
    for printable, characters in groupby(token.text, is_printable):
        run = Token("".join(characters), start)
        start = run.end
        yield run, None if printable else _unexpected(run)


def _unexpected(run: Token) -> Problem:
    return Problem(f"unexpected input character {quote_unprintable(run.text[0])}", run.start, run.span)


def _torn(string: Token, text: str) -> Problem:
    if text.startswith("\n", string.end):
        return Problem(_NO_NEWLINE, string.end, string.span)
    return Problem(_NO_END, string.start, string.span)


def _comment(text: str, start: int) -> Token:
    return Token(text.rstrip("\r"), start)


def _tokens_of(statement: Statement) -> Iterator[Token]:
    if isinstance(statement, Remarks):
        yield from statement.comments
    elif isinstance(statement, ModLine):
        yield from _tokens_of_line(statement)
    else:
        yield from statement.above
        yield from statement.head
        yield statement.opening
        for line in statement.lines:
            yield from _tokens_of_line(line)
        yield from filter(_is_written, statement.above_closing)
        yield from filter(None, (statement.beside_opening, statement.closing, statement.beside_closing))


def _tokens_of_line(line: ModLine) -> Iterator[Token]:
    yield from filter(_is_written, line.above)
    yield from line.words
    if line.beside is not None:
        yield line.beside


def _is_written(token: Token) -> bool:
    return token.text != ""
