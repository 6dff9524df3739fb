"""JSON with comments, read exactly as VS Code reads it.

It is parsed by hand because `parse` has to equal VS Code's own reader, npm `jsonc-parser` 3.3.1 with
`allowTrailingComma`: the same value, the same problems at the same places, the same recovery from a broken file. In
addition every value, key and comment knows its span.

One regular expression splits the text into tokens, `Reader` turns tokens into a tree; `syntax.json.javascript` makes
the JavaScript value of the tree. None of them recurses, so no text is too deep.
"""

import re
from collections.abc import Callable, Iterator

from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import Literal, NamedTuple

Kind = Literal["object", "array", "string", "number", "boolean", "null"]
Scalar = str | int | float | bool | None

DEEPEST = 1024  # jsonc-parser recurses without a limit; Node's stack ends between 5,000 and 7,000 levels
TOO_DEEP = "NestingTooDeep"  # the one code that jsonc-parser does not have


class Node(NamedTuple):
    """A value and its span, including quotes and brackets.

    Asking a node for something it does not have is not an error: the `string` of a number is None, an array has no
    `items()`.
    """

    kind: Kind
    span: Span
    value: Scalar = None
    members: tuple["Property", ...] = ()
    elements: tuple["Node", ...] = ()

    @property
    def string(self) -> str | None:
        """The text of a string, with its escapes decoded."""
        return self.value if isinstance(self.value, str) else None

    @property
    def number(self) -> int | float | None:
        """A JavaScript number: an `int` if a double represents it exactly, infinite if it is too large."""
        return self.value if self.kind == "number" and isinstance(self.value, int | float) else None

    @property
    def boolean(self) -> bool | None:
        """The value of `true` and `false`."""
        return self.value if isinstance(self.value, bool) else None

    @property
    def members_as_read(self) -> tuple["Property", ...]:
        """The members with the places where they were read, which `placed` gives the places that they have now."""
        return self.members

    def placed(self, node: "Node") -> "Node":
        """Return a node of `members_as_read` at the place that it has now."""
        return node

    def member(self, key: str) -> "Property | None":
        """Return the last member named `key` that has a value, which is the one that JavaScript keeps."""
        return next((member for member in reversed(self.members) if member.key == key and member.value), None)

    def get(self, key: str) -> "Node | None":
        """Return the value of the member named `key`."""
        member = self.member(key)
        return member.value if member else None

    def at(self, *path: str | int) -> "Node | None":
        """Return the node at keys and indices."""
        node: Node | None = self
        for step in path:
            if node is None:
                return None
            node = node.get(step) if isinstance(step, str) else next(iter(node.elements[step:]), None)
        return node

    def items(self) -> Iterator[tuple[str, "Node"]]:
        """Yield keys and values as written, including repeated keys, without keys that have no value."""
        return ((key, value) for key, _, value in self.members if value is not None)

    def children(self) -> Iterator["Node"]:
        """Yield the values directly inside."""
        yield from (value for _, value in self.items())
        yield from self.elements

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all inside it, in the order of the text."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            pending += reversed((*node.children(),))


class Property(NamedTuple):
    """A member of an object; `value` is None if the text has only a key."""

    key: str
    key_span: Span
    value: Node | None

    @property
    def span(self) -> Span:
        """The span from the key's opening quote to the end of the value."""
        return Span(self.key_span.start, (self.value.span if self.value else self.key_span).end)


class Problem(NamedTuple):
    """An error of jsonc-parser, by its own name."""

    code: str
    span: Span


class Comment(NamedTuple):
    """A comment as written, with its slashes."""

    span: Span
    text: str


class Jsonc(NamedTuple):
    """A file as VS Code reads it; `root` is None if no value begins, `style` is known of a part of another file."""

    source: Source
    root: Node | None
    problems: tuple[Problem, ...]
    comments: tuple[Comment, ...]
    style: object = None  # a `Style`; a type in quotes would be compiled, which takes a millisecond

    def at(self, *path: str | int) -> Node | None:
        """Return the node at keys and indices from the root."""
        return self.root.at(*path) if self.root else None


def parse(source: Source) -> Jsonc:
    """Return the tree of any text; broken parts become `problems`, and reading continues as in VS Code."""
    reader = Reader(source.text)
    reader.read()
    return Jsonc(source, reader.root, tuple(reader.problems), tuple(reader.comments))


# Tokens

