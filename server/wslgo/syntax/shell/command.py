"""Commands of a shell file, split at separators, comments, here-documents, redirections and block words.

A subshell is skipped, as nothing in it lasts; `()` makes the word before it a function.
"""

import re
from collections import deque
from collections.abc import Iterator

from wslgo.syntax.shell.dialect import Dialect
from wslgo.syntax.shell.word import RawWord, Words, end_of_nested
from wslgo.text.pattern import pattern
from wslgo.text.source import BOM
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_BLANK = pattern(r"(?:[ \t]+|\\\r?\n)+")
# `<(...)` and `>(...)` are not redirections but expand to the name of a pipe.
_OPERATOR = pattern(r";;&|;;|;&|;|&&|&>>|&>|&|\|\||\|&|\||<<<|<<-|<<|>>|<&|>&|<>|>\||[<>](?!\()|\)")
_REDIRECTIONS = frozenset(("&>>", "&>", "<<<", ">>", "<&", ">&", "<>", ">|", "<", ">"))
_HERE = frozenset(("<<", "<<-"))
_BLANKS = " \t\n"  # no other space is one to a shell
_COMMENT = pattern(r"#[^\n]*")
_LINE = pattern(r"[^\n]+\n?|\n")


class Command(NamedTuple):
    """A command without the words that build blocks.

    `is_certain`: it runs whenever the file is read. `line` is the span to remove with the command, None if the line has
    other text. `pipe` is the `|` after it. `depth` counts the blocks and functions around it, `before` is the separator
    in front of it, and `is_bare` means that it has no redirection and no keyword such as `while`.
    """

    words: tuple[RawWord, ...]
    is_certain: bool
    line: Span | None = None
    pipe: Span | None = None
    depth: int = 0
    before: str = ""
    is_bare: bool = True

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)


class _Begun:
    """The words since the last separator, and that separator."""

    __slots__ = ("before", "has_more", "words")

    def __init__(self, before: str) -> None:
        self.before = before
        self.words: list[RawWord] = []
        self.has_more = False  # redirections and the like


class Commands:
    """The commands of a text that a shell runs itself; `comments` are those read so far."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.comments: list[Span] = []
        self._dialect = dialect
        self._words = Words(text, dialect)
        self._at = len(BOM) if text.startswith(BOM) else 0
        self._depth = 0
        self._here: list[str] = []
        self._begun = _Begun("")

    def read(self) -> Iterator[Command]:
        while self._at < len(self.text):
            yield from self._step()
        yield from self._finish("", self._at)

    def _step(self) -> Iterator[Command]:
        text, at = self.text, self._at
        blank = _BLANK.match(text, at)
        if blank is not None:
            self._at = blank.end()
        elif text[at] == "\n":
            self._at += 1
            yield from self._finish("\n", at)
            self._skip_here_documents()
        elif text[at] == "#":
            comment = _COMMENT.match(text, at)
            self._at = comment.end() if comment else at + 1
            self.comments.append(Span(at, self._at))
        elif text[at] == "(" and not self._dialect.is_fish:
            yield from self._parenthesis()
        else:
            yield from self._operator_or_word()

    def _parenthesis(self) -> Iterator[Command]:
        start = self._at
        self._at = end_of_nested(self.text, start + 1, ")")
        self._begun.has_more = True
        if not self.text[start + 1 : self._at - 1].strip(_BLANKS):
            self._begun.words.clear()
            yield from self._finish("()", self._at)

    def _operator_or_word(self) -> Iterator[Command]:
        operator = _OPERATOR.match(self.text, self._at)
        if operator is None:
            self._begun.words.append(self._word())
            return
        self._at = operator.end()
        mark = operator.group()
        if mark in _REDIRECTIONS or mark in _HERE:
            self._redirection(mark)
        else:
            yield from self._finish(mark, operator.start())

    def _word(self) -> RawWord:
        word = self._words.at(self._at)
        self._at = word.end
        return word

    def _redirection(self, mark: str) -> None:
        self._begun.has_more = True
        blank = _BLANK.match(self.text, self._at)
        if blank is not None:
            self._at = blank.end()
        if self._at < len(self.text) and self.text[self._at] not in "\n;&|<>()":
            word = self._word()
            if mark in _HERE and not self._dialect.is_fish:
                self._here.append(re.sub(r"[\\'\"]", "", self.text[word.start : word.end]))

    def _skip_here_documents(self) -> None:
        if not self._here:
            return
        ends = deque(end.lstrip("\t") for end in self._here)
        self._here.clear()
        for line in _LINE.finditer(self.text, self._at):
            if line[0].strip("\n").removesuffix("\r").lstrip("\t") == ends[0]:
                ends.popleft()
            if not ends:
                self._at = line.end()
                return
        self._at = len(self.text)

    def _finish(self, mark: str, end: int) -> Iterator[Command]:
        """End the current command at a separator."""
        begun = self._begun
        self._begun = _Begun(mark)
        words = self._without_keywords(begun.words)
        # In a pipeline or in the background a shell of its own runs it; only a pipe after a value can be a typo.
        if not words or begun.before in ("|", "|&") or mark in ("|&", "&"):
            return
        is_certain = not self._depth and begun.before not in ("&&", "||") and mark != "|"
        if self._dialect.is_fish and words[0].start != begun.words[0].start:
            is_certain = False  # after `and`, `or`, `not`
        line = self._line(begun, words, end, mark) if is_certain else None
        is_bare = not begun.has_more and words[0].start == begun.words[0].start
        pipe = Span(end, end + 1) if mark == "|" else None
        yield Command(tuple(words), is_certain, line, pipe, self._depth, begun.before, is_bare)

    def _without_keywords(self, words: list[RawWord]) -> list[RawWord]:
        """Return the words of a command after `then`, `do` and the like, which also change the depth."""
        dialect = self._dialect
        for place, word in enumerate(words):
            keyword = word.plain
            if keyword is None:
                return words[place:]
            self._depth += keyword in dialect.openers
            self._depth = max(0, self._depth - (keyword in dialect.closers))
            if keyword in dialect.headers:
                self._depth += not dialect.is_fish and words[-1].plain == "{"
                return []
            if not dialect.is_keyword(keyword):
                return words[place:]
        return []

    def _line(self, begun: _Begun, words: list[RawWord], end: int, mark: str) -> Span | None:
        """Return the whole line if it contains only this command and perhaps a comment."""
        if mark not in ("\n", "") or begun.has_more:
            return None
        text = self.text
        start = text.rfind("\n", 0, words[0].start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        is_line = not text[start : words[0].start].strip(_BLANKS)
        has_comment = any(comment.start >= start and comment.end <= stop for comment in self.comments[-1:])
        rest = text[words[-1].end : stop].strip(_BLANKS)
        return Span(start, stop) if is_line and (not rest or has_comment) else None
