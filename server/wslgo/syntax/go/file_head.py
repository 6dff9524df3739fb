"""The head of a `.go` file: build constraint, package clause, imports, and the comment above `import "C"`.

One regular expression splits the head into tokens; reading ends at the first declaration that is not an import. It
reads like `go/build` of go 1.26, without parsing Go, so that a thousand packages take no time.
"""

import re
from collections.abc import Iterable, Iterator

from wslgo.syntax.go import build_constraint
from wslgo.syntax.go.build_constraint import Constraint
from wslgo.syntax.go.c_includes import Include, Row, includes
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Import(NamedTuple):
    """An imported package; the span is that of the path with its quotes, `alias` the name before it, usually ""."""

    path: str
    span: Span
    alias: str = ""


class Flags(NamedTuple):
    """A `#cgo` line: one of `condition` must be true (none: always); `words` are the flags, each with its offset."""

    verb: str
    conditions: tuple[Constraint | None, ...]
    words: tuple[tuple[str, Span], ...]
    span: Span


class Head(NamedTuple):
    """The head of a Go file. Without `is_complete` the text ended before the head did."""

    package: str
    constraint: Constraint | None
    imports: tuple[Import, ...]
    flags: tuple[Flags, ...]
    includes: tuple[Include, ...]
    is_complete: bool

    @property
    def uses_cgo(self) -> bool:
        """True if the file imports "C"."""
        return any(imported.path == "C" for imported in self.imports)


class Preamble(NamedTuple):
    """The comments that cgo reads: the lines that could be directives, and where the comments are.

    `comments` has those above the package clause, too. `detached` are comments with directives that a blank line
    separates from `import "C"`, so that cgo ignores them.
    """

    rows: tuple[Row, ...] = ()
    comments: tuple[Span, ...] = ()
    detached: tuple[Span, ...] = ()


class _Token(NamedTuple):
    kind: int
    text: str
    span: Span


_TOKEN = pattern(
    r"""(?:
        (//[^\n]*|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/)?)
      | ((?:[^\W\d])\w*|\.)
      | ("[^"\n]*"|`[^`]*`)
      | ([()])
      | (.)
    )[ \t\r\n;\ufeff]*""",
    re.VERBOSE | re.DOTALL,
)
_BLANKS = pattern(r"[ \t\r\n;\ufeff]*")
_COMMENT, _WORD, _STRING, _BRACKET, _OTHER = range(1, 6)

_GO_BUILD = pattern(r"//go:build(?:[ \t]+(?![ \t])(.*))?\Z")
_PLUS_BUILD = pattern(r"//[ \t]*\+build(?:[ \t]+(?![ \t])(.*))?\Z")
_DIRECTIVE = pattern(r"\s*#[ \t]*(?:cgo|include)[ \t]")
_CGO = pattern(r"\s*#cgo[ \t]+(?![ \t])([^:]*):(.*)\Z", re.DOTALL)
_FLAG = pattern(r"""(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)+""")
_QUOTING = pattern(r"""\\(.)|["']""")
_MAIN = pattern(r"^func[ \t]+main[ \t]*\(", re.MULTILINE)


def parse(text: str) -> Head:
    """Return the head of any text."""
    return parse_with_preamble(text)[0]


def parse_with_preamble(text: str) -> tuple[Head, Preamble]:
    """Return the head of any text together with the comments above `import "C"`."""
    reader = _Reader(text)
    reader.read()
    flags, found = _preambles(text, reader.preambles)
    head = Head(
        reader.package, _constraint(text, reader.leading), tuple(reader.imports), flags, found, reader.is_complete
    )
    comments = [comment for above in reader.preambles for comment in above]
    rows = tuple(row for comment in comments for row in _rows(comment))
    spans = tuple(comment.span for comment in (*reader.leading, *comments))
    return head, Preamble(rows, spans, _detached(reader))


def _detached(reader: "_Reader") -> tuple[Span, ...]:
    """Return the comments with directives before an `import "C"` that has none right above it."""
    if reader.preambles:
        return ()
    return tuple(
        Span(above[0].span.start, above[-1].span.end)
        for above in reader.separated
        if any(_DIRECTIVE.match(row.text) for comment in above for row in _rows(comment))
    )


def constraint_of(text: str) -> Constraint | None:
    """Return only the build constraint, which C files have, too."""
    leading: list[_Token] = []
    for token in _tokens(text):
        if token.kind != _COMMENT:
            break
        leading.append(token)
    return _constraint(text, leading)


def declares_main(text: str) -> bool:
    """Return whether a file has a function `main`."""
    return _MAIN.search(text) is not None


def _tokens(text: str) -> Iterator[_Token]:
    blanks = _BLANKS.match(text)
    for match in _TOKEN.finditer(text, blanks.end() if blanks else 0):
        kind = match.lastindex or _OTHER
        if kind == _COMMENT and text.startswith("/*", match.start(kind)) and not _is_closed(match[kind]):
            yield _Token(_OTHER, match[kind], Span(*match.span(kind)))
            return
        yield _Token(kind, match[kind], Span(*match.span(kind)))


def _is_closed(comment: str) -> bool:
    return len(comment) > 3 and comment.endswith("*/")