# Every character belongs to some alternative, so the matches tile the text. What is white is jsonc-parser's choice:
# no-break spaces, line separators and the byte order mark are not white. A backslash also takes a line end.
_TOKEN = pattern(
    r"""[ \t\r\n]*(?:
        ([{}\[\]:,])
      | ("[^"\\\x00-\x1f\ud800-\udfff]*")
      | ("[^"\\\r\n]*(?:\\.[^"\\\r\n]*)*["\\]?)
      | (-?(?:0|[1-9][0-9]*)(?:\.(?![0-9])|(?:\.[0-9]+)?(?:[eE][+-]?[0-9]*)?))
      | (//[^\r\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?)
      | ([/-]|[^ \t\r\n{}\[\]":,/]+)
      | (\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_MARK, _PLAIN_STRING, _STRING, _NUMBER, _COMMENT, _WORD, _END = range(1, 8)

_KEYWORDS = {"true": True, "false": False, "null": None}
_KIND_OF: dict[type, Kind] = {bool: "boolean", int: "number", float: "number", type(None): "null"}
_EXACT = 2**53


def _number(digits: str) -> int | float:
    number = float(digits)
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


# Strings

_SPECIAL = pattern(r"\\(?:u([0-9a-fA-F]{0,4})|(.?))|[\x00-\x1f]", re.DOTALL)
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

# `Source` keeps bytes that are not UTF-8 as surrogates; VS Code shows U+FFFD for them. Encoded surrogates (the first
# alternative) are kept, so that a text JavaScript can hold is read as JavaScript would.
# A string, not compiled: few files need it, and its compilation costs as much as reading a small file.
UNDECODED = "(\udced[\udca0-\udcbf][\udc80-\udcbf])|(?:(?!\udced[\udca0-\udcbf][\udc80-\udcbf])[\udc80-\udcff])+"


def decoded_bytes(match: re.Match[str]) -> str:
    """Return undecodable bytes as VS Code shows them."""
    return match[0].encode(UTF8, "surrogateescape").decode(UTF8, "surrogatepass" if match[1] else "replace")


def _escape_value(match: re.Match[str]) -> str:
    """Return jsonc-parser's result for an escape: nothing if it does not know it."""
    digits, character = match.groups()
    if digits is not None:
        return chr(int(digits, 16)) if len(digits) == 4 else ""
    if character is None:
        return match[0]
    if character > "\uffff":  # it counts in UTF-16 and drops the first half only
        return chr(0xDC00 | ord(character) & 0x3FF)
    return _ESCAPES.get(character, "")


def _string_value(content: str) -> str:
    """Return the value of the content of a string literal."""
    text = _SPECIAL.sub(_escape_value, content if content.isascii() else re.sub(UNDECODED, decoded_bytes, content))
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")  # halves that meet become one


def _fault(literal: str) -> str:
    """Return the last error in a string literal, as jsonc-parser remembers only that; "" without one."""
    fault, end = "", 1
    for match in _SPECIAL.finditer(literal, 1):
        fault, end = _fault_of(match) or fault, match.end()
    is_closed = literal.endswith('"') and len(literal) > end
    return fault if is_closed else "UnexpectedEndOfString"


def _fault_of(match: re.Match[str]) -> str:
    digits, character = match.groups()
    if digits is not None:
        return "" if len(digits) == 4 else "InvalidUnicode"
    if character is None:
        return "InvalidCharacter"
    return "" if character in _ESCAPES else "InvalidEscapeCharacter"


# The tree

# A token as states see it: a mark is itself, `"` a string, `=` any other value, "" the end of the text.
State = Callable[[str, Span, Scalar], "State"]

_new = tuple.__new__  # half the time of calling Span, which every token needs


class _Open:
    """A container whose end is still to come."""

    __slots__ = ("closer", "elements", "key", "kind", "members", "start")

    def __init__(self, opener: str, start: int) -> None:
        self.kind: Kind = "object" if opener == "{" else "array"
        self.closer = "}" if opener == "{" else "]"
        self.start = start
        self.key: tuple[str, Span] | None = None
        self.members: list[Property] = []
        self.elements: list[Node] = []

    def add(self, node: Node | None) -> None:
        """Add a value, or None for a key that gets none."""
        if self.key is not None:
            self.members.append(Property(*self.key, node))
            self.key = None
        elif node is not None:
            self.elements.append(node)

    def closed(self, end: int) -> Node:
        """Return the container as a node that ends at `end`."""
        self.add(None)
        return Node(self.kind, Span(self.start, end), None, tuple(self.members), tuple(self.elements))


class Reader:
    """The grammar as states: each takes a token and returns the state that takes the next.

    A state that meets an unexpected token reports it and lets `_skip` read to the end of the entry; this is jsonc-
    parser's recovery, problem for problem.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.problems: list[Problem] = []
        self.comments: list[Comment] = []
        self._open: list[_Open] = []
        self._is_over = False

    def read(self, state: "State | None" = None, at: int = 0) -> None:
        """Feed the tokens from `at` on to the states."""
        state = state or self._start
        for match in _TOKEN.finditer(self.text, at):
            kind = match.lastindex or _END
            span = _new(Span, match.span(kind))
            if kind == _MARK:
                state = state(match[kind], span, None)
            elif kind == _PLAIN_STRING:
                state = state('"', span, match[kind][1:-1])
            else:
                state = self._take(kind, state, span)

    def _take(self, kind: int, state: State, span: Span) -> State:
        if kind == _STRING:
            return self._take_string(state, span)
        if kind == _NUMBER:
            return self._take_number(state, span)
        if kind == _WORD:
            return self._take_word(state, span)
        if kind == _COMMENT:
            self._take_comment(span)
            return state
        while not self._is_over:
            state = state("", span, None)
        return state

    def _take_string(self, state: State, span: Span) -> State:
        literal = self.text[span.start : span.end]
        fault = _fault(literal)
        if fault:
            self._problem(fault, span)
        is_closed = fault != "UnexpectedEndOfString"
        return state('"', span, _string_value(literal[1:-1] if is_closed else literal[1:]))

    def _take_number(self, state: State, span: Span) -> State:
        written = self.text[span.start : span.end]
        digits = written.rstrip(".eE+-")
        if digits != written:
            self._problem("UnexpectedEndOfNumber", span)
        return state("=", span, _number(digits))

    def _take_word(self, state: State, span: Span) -> State:
        word = self.text[span.start : span.end]
        if word in _KEYWORDS:
            return state("=", span, _KEYWORDS[word])
        self._problem("InvalidSymbol", span)
        return state

    def _take_comment(self, span: Span) -> None:
        comment = self.text[span.start : span.end]
        self.comments.append(Comment(span, comment))
        if comment.startswith("/*") and not (len(comment) > 3 and comment.endswith("*/")):
            self._problem("UnexpectedEndOfComment", span)

    def _problem(self, code: str, span: Span) -> None:
        if not self._is_over:
            self.problems.append(Problem(code, span))

    # The file

    def _start(self, mark: str, span: Span, value: Scalar) -> State:
        return self._value(mark, span, value) or self._stop("ValueExpected", span)

    def _finish(self, mark: str, span: Span, _: Scalar) -> State:
        if mark:
            return self._stop("EndOfFileExpected", span)
        self._is_over = True
        return self._ignore

    def _stop(self, code: str, span: Span) -> State:
        """Report the last problem there will be, since jsonc-parser reads no further either."""
        self._problem(code, span)
        self._is_over = True
        while self._open:
            self._close(span.start)
        return self._ignore

    def _ignore(self, *_: object) -> State:
        return self._ignore

    # Values

    def _value(self, mark: str, span: Span, value: Scalar) -> State | None:
        """Return the state after the first token of a value; None if no value begins with it."""
        if mark == '"':
            return self._add(Node("string", span, value))
        if mark == "=":
            return self._add(Node(_KIND_OF[type(value)], span, value))
        if mark in ("{", "["):
            return self._enter(mark, span)
        return None

    def _add(self, node: Node) -> State:
        if not self._open:
            self.root = node
            return self._finish
        self._open[-1].add(node)
        return self._after_entry

    def _enter(self, opener: str, span: Span) -> State:
        if len(self._open) == DEEPEST:
            return self._stop(TOO_DEEP, span)
        self._open.append(_Open(opener, span.start))
        return self._first_entry

    def _leave(self, mark: str, span: Span) -> State:
        """Close the innermost container, at its bracket or at the end of the text."""
        if not mark:
            is_object = self._open[-1].kind == "object"
            self._problem("CloseBraceExpected" if is_object else "CloseBracketExpected", span)
        return self._close(span.end)

    def _close(self, end: int) -> State:
        return self._add(self._open.pop().closed(end))

    # Entries of an object or an array

    def _first_entry(self, mark: str, span: Span, value: Scalar) -> State:
        if mark == ",":
            self._problem("ValueExpected", span)
            return self._after_comma
        if mark in ("", self._open[-1].closer):
            return self._leave(mark, span)
        return self._entry(mark, span, value)

    def _after_entry(self, mark: str, span: Span, value: Scalar) -> State:
        if mark == ",":
            return self._after_comma
        if mark in ("", self._open[-1].closer):
            return self._leave(mark, span)
        self._problem("CommaExpected", span)
        return self._entry(mark, span, value)

    def _after_comma(self, mark: str, span: Span, value: Scalar) -> State:
        if mark == self._open[-1].closer:
            return self._leave(mark, span)
        return self._entry(mark, span, value)

    def _entry(self, mark: str, span: Span, value: Scalar) -> State:
        container = self._open[-1]
        if container.kind == "array":
            return self._entry_value(mark, span, value)
        if mark == '"':
            container.key = str(value), span
            return self._after_key
        self._problem("PropertyNameExpected", span)
        return self._skip_keyless(mark, span, value)

    def _after_key(self, mark: str, span: Span, value: Scalar) -> State:
        if mark == ":":
            return self._entry_value
        self._problem("ColonExpected", span)
        return self._skip(mark, span, value)

    def _entry_value(self, mark: str, span: Span, value: Scalar) -> State:
        state = self._value(mark, span, value)
        if state:
            return state
        self._problem("ValueExpected", span)
        return self._skip(mark, span, value)

    def _skip(self, mark: str, span: Span, value: Scalar) -> State:
        """Skip tokens up to the comma or bracket that ends the entry, including anything nested."""
        container = self._open[-1]
        if mark not in ("", ",", container.closer):
            return self._skip
        container.add(None)
        return self._after_entry(mark, span, value)

    def _skip_keyless(self, mark: str, span: Span, value: Scalar) -> State:
        """Skip an entry without a key: at its end jsonc-parser also reports its missing value."""
        if mark not in ("", ",", "}"):
            return self._skip_keyless
        self._problem("ValueExpected", span)
        return self._after_entry(mark, span, value)
