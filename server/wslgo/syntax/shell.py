"""What shell files set: `export NAME=value`, `NAME=value`, fish's `set -gx NAME value`, the lines of /etc/environment.

Nothing is evaluated. A value with an expansion in it (`$HOME`, `~`, `$(...)`, a glob) is unknown beyond its `head`; an
assignment in an `if`, a function or behind `&&` is not certain; one in a pipeline or a subshell sets nothing. Quotes,
comments, here-documents and nested substitutions are read so that their insides are not taken for commands. What does
not close takes the rest of the file along, as it does in the shell.
"""

import re
from collections.abc import Iterator
from enum import Enum
from itertools import takewhile
from typing import NamedTuple

from wslgo.pattern import pattern
from wslgo.source import UTF8, Source
from wslgo.text import Span


class Quoting(Enum):
    """How a value is written, and so how another one has to be written in its place."""

    BARE = "bare"
    DOUBLE = "double"
    SINGLE = "single"
    MIXED = "mixed"


class Word(NamedTuple):
    """A value: `span` with its quotes, `inner` without; `value` is None where only a running shell knows it.

    `head` is what stands before the first expansion; `is_literal` says that `inner` holds the value letter by letter.
    """

    span: Span
    inner: Span
    value: str | None
    head: str
    quoting: Quoting
    is_literal: bool


class Assignment(NamedTuple):
    """A variable that gets a value. `command` is all that can go when the assignment goes, None when nothing can."""

    name: str
    name_span: Span
    word: Word
    is_exported: bool
    is_certain: bool
    command: Span | None = None
    pipe: Span | None = None  # a bare `|` behind the value: the shell runs the rest as a program and sets nothing


class Shell(NamedTuple):
    """The assignments of a file in their order, and its comments."""

    assignments: tuple[Assignment, ...]
    comments: tuple[Span, ...]


def parse(source: Source) -> Shell:
    """The assignments of a file for sh, bash or zsh; in UTF-16 a shell finds none."""
    return _Reader(_seen(source), _Sh()).read()


def parse_fish(source: Source) -> Shell:
    """The assignments of a file for fish."""
    return _Reader(_seen(source), _Fish()).read()


def parse_environment(source: Source) -> Shell:
    """/etc/environment as pam_env reads it: no expansion, a quote is dropped at each end, `#` ends a line."""
    text = _seen(source)
    assignments: list[Assignment] = []
    comments: list[Span] = []
    for match in _ENVIRONMENT_LINE.finditer(text):
        if match["comment"] is not None:
            comments.append(Span(*match.span("comment")))
        if match["name"] is not None:
            assignments.append(_environment(match, text))
    return Shell(tuple(assignments), tuple(comments))


def _seen(source: Source) -> str:
    return source.text if source.encoding == UTF8 else ""


_ENVIRONMENT_LINE = pattern(
    r"^[ \t]*(?:(?:export[ \t]+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)=(?P<value>[^#\n]*))?(?P<comment>\#[^\n]*)?\n?",
    re.MULTILINE,
)
_QUOTES = "\"'"


def _environment(match: re.Match[str], text: str) -> Assignment:
    start, end = match.span("value")
    end -= len(match["value"]) - len(match["value"].rstrip(" \t\r"))
    is_opened = text[start:end][:1] in (*_QUOTES,)
    is_closed = is_opened and end - start > 1 and text[end - 1] in _QUOTES
    inner = Span(start + is_opened, end - is_closed)
    value = text[inner.start : inner.end]
    quoting = Quoting.DOUBLE if is_opened else Quoting.BARE
    word = Word(Span(start, end), inner, value, value, quoting, is_literal=True)
    whole = Span(match.start(), match.end())
    return Assignment(match["name"], Span(*match.span("name")), word, True, True, whole)


# Words


class _Piece(NamedTuple):
    """Part of a word: `value` is None where it holds an expansion, and `head` what stands before that."""

    start: int
    end: int
    value: str | None
    quoting: Quoting = Quoting.BARE
    head: str = ""


class _RawWord(NamedTuple):
    """A word of a command, in pieces."""

    start: int
    end: int
    pieces: tuple[_Piece, ...]

    @property
    def plain(self) -> str | None:
        """The word where it is written without quotes and expansions."""
        return self.pieces[0].value if len(self.pieces) == 1 and self.pieces[0].quoting is Quoting.BARE else None


