"""An `envFile` as the Go extension of VS Code reads it (`envUtils.ts`, 2026-08).

It is parsed by hand because quotes, escapes and `${NAME}` differ from every dotenv library: `KEY=VALUE` or `export
KEY=VALUE`; other lines are skipped silently, and a value has no comment after it. One quote of either kind is dropped
at each end, matching or not; `\\n` is a line feed between double quotes only. `${NAME}` takes an earlier line, else the
environment, else nothing, also between single quotes.
"""

from collections.abc import Iterator, Mapping

from wslgo.syntax.go.string_literal import as_shown
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

# JavaScript's \s and the ends of its lines: other sets than Python's.
_BLANKS = "\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
_LINE = pattern(r"[^\n]+\n?|\n")
_LINE_END = pattern("[\n\r\u2028\u2029]")
_HEAD = pattern(rf"[{_BLANKS}]*(?:export[{_BLANKS}]+)?([A-Za-z0-9_.-]+)[{_BLANKS}]*=[{_BLANKS}]*")
_QUOTE_AT_AN_END = pattern(r"\A['\"]|['\"]\Z")
_REFERENCE_HEAD = pattern(r"\$\{([A-Za-z][A-Za-z0-9_]*)?([^A-Za-z0-9_])")

# What every JavaScript object answers to, also the one that holds the variables and the one that holds the environment.
_INHERITED = {
    name: f"function {function}() {{ [native code] }}"
    for name, function in (
        ("constructor", "Object"),
        ("hasOwnProperty", "hasOwnProperty"),
        ("isPrototypeOf", "isPrototypeOf"),
        ("propertyIsEnumerable", "propertyIsEnumerable"),
        ("toLocaleString", "toLocaleString"),
        ("toString", "toString"),
        ("valueOf", "valueOf"),
    )
}

# References to references grow without bounds; beyond this they yield nothing. Linux passes on 128 KiB a value at most.
_MOST_CHARACTERS = 1 << 24


class DotenvAssignment(NamedTuple):
    """A line that sets a variable."""

    name: str
    name_span: Span
    value: str  # quotes dropped, `\\n` read, references still in it
    value_span: Span  # with its quotes


class DotEnv(NamedTuple):
    """The assignments, and the lines with other text. UTF-16 yields neither: Node reads no key in it."""

    assignments: tuple[DotenvAssignment, ...] = ()
    skipped: tuple[Span, ...] = ()


class _Reference(NamedTuple):
    """A `${...}` in a value; its name is empty if the braces contain anything but a name."""

    span: Span
    name: str


def parse(source: Source) -> DotEnv:
    """Return the assignments of an env file; text that Node cannot decode becomes U+FFFD in the values."""
    if source.encoding != UTF8:
        return DotEnv()
    assignments: list[DotenvAssignment] = []
    skipped: list[Span] = []
    for match in _LINE.finditer(source.text):
        line = match.group().removesuffix("\n")
        assignment = _assignment(line, match.start())
        if assignment is not None:
            assignments.append(assignment)
        elif line.strip(_BLANKS):
            skipped.append(Span(match.start(), match.start() + len(line)))
    return DotEnv(tuple(assignments), tuple(skipped))


def values(tree: DotEnv, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that the program gets from the file; the last line of a name wins."""
    found: dict[str, str] = {}
    room = _MOST_CHARACTERS
    for name, _, value, _ in tree.assignments:
        if name != "__proto__":  # a JavaScript object takes that one for its prototype
            found[name] = _substitution(value, found, environment, room)
            room -= len(found[name])
    return found


def report(tree: DotEnv, environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the output of `wslgo parse`."""
    return {"values": values(tree, environment)}


def _assignment(line: str, start: int) -> DotenvAssignment | None:
    head = _HEAD.match(line)
    if head is None:
        return None
    terminator = _LINE_END.search(line, head.end())
    end = terminator.start() if terminator else len(line)
    if line[end:].strip(_BLANKS):
        return None
    name_span = Span(start + head.start(1), start + head.end(1))
    return DotenvAssignment(
        head[1], name_span, _without_quotes(line[head.end() : end]), Span(start + head.end(), start + end)
    )


def _without_quotes(raw: str) -> str:
    value = as_shown(raw)  # Node decodes alike
    if value.startswith('"') and value.endswith('"'):
        value = value.replace("\\n", "\n")
    return _QUOTE_AT_AN_END.sub("", value)


def _substitution(value: str, found: Mapping[str, str], environment: Mapping[str, str], room: int) -> str:
    """Return the value with its references replaced, unless one of them is not a plain name: then all stay."""
    references = list(_references(value))
    parts = []
    at = 0
    if all(reference.name for reference in references):
        for (start, end), name in references:
            replacement = _variable_value(name, found, environment)
            parts += [value[at:start], replacement[: max(room, 0)]]
            room -= len(replacement)
            at = end
    return "".join((*parts, value[at:])).replace("\\$", "$")


def _variable_value(name: str, found: Mapping[str, str], environment: Mapping[str, str]) -> str:
    """Return the value of a name; an empty value does not count."""
    inherited = _INHERITED.get(name, "")
    return found.get(name, inherited) or as_shown(environment.get(name, inherited))


def _references(value: str) -> Iterator[_Reference]:
    """Yield each `${...}` without a backslash before it. If it is not a name, it ends at the last `}` of its line."""
    at = 0
    while head := _REFERENCE_HEAD.search(value, at):
        end = head.end()
        if head[2] != "}":
            terminator = _LINE_END.search(value, end)
            line_end = terminator.start() if terminator else len(value)
            end = value.rfind("}", end, line_end) + 1
            if not end:
                at = _last_head(value, head.end() - 1, line_end)
                continue
        if not value.startswith("\\", max(head.start() - 1, 0)):
            yield _Reference(Span(head.start(), end), (head[1] or "") if head[2] == "}" else "")
        at = end


def _last_head(value: str, start: int, line_end: int) -> int:
    """Return where to continue in a line without `}`: only a name cut off by the line end can begin a reference."""
    head = value.rfind("${", start, line_end)
    return line_end if head < 0 else head