class _Reader:
    """Reads tokens to the end of the head and collects its parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.package = ""
        self.leading: list[_Token] = []
        self.imports: list[Import] = []
        self.preambles: list[list[_Token]] = []
        self.separated: list[list[_Token]] = []
        self.is_complete = False
        self._comments: list[_Token] = []
        self._apart: list[_Token] = []
        self._end = 0

    def read(self) -> None:
        tokens = self._words()
        for token in tokens:
            if token.text == "package" and not self.package:
                self.package = self._name(tokens)
            elif token.text == "import" and self.package:
                self._import(tokens)
            else:
                self.is_complete = not self._is_cut(token)
                return

    def _words(self) -> Iterator[_Token]:
        """Yield the tokens that are not comments; the comments right above one wait in `_comments`."""
        line_end: int | None = None  # of the last token that is not a comment
        for token in _tokens(self.text):
            if token.kind == _COMMENT:
                self._comment(token, line_end)
                continue
            self._apart = []
            if self._comments and self._newlines(self._comments[-1].span.end, token.span.start) != 1:
                self._apart, self._comments = self._comments, []
            yield token
            self._comments = []
            if line_end is None or token.span.end > line_end:
                line_end = self.text.find("\n", token.span.end) % (len(self.text) + 1)

    def _comment(self, token: _Token, line_end: int | None) -> None:
        if line_end is None:
            self.leading.append(token)
        elif token.span.start <= line_end and "\n" not in token.text:
            return  # after code on the same line, so above nothing
        if self._comments and self._newlines(self._comments[-1].span.end, token.span.start) > 1:
            self._comments = []
        self._comments.append(token)

    def _newlines(self, start: int, end: int) -> int:
        return self.text.count("\n", start, end)

    def _is_cut(self, token: _Token) -> bool:
        """Return whether the text ends in the middle of a comment, a string or a word."""
        return (token.kind == _OTHER and token.text[0] in '/"`') or token.span.end == len(self.text)

    def _name(self, tokens: Iterator[_Token]) -> str:
        token = next(tokens, None)
        return token.text if token is not None and token.kind == _WORD else ""

    def _import(self, tokens: Iterator[_Token]) -> None:
        above, apart = self._comments, self._apart
        token = next(tokens, None)
        if token is None or token.text != "(":
            self._take(token, tokens, above, apart)
            return
        specifications = 0
        first = len(self.preambles)
        for token in tokens:
            if token.text == ")":
                break
            specifications += 1
            self._take(token, tokens, self._comments, self._apart)
        if specifications == 1 and len(self.preambles) == first and self.imports[-1:] and self.imports[-1].path == "C":
            self.preambles.append(above)

    def _take(self, token: _Token | None, tokens: Iterator[_Token], above: list[_Token], apart: list[_Token]) -> None:
        """Add one import: a path, perhaps after a name; a blank line separates it from the comments `apart`."""
        alias = ""
        if token is not None and token.kind == _WORD:
            alias = token.text
            token = next(tokens, None)
        if token is None or token.kind != _STRING:
            return
        self.imports.append(Import(token.text[1:-1], token.span, alias))
        if token.text[1:-1] == "C" and above:
            self.preambles.append(above)
        elif token.text[1:-1] == "C" and apart:
            self.separated.append(apart)


# Build constraints


def _constraint(text: str, leading: list[_Token]) -> Constraint | None:
    """Return the constraint: of the only `//go:build` line (two are an error), else of all `+build` lines."""
    found = [match for token in _alone(text, leading) if (match := _GO_BUILD.match(token.text.rstrip()))]
    if found:
        return build_constraint.parse(found[0][1] or "") if len(found) == 1 else None
    plus = (_PLUS_BUILD.match(token.text.rstrip()) for token in _before_blank_line(text, leading))
    return build_constraint.conjunction(
        *(build_constraint.parse_plus(match[1] or "") for match in plus if match is not None)
    )


def _alone(text: str, leading: list[_Token]) -> Iterator[_Token]:
    """Yield the comments that begin their line."""
    end = 0
    for token in leading:
        gap = text[end : token.span.start]
        if ("\n" in gap or not end) and not gap.rpartition("\n")[2].strip("\ufeff \t\r"):
            yield token
        end = token.span.end


def _before_blank_line(text: str, leading: list[_Token]) -> list[_Token]:
    """Yield the `//` comments at the top that a blank line separates from the rest: only there `+build` counts."""
    top = 0
    for count, token in enumerate(leading):
        if token.text.startswith("/*"):
            break
        following = leading[count + 1].span.start if count + 1 < len(leading) else len(text)
        gap = re.match(r"\s*", text[token.span.end : following])
        if gap is not None and gap[0].count("\n") > 1:
            top = count + 1
    return leading[:top]


# The preamble


def _preambles(text: str, found: Iterable[list[_Token]]) -> tuple[tuple[Flags, ...], tuple[Include, ...]]:
    flags: list[Flags] = []
    included: list[Include] = []
    for comments in found:
        rows = [row for comment in comments for row in _rows(comment)]
        flags += (line for row in rows if (line := _flags(row)))
        included += includes(rows)
    return tuple(flags), tuple(included)


def _rows(comment: _Token) -> Iterator[Row]:
    """Yield the lines of a comment that could be directives."""
    end = len(comment.text) - (2 if comment.text.startswith("/*") else 0)
    start = 2
    for line in comment.text[2:end].split("\n"):
        if "#" in line:
            yield Row(comment.span.start + start, line.rstrip("\r"))
        start += len(line) + 1


def _flags(row: Row) -> Flags | None:
    match = _CGO.match(row.text)
    if match is None or not match[1].split():
        return None
    *conditions, verb = match[1].split()
    start = row.start + match.start(2)
    words = tuple(
        (_QUOTING.sub(lambda quoting: quoting[1] or "", word[0]), Span(start + word.start(), start + word.end()))
        for word in _FLAG.finditer(match[2])
    )
    at = row.start + row.text.index("#cgo")
    return Flags(verb, tuple(map(condition, conditions)), words, Span(at, row.start + len(row.text.rstrip())))


def condition(word: str) -> Constraint | None:
    """Return a condition of a `#cgo` line."""
    return build_constraint.parse(word) if any(sign in word for sign in "&|()") else build_constraint.parse_plus(word)