class _Sh:
    """What sh, bash and zsh have in common."""

    is_fish = False
    bare = pattern(r"[^ \t\n'\"\\$`;&|<>()]+")
    single = pattern(r"'([^']*)('?)")
    openers = frozenset(("if", "do", "case", "{"))
    closers = frozenset(("fi", "done", "esac", "}"))
    transparent = frozenset(("then", "else", "elif", "while", "until", "!", "time"))
    headers = frozenset(("for", "select", "function", "case"))


class _Fish(_Sh):
    """fish: parentheses run commands, blocks end with `end`, backticks are letters."""

    is_fish = True
    bare = pattern(r"[^ \t\n'\"\\$;&|<>()]+")
    single = pattern(r"'((?:[^'\\]|\\[\s\S])*)('?)")
    openers = frozenset(("if", "while", "for", "switch", "function", "begin"))
    closers = frozenset(("end",))
    transparent = frozenset(("else", "not"))
    headers = frozenset(("for", "switch", "function", "case"))


_BLANK = pattern(r"(?:[ \t]+|\\\r?\n)+")
# `<(...)` and `>(...)` are no redirections but expand to the name of a pipe.
_OPERATOR = pattern(r";;&|;;|;&|;|&&|&>>|&>|&|\|\||\|&|\||<<<|<<-|<<|>>|<&|>&|<>|>\||[<>](?!\()|\)")
_PROCESS = pattern(r"[<>]\(")
_REDIRECTIONS = frozenset(("&>>", "&>", "<<<", ">>", "<&", ">&", "<>", ">|", "<", ">"))
_HERE = frozenset(("<<", "<<-"))
_ANSI_QUOTED = pattern(r"'(?:[^'\\]|\\[\s\S])*'?")
_NOTHING = pattern(r"\(\s*\)")
_COMMENT = pattern(r"#[^\n]*")
_VARIABLE = pattern(r"\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])")
_DOUBLE_TEXT = pattern(r'[^"\\$`]+')
_NESTED = pattern(r"""\\[\s\S]?|['"`)}]|\$?\(|\$\{|(?<=[\s;])\#[^\n]*""")
_NAMED = pattern(r"([A-Za-z_][A-Za-z0-9_]*)(\+?)=")
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_]*")
# Bare letters that a shell may turn into something else: globs, braces, history.
_MAGIC = pattern(r"[*?\[\]{}!^]")
_TILDE = pattern(r"(?:\A|:)~")


class _Command:
    """The words between two separators, and what separates them."""

    __slots__ = ("before", "has_more", "start", "words")

    def __init__(self, before: str, start: int) -> None:
        self.before = before
        self.start = start
        self.words: list[_RawWord] = []
        self.has_more = False  # redirections and the like


