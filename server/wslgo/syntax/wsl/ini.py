"""The grammar of `.wslconfig` and `wsl.conf`, as WSL's own parser has it (microsoft/WSL, configfile.cpp, 2026-08).

One parser reads both files, with two differences. `.wslconfig` is opened in Windows text mode (CRLF is one character,
Ctrl-Z ends the file) and a bad line is skipped; `wsl.conf` is read as bytes and reading stops at the first bad line.
Its quirks are kept: how lines are counted, that a bad section header leaves the new name with the old length, and
that every wide character of a `.wslconfig` value is narrowed to its low byte.
"""

import re
from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import Literal, NamedTuple

Dialect = Literal["wslconfig", "wslconf"]


class Trivia(NamedTuple):
    """Empty and comment lines."""

    span: Span


class Section(NamedTuple):
    """A section header that WSL accepts; `header_span` runs from `[` to `]`."""

    span: Span
    name: str
    name_span: Span
    header_span: Span


class IniAssignment(NamedTuple):
    """A `key = value` line that WSL accepts.

    `name` is the effective `section.key` that WSL looks up; `value` is unquoted, unescaped and narrowed as WSL keeps
    it, `raw` as written. `line` is the line number that WSL would report.
    """

    span: Span
    name: str
    key: str
    key_span: Span
    value: str
    raw: str
    value_span: Span
    line: int


class BadLine(NamedTuple):
    """A line that WSL rejects, with its `warning`; `culprit` is the character at which it stopped."""

    span: Span
    warning: str
    culprit: Span
    line: int


class Unread(NamedTuple):
    """The text that WSL never reads: the rest of `wsl.conf` after a bad line, or of `.wslconfig` after Ctrl-Z."""

    span: Span


Node = Trivia | Section | IniAssignment | BadLine | Unread

BLANKS = " \t"  # what WSL skips; form feeds, no-break spaces and the like are characters to it

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ALPHANUMERIC = _LETTERS | frozenset("0123456789")
_ESCAPED = {"\\": "\\", '"': '"', "b": "\b", "n": "\n", "t": "\t"}
_CTRL_Z = "\x1a"
_END = ""
_REPLACEMENT = "\ufffd"

# Ordinary lines; what this does not match goes through the scanner, character by character. Spaces after `=` are taken
# all or none, `(?![ \t])`: giving them back one by one would take quadratic time where the value turns out to be odd.
_ORDINARY = pattern(
    r"""(?P<trivia>(?:[ \t]*(?:\#[^\r\n]*)?\r?\n)+)
      | [ \t]*(?:
          (?P<header>\[(?P<section>[A-Za-z][A-Za-z0-9]*)\])
        | (?P<key>[A-Za-z][A-Za-z0-9]*)[ \t]*=[ \t]*(?![ \t])
          (?P<value>[^"\\\#\r\n\x00 \t]*(?:[ \t]+[^"\\\#\r\n\x00 \t]+)*)
        )[ \t]*(?P<comment>\#[^\r\n]*)?(?P<newline>\r?\n|\Z)""",
    re.VERBOSE,
)


# The start of a line that is neither empty nor a comment.
_NEXT_LINE = pattern(r"\n[ \t]*[^ \t#\r\n]")


class BadSyntax(Exception):  # noqa: N818 - it is a jump to WSL's InvalidLine label, not our error
    """The end of WSL's attempt to read the current line."""

    def __init__(self, warning: str, culprit: Span) -> None:
        self.warning = warning
        self.culprit = culprit


def scan(text: str, dialect: Dialect, start: int = 0, *, stops: bool = True) -> Iterator[Node]:
    """Yield the nodes from `start` on in order; their spans tile the text.

    Without `stops` they are the nodes of a `wsl.conf` after its bad lines are fixed.
    """
    end = text.find(_CTRL_Z) if dialect == "wslconfig" else -1
    scanner = _Scanner(text, start, len(text) if end < 0 else end, dialect, stops=stops)
    yield from scanner.nodes()
    if scanner.at < len(text):
        yield Unread(Span(scanner.at, len(text)))


