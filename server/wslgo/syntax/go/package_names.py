"""The names that a Go file declares for its package, and those that it takes from another file of it.

Read from the text without a parser, so a name that the file may declare itself, in any scope, is left out.
"""

from collections.abc import Iterator

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# Names that need no declaration (the Go specification, predeclared identifiers; go1.27).
PREDECLARED = frozenset(
    (
        *("any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32", "float64", "int"),
        *("int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8", "uint16", "uint32", "uint64"),
        *("uintptr", "true", "false", "iota", "nil", "append", "cap", "clear", "close", "complex", "copy", "delete"),
        *("imag", "len", "make", "max", "min", "new", "panic", "print", "println", "real", "recover", "main", "init"),
        "_",
    )
)
KEYWORDS = frozenset(
    (
        *("break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for", "func"),
        *("go", "goto", "if", "import", "interface", "map", "package", "range", "return", "select", "struct"),
        *("switch", "type", "var"),
    )
)

_FUNCTION = pattern(r"(?m:^)func (\w+)[(\[]")
_LONE = pattern(r"(?m:^)(?:var|const|type)[ \t]+(\w+(?:[ \t]*,[ \t]*\w+){0,50})")
_BLOCK = pattern(r"(?m:^)(?:var|const|type)[ \t]*\([ \t]*\n")
_LINE = pattern(r"[^\n]*\n?")
_FIRST_NAMES = pattern(r"[ \t]*(\w+(?:[ \t]*,[ \t]*\w+){0,50})")
_NAME = pattern(r"\w+")

# An interface with braces inside is not read.
_INTERFACE = pattern(r"\binterface\s*\{[^{}]*\}")
_UNREAD = pattern(r"\binterface\s*\{|(?m:^)import[ \t]+\.")
_METHOD = pattern(r"(?m:^)(func \([^)\n]*\) )\w+")
_WORD = pattern(r"(?<![\w.])[A-Za-z_]\w*")

_DECLARATION = pattern(r"[ \t]*(?:package|var|const|type)[ \t]+(\w+(?:[ \t]*,[ \t]*\w+){0,50})")
_JUMP = pattern(r"\b(?:goto|break|continue)[ \t]+\Z")
# After the name of a parameter, field or variable: its type. Binary operators have no such form.
_TYPE = pattern(r"[A-Za-z_\[]|\*[\w(\[*]|<-chan\b|\.\.\.|[\"`]")
_FUNC = pattern(r"\bfunc\b")


class Declared(NamedTuple):
    """A name that a file declares for its package, and its place."""

    name: str
    span: Span


def declared_names(blanked: str) -> Iterator[Declared]:
    """Yield what a file declares for its package, in a text without comments and literals."""
    for match in _FUNCTION.finditer(blanked):
        yield from _names(blanked, match.span(1))
    for match in _LONE.finditer(blanked):
        yield from _names(blanked, match.span(1))
    for match in _BLOCK.finditer(blanked):
        yield from _names_of_block(blanked, match.end())


def _names_of_block(blanked: str, start: int) -> Iterator[Declared]:
    depth = 0
    for line in _LINE.finditer(blanked, start):
        text = line[0]
        if not text or (depth == 0 and text.startswith(")")):
            return
        first = _FIRST_NAMES.match(text) if depth == 0 else None
        if first is not None:
            yield from _names(blanked, (line.start() + first.start(1), line.start() + first.end(1)))
        depth += sum(map(text.count, "([{")) - sum(map(text.count, ")]}"))


def _names(blanked: str, place: tuple[int, int]) -> Iterator[Declared]:
    for match in _NAME.finditer(blanked, *place):
        if match[0] not in PREDECLARED:
            yield Declared(match[0], Span(*match.span()))


def borrowed_names(blanked: str) -> frozenset[str]:
    """Return the names that a file uses and certainly does not declare in a text without comments and literals."""
    own = {declared.name for declared in declared_names(blanked)}
    text = _METHOD.sub(r"\1", _INTERFACE.sub(" ", blanked))
    if _UNREAD.search(text):
        return frozenset()
    used: set[str] = set()
    unsure: set[str] = set(own)
    for line in _LINE.finditer(text):
        _read_line(line[0], used, unsure)
    return frozenset(used - unsure - PREDECLARED - KEYWORDS)


def _read_line(line: str, used: set[str], unsure: set[str]) -> None:
    """Sort the names of a line into those that it uses, and those that it may declare."""
    declaration = _DECLARATION.match(line)
    # What `:=` declares is before it, and parameters are between `func` and the body.
    short = line.rfind(":=")
    signatures = [(match.end(), _end_of_signature(line, match.end())) for match in _FUNC.finditer(line)]
    chain: list[str] = []  # names with commas between them, whose last one may have a type
    starts_line, last = True, 0
    for match in _WORD.finditer(line):
        start, end = match.span()
        if line[last:start].strip() != ",":
            chain, starts_line = [], not line[:start].strip()
        chain.append(match[0])
        last, after = end, line[end:].lstrip(" \t")
        if (line[end : end + 1] in (" ", "\t") and _TYPE.match(after)) or (
            starts_line and after[:1] in (",", "=", "\n", "") and not after.startswith("==")
        ):
            unsure.update(chain)
        elif (
            start < short
            or (declaration is not None and start < declaration.end(1))
            or any(begin <= start < finish for begin, finish in signatures)
        ):
            unsure.add(match[0])
        elif after[:1] != ":" and not _JUMP.search(line[:start]):
            used.add(match[0])


def _end_of_signature(line: str, start: int) -> int:
    """Return where the body of a function begins, or the end of the line."""
    depth = 0
    for place in range(start, len(line)):
        depth += (line[place] == "(") - (line[place] == ")")
        if line[place] == "{" and depth == 0:
            return place
    return len(line)