class _Reader:
    """Cuts a text into commands and takes from each what it assigns."""

    def __init__(self, text: str, dialect: _Sh) -> None:
        self.text = text
        self.dialect = dialect
        self.at = 0
        self.depth = 0
        self.exports_all = False
        self.exported: set[str] = set()
        self.found: list[Assignment] = []
        self.comments: list[Span] = []
        self.here: list[str] = []
        self.command = _Command("", 0)

    def read(self) -> Shell:
        if self.text.startswith("\ufeff"):
            self.at = 1
        while self.at < len(self.text):
            self._step()
        self._finish("", self.at)
        found = (one._replace(is_exported=one.is_exported or one.name in self.exported) for one in self.found)
        return Shell(tuple(found), tuple(self.comments))

    def _step(self) -> None:
        text, at = self.text, self.at
        blank = _BLANK.match(text, at)
        if blank is not None:
            self.at = blank.end()
        elif text[at] == "\n":
            self.at += 1
            self._finish("\n", at)
            self._skip_here_documents()
        elif text[at] == "#":
            comment = _COMMENT.match(text, at)
            self.at = comment.end() if comment else at + 1
            self.comments.append(Span(at, self.at))
        elif text[at] == "(":
            self._parenthesis()
        else:
            self._operator_or_word()

    def _parenthesis(self) -> None:
        """A subshell sets nothing and is skipped; `()` makes the word before it a function."""
        start = self.at
        self.at = _end_of_nested(self.text, start + 1, ")")
        self.command.has_more = True
        if not self.text[start + 1 : self.at - 1].strip():
            self.command.words.clear()
            self._finish("()", self.at)

    def _operator_or_word(self) -> None:
        operator = _OPERATOR.match(self.text, self.at)
        if operator is None:
            self.command.words.append(self._word())
            return
        self.at = operator.end()
        mark = operator.group()
        if mark in _REDIRECTIONS or mark in _HERE:
            self._redirection(mark)
        else:
            self._finish(mark, operator.start())

    def _redirection(self, mark: str) -> None:
        self.command.has_more = True
        blank = _BLANK.match(self.text, self.at)
        if blank is not None:
            self.at = blank.end()
        if self.at < len(self.text) and self.text[self.at] not in "\n;&|<>()":
            word = self._word()
            if mark in _HERE and not self.dialect.is_fish:
                self.here.append(re.sub(r"[\\'\"]", "", self.text[word.start : word.end]))

    def _skip_here_documents(self) -> None:
        for end in self.here:
            match = re.compile(rf"^\t*{re.escape(end)}\r?$", re.MULTILINE).search(self.text, self.at)
            self.at = len(self.text) if match is None else min(match.end() + 1, len(self.text))
        self.here.clear()

    # Words

    def _word(self) -> _RawWord:
        start = self.at
        pieces: list[_Piece] = []
        while self.at < len(self.text) and not self._is_at_end_of_word(bool(pieces)):
            pieces.append(self._piece())
            self.at = pieces[-1].end
        return _RawWord(start, self.at, tuple(pieces))

    def _is_at_end_of_word(self, has_begun: bool) -> bool:
        """A parenthesis belongs to the word before it (an array, a glob, fish's substitution), but not `()`."""
        if self.text[self.at] == "(":
            return not has_begun or _NOTHING.match(self.text, self.at) is not None
        return self.text[self.at] in " \t\n;&|<>)" and not _PROCESS.match(self.text, self.at)

    def _piece(self) -> _Piece:
        text, at = self.text, self.at
        first = text[at]
        if first == "'":
            return self._single(at)
        if first == '"':
            return self._double(at)
        if first == "\\":
            escaped = text[at + 1 : at + 2].replace("\n", "")  # a line that goes on
            return _Piece(at, min(at + 2, len(text)), escaped, Quoting.MIXED)
        if _PROCESS.match(text, at):
            return _Piece(at, _end_of_nested(text, at + 2, ")"), None)
        if first == "(":
            return _Piece(at, _end_of_nested(text, at + 1, ")"), None)
        if first in "$`":
            return self._expansion(at) or _Piece(at, at + 1, first)
        bare = self.dialect.bare.match(text, at)
        end = bare.end() if bare else at + 1
        return _Piece(at, end, text[at:end])

    def _single(self, at: int) -> _Piece:
        match = self.dialect.single.match(self.text, at)
        if match is None or not match[2]:
            return _Piece(at, len(self.text), None, Quoting.SINGLE)
        value = re.sub(r"\\([\\'])", r"\1", match[1]) if self.dialect.is_fish else match[1]
        return _Piece(at, match.end(), value, Quoting.SINGLE)

    def _double(self, at: int) -> _Piece:
        """What stands in double quotes: letters, escapes and expansions; its value is that before the first one."""
        text = self.text
        parts: list[str | None] = []
        at, start = at + 1, at
        while at < len(text) and text[at] != '"':
            letters = _DOUBLE_TEXT.match(text, at)
            expansion = None if letters or text[at] == "\\" else self._expansion(at, is_quoted=True)
            if letters is not None:
                parts.append(letters.group())
                at = letters.end()
            elif expansion is not None:
                parts.append(None)
                at = expansion.end
            elif text[at] == "\\":
                parts.append(_unescaped(text[at : at + 2]))
                at += 2
            else:
                parts.append(text[at])
                at += 1
        known = "".join(part for part in takewhile(_is_known, parts) if part is not None)
        value = known if at < len(text) and None not in parts else None
        return _Piece(start, min(at + 1, len(text)), value, Quoting.DOUBLE, known)

    def _expansion(self, at: int, is_quoted: bool = False) -> _Piece | None:
        """The expansion that a dollar or a backtick begins, or None when it is a letter."""
        text = self.text
        if text[at] == "`":
            return None if self.dialect.is_fish else _Piece(at, _end_of_nested(text, at + 1, "`"), None)
        follower = text[at + 1 : at + 2]
        if follower == "(":
            return _Piece(at, _end_of_nested(text, at + 2, ")"), None)
        if follower == "{":
            return _Piece(at, _end_of_nested(text, at + 2, "}"), None)
        if follower and follower in _QUOTES and not is_quoted:  # $'...' has escapes of its own, $"..." is translated
            quoted = _ANSI_QUOTED.match(text, at + 1) if follower == "'" else None
            return _Piece(at, quoted.end() if quoted else self._double(at + 1).end, None)
        variable = _VARIABLE.match(text, at)
        return None if variable is None else _Piece(at, variable.end(), None)

    # Commands

    def _finish(self, mark: str, end: int) -> None:
        """End the command in hand at a separator, and take what it assigns."""
        command = self.command
        self.command = _Command(mark, self.at)
        words = self._without_keywords(command.words)
        # In a pipeline or in the background a shell of its own sets it; only a pipe behind the value can be a slip.
        if not words or command.before in ("|", "|&") or mark in ("|&", "&"):
            return
        is_certain = not self.depth and command.before not in ("&&", "||") and mark != "|"
        found = list(_fish_assignments(words) if self.dialect.is_fish else self._sh_assignments(words))
        if self.dialect.is_fish and words[0].start != command.words[0].start:
            is_certain = False
        span = self._removable(command, words, end, mark) if is_certain else None
        pipe = Span(end, end + 1) if mark == "|" else None
        for name, name_span, word, is_exported in found:
            alone = span if len(found) == 1 else None
            self.found.append(Assignment(name, name_span, word, is_exported, is_certain, alone, pipe))

    def _without_keywords(self, words: list[_RawWord]) -> list[_RawWord]:
        """The words of a command behind `then`, `do` and the like, which also say how deep we are."""
        dialect = self.dialect
        while words and (keyword := words[0].plain) is not None:
            self.depth += keyword in dialect.openers
            self.depth = max(0, self.depth - (keyword in dialect.closers))
            if keyword in dialect.headers:
                self.depth += not dialect.is_fish and words[-1].plain == "{"
                return []
            if keyword not in dialect.openers | dialect.closers | dialect.transparent | _JOINERS[dialect.is_fish]:
                break
            words = words[1:]
        return words

    def _removable(self, command: _Command, words: list[_RawWord], end: int, mark: str) -> Span | None:
        """The whole line, if there is nothing but this command and perhaps a comment on it."""
        if mark not in ("\n", "") or command.has_more:
            return None
        text = self.text
        start = text.rfind("\n", 0, words[0].start) + 1
        stop = text.find("\n", end)
        stop = len(text) if stop < 0 else stop + 1
        is_line = not text[start : words[0].start].strip()
        has_comment = any(comment.start >= start and comment.end <= stop for comment in self.comments[-1:])
        rest = text[words[-1].end : stop].strip()
        return Span(start, stop) if is_line and (not rest or has_comment) else None

    def _sh_assignments(self, words: list[_RawWord]) -> Iterator["_Set"]:
        verb = words[0].plain
        if verb in ("export", "declare", "typeset"):
            flags = [word.plain for word in words[1:] if (word.plain or "").startswith("-")]
            rest = [word for word in words[1:] if not (word.plain or "").startswith("-")]
            is_exported = (verb == "export" and not flags) or any("x" in (flag or "") for flag in flags)
            self.exported.update(word.plain or "" for word in rest if is_exported)
            yield from (found for word in rest if (found := self._set(word, is_exported)))
        elif verb == "set":
            self._set_option([word.plain for word in words[1:]])
        elif all(_named(word) for word in words):
            yield from (found for word in words if (found := self._set(word, self.exports_all)))

    def _set_option(self, options: list[str | None]) -> None:
        if options in (["-a"], ["-o", "allexport"]):
            self.exports_all = True
        elif options in (["+a"], ["+o", "allexport"]):
            self.exports_all = False

    def _set(self, word: _RawWord, is_exported: bool) -> "_Set | None":
        named = _named(word)
        if named is None:
            return None
        name = named[1]
        value = _value(word, len(named.group()))
        if named[2]:  # NAME+=value
            value = value._replace(value=None, head="")
        return _Set(name, Span(word.start, word.start + len(name)), value, is_exported)