class _Scanner:
    """WSL's state machine, at the start of a line between two nodes."""

    def __init__(self, text: str, start: int, end: int, dialect: Dialect, *, stops: bool) -> None:
        self.text = text
        self.end = end
        self.at = start
        self.line = 1
        self.is_windows = dialect == "wslconfig"
        self.stops = stops and not self.is_windows
        # WSL keeps section and key in one buffer and remembers only how long the section is.
        self.buffer = ""
        self.section_length = 0

    def nodes(self) -> Iterator[Node]:
        while self.at < self.end:
            trivia = self._trivia() if self.text[self.at] in "#\n" else None
            if trivia is not None:
                yield trivia
                continue
            match = _ORDINARY.match(self.text, self.at, self.end)
            if match is not None:
                yield self._ordinary(match)
                continue
            node = self._odd()
            yield node
            if isinstance(node, BadLine) and self.stops:
                return

    def _trivia(self) -> Trivia | None:
        """Return the empty and comment lines from here on, found fast; None if a CR among them needs more care."""
        start, following = self.at, _NEXT_LINE.search(self.text, self.at, self.end)
        end = (following.start() if following else self.text.rfind("\n", start, self.end)) + 1
        if not end or self.text.find("\r", start, end) >= 0:
            return None
        self.at = end
        self.line += self.text.count("\n", start, end)
        return Trivia(Span(start, end))

    def _ordinary(self, match: re.Match[str]) -> Node:
        start, self.at = match.span()
        span = Span(start, self.at)
        if match["trivia"] is not None:
            self.line += match["trivia"].count("\n")
            return Trivia(span)
        line = self.line
        # Read as bytes, the CR ends the line and is counted, then the LF is counted again.
        twice = match["newline"] == "\r\n" and match["comment"] is None and not self.is_windows
        self.line += 2 if twice else 1
        if match["section"] is not None:
            self._enter(match["section"])
            return Section(span, match["section"], Span(*match.span("section")), Span(*match.span("header")))
        raw = match["value"]
        key_span, value_span = Span(*match.span("key")), Span(*match.span("value"))
        return IniAssignment(
            span, self._name(match["key"]), match["key"], key_span, self._kept(raw), raw, value_span, line
        )

    def _odd(self) -> Node:
        start = self.at
        try:
            return self._odd_line(start)
        except BadSyntax as bad:
            line = self.line
            self._skip_line()
            self.line += 1
            return BadLine(Span(start, self.at), bad.warning, bad.culprit, line)

    def _odd_line(self, start: int) -> Node:
        self._skip_spaces()
        character = self._peek()
        if character in ("#", "\r", "\n", _END):
            self._finish_trivia()
            return Trivia(Span(start, self.at))
        if character == "[":
            return self._section(start)
        if character not in _LETTERS:
            raise BadSyntax("Invalid key name", self._culprit())
        return self._assignment(start)

    def _section(self, start: int) -> Section:
        opening = self.at
        self.at += 1
        if self._peek() not in _LETTERS:
            raise BadSyntax("Invalid section name", self._culprit())
        name_span = self._word()
        name = self.text[name_span.start : name_span.end]
        self.buffer = name  # from here on a bad header leaves the new name with the old length
        if self._peek() != "]":
            raise BadSyntax("Expected ']'", self._culprit())
        self.at += 1
        header_span = Span(opening, self.at)
        self._skip_spaces()
        if self._peek() not in ("#", "\r", "\n", _END):
            raise BadSyntax(r"Expected ' ' or '\n'", self._culprit())
        self._enter(name)
        self._finish_line()
        return Section(Span(start, self.at), name, name_span, header_span)

    def _assignment(self, start: int) -> IniAssignment:
        key_span = self._word()
        key = self.text[key_span.start : key_span.end]
        name = self._name(key)
        self._skip_spaces()
        if self._peek() != "=":
            raise BadSyntax("Expected '='", self._culprit())
        self.at += 1
        self._skip_spaces()
        value, value_span = self._value()
        line = self.line
        self._finish_line()
        raw = self.text[value_span.start : value_span.end]
        return IniAssignment(Span(start, self.at), name, key, key_span, self._kept(value), raw, value_span, line)

    def _value(self) -> tuple[str, Span]:
        start = trimmed_end = self.at
        value: list[str] = []
        trimmed = 0
        quote: Span | None = None
        while (character := self._peek()) not in ("\r", "\n", _END) and (quote or character != "#"):
            at = self._take_span()
            if character == '"':
                quote = None if quote else at
            elif character == "\\":
                value.append(self._escape(at))
            else:
                value.append(character)
            if character not in BLANKS:
                trimmed, trimmed_end = len(value), self.at
        if quote:
            raise BadSyntax('Expected "', quote)
        return "".join(value[:trimmed]), Span(start, trimmed_end)

    def _escape(self, backslash: Span) -> str:
        character = self._peek()
        self._take_span()
        if character == "\n":
            self.line += 1
            return ""
        if character == "\r":  # skipped; an LF after it then ends the value
            return ""
        if character in _ESCAPED:
            return _ESCAPED[character]
        raise BadSyntax(f"Invalid escaped character: '{self._shown(character)}'", Span(backslash.start, self.at))

    def _shown(self, character: str) -> str:
        """Return the part of a character in WSL's message: its first byte, on Windows its first UTF-16 unit."""
        if character == _END:
            return "\uffff"
        if character.isascii():
            return character
        if not self.is_windows:
            return _REPLACEMENT
        return character.encode("utf-16-le", "surrogatepass")[:2].decode("utf-16-le", "replace")

    def _enter(self, section: str) -> None:
        self.buffer = section
        self.section_length = len(section)

    def _name(self, key: str) -> str:
        section = self.buffer[: self.section_length].ljust(self.section_length, "\0")
        self.buffer = f"{section}.{key}" if section else key
        return self.buffer.partition("\0")[0]

    def _kept(self, value: str) -> str:
        """Return the value as WSL keeps it: a C string, on Windows the low bytes of the characters."""
        if not self.is_windows or value.isascii():
            return value.partition("\0")[0]
        low_bytes = value.encode("utf-16-le", "surrogatepass")[::2]
        return low_bytes.partition(b"\0")[0].decode("utf-8", "replace")

    def _word(self) -> Span:
        start = self.at
        while self.at < self.end and self.text[self.at] in _ALPHANUMERIC:
            self.at += 1
        return Span(start, self.at)

    def _peek(self) -> str:
        """Return the next character as WSL sees it, "" at the end."""
        if self.at >= self.end:
            return _END
        character = self.text[self.at]
        return "\n" if character == "\r" and self._is_crlf() else character

    def _is_crlf(self) -> bool:
        """Return whether Windows text mode reads the next characters as one newline."""
        return self.is_windows and self.text.startswith("\r\n", self.at, self.end)

    def _take_span(self) -> Span:
        start = self.at
        self.at = min(start + (2 if self._is_crlf() else 1), self.end)
        return Span(start, self.at)

    def _skip_spaces(self) -> None:
        while self.at < self.end and self.text[self.at] in BLANKS:
            self.at += 1

    def _culprit(self) -> Span:
        return Span(self.at, min(self.at + 1, self.end))

    def _skip_line(self) -> None:
        """Skip the rest of a bad line as WSL does; a lone CR does not end it."""
        newline = self.text.find("\n", self.at, self.end)
        self.at = self.end if newline < 0 else newline + 1

    def _finish_line(self) -> None:
        """Move past the end of a header or assignment; a comment counts its line itself."""
        if self._peek() == "#":
            self._finish_trivia()
        else:
            self._take_span()
            self.line += 1

    def _finish_trivia(self) -> None:
        if self._peek() == "#":
            self._skip_comment()
        elif self._peek() == "\r":
            self._skip_cr()
        elif self._peek() == "\n":
            self._take_span()
            self.line += 1

    def _skip_cr(self) -> None:
        """Skip a CR on an empty line, which counts only together with the LF after it."""
        self.at += 1
        if self.at < self.end and self.text[self.at] == "\n":
            self.at += 1
            self.line += 1

    def _skip_comment(self) -> None:
        """Skip a comment; a lone CR in it swallows the next character, and it extends to the next LF."""
        while self.at < self.end:
            character = self.text[self.at]
            self.at += 1
            if character == "\r" and self.at < self.end:
                character = self.text[self.at]
                self.at += 1
            if character == "\n":
                self.line += 1
                return


def is_good_line(line: str, dialect: Dialect) -> bool:
    """Return whether WSL accepts a line."""
    return not any(isinstance(node, BadLine) for node in scan(line, dialect))