class _Set(NamedTuple):
    name: str
    name_span: Span
    word: Word
    is_exported: bool


# Words that join commands in fish; `and`, `or` make them depend on each other.
_JOINERS = {False: frozenset[str](), True: frozenset(("and", "or"))}
_FISH_OTHER = pattern(r"-[A-Za-z]*[eqSnaplf]|--(?:erase|query|show|names|append|prepend|local|function|path)\Z")


def _fish_assignments(words: list[_RawWord]) -> Iterator[_Set]:
    """`set -gx NAME value`; lists, local variables and changes of a list are left alone."""
    if words[0].plain != "set":
        return
    flags = [word.plain or "" for word in words[1:] if (word.plain or "").startswith("-")]
    rest = [word for word in words[1:] if not (word.plain or "").startswith("-")]
    if any(map(_FISH_OTHER.match, flags)) or len(rest) != 2:
        return
    name = rest[0].plain
    if name is not None and _NAME.fullmatch(name):
        is_exported = any(flag == "--export" or (flag[1:2] != "-" and "x" in flag) for flag in flags)
        yield _Set(name, Span(rest[0].start, rest[0].end), _value(rest[1], 0), is_exported)


def _named(word: _RawWord) -> re.Match[str] | None:
    """`NAME=` at the start of a word, unquoted."""
    first = word.pieces[0]
    return None if first.quoting is not Quoting.BARE else _NAMED.match(first.value or "")


def _value(word: _RawWord, skipped: int) -> Word:
    """The word behind its first letters, which are bare."""
    pieces = list(word.pieces)
    if skipped:
        first = pieces[0]
        pieces[0] = first._replace(start=first.start + skipped, value=(first.value or "")[skipped:])
    pieces = [piece for piece in pieces if piece.start < piece.end]
    span = Span(pieces[0].start if pieces else word.end, word.end)
    head, is_whole = _head(pieces)
    quoting = pieces[0].quoting if len(pieces) == 1 else Quoting.MIXED if pieces else Quoting.BARE
    is_quoted = len(pieces) == 1 and quoting in (Quoting.DOUBLE, Quoting.SINGLE)
    inner = Span(span.start + 1, span.end - 1) if is_quoted and span.end - span.start > 1 else span
    is_literal = is_whole and inner.end - inner.start == len(head) and len(pieces) < 2 and quoting is not Quoting.MIXED
    return Word(span, inner, head if is_whole else None, head, quoting, is_literal)


def _head(pieces: list[_Piece]) -> tuple[str, bool]:
    """What is known of a word from its start on, and whether that is all of it."""
    known: list[str] = []
    for piece in pieces:
        value = piece.value
        is_bare = piece.quoting is Quoting.BARE
        if value is None or (is_bare and (_MAGIC.search(value) or _TILDE.search(value))):
            return "".join((*known, piece.head)), False
        known.append(value)
    return "".join(known), True


def _is_known(part: str | None) -> bool:
    return part is not None


def _unescaped(escape: str) -> str:
    r"""What a backslash and a letter are in double quotes: only `\$`, `\"`, `\\` and a line end are special."""
    if escape[1:] == "\n":
        return ""
    return escape[1:] if escape[1:] in ('"', "\\", "$", "`") else escape


def _end_of_nested(text: str, at: int, closer: str) -> int:
    """The end of what was opened before `at`, with all that is nested in it; the end of the text if nothing closes."""
    closers = [closer]
    while closers:
        match = _NESTED.search(text, at)
        if match is None:
            return len(text)
        at = match.end()
        mark = match.group()
        if closers[-1] == "'":
            at = text.find("'", match.start()) + 1 or len(text)
            closers.pop()
        elif mark == closers[-1]:
            closers.pop()
        else:
            closers += _opened(mark, closers)
    return at


def _opened(mark: str, closers: list[str]) -> list[str]:
    """The closer that a mark asks for inside of what is open."""
    inside = closers[-1]
    if inside == "`" or mark[0] in "\\#)}":
        return []
    if mark == "${":
        return ["}"]
    if mark == "'":
        return [] if '"' in closers else ["'"]
    if mark == "(" and inside in ('"', "}"):
        return []
    return [")"] if mark[-1] == "(" else [mark]
