"""The go env file (`$GOENV`, `~/.config/go/env`) as the go command reads it.

It is not a shell script: the key is all before the first `=`, the value all after it up to the line feed, including
quotes, spaces, `# comments` and a carriage return. A line that does not begin with A to Z is skipped silently, and so
are the first line after a byte order mark, `export GOPROXY=...` and ` GOPROXY=...`. Of two lines the last one wins.
"""

from enum import Enum

from wslgo.knowledge.go_variable_names import FIXED, KNOWN
from wslgo.syntax.go.string_literal import as_json
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"[^\n]+\n?|\n")
_NAME = pattern(r"[A-Z][A-Za-z0-9_]*")


class LineStatus(Enum):
    """The effect of a line."""

    TAKEN = "taken"
    OVERRIDDEN = "overridden"  # another line has the same key
    UNASKED = "unasked"  # read, but no variable of that name is ever taken from the file
    SKIPPED = "skipped"  # not read: no `=`, or it does not begin with A to Z


class EnvFileLine(NamedTuple):
    """A line without its line feed. Without a `=` the key is the whole line."""

    span: Span
    key: str
    key_span: Span
    value: str
    value_span: Span
    use: LineStatus

    @property
    def is_known(self) -> bool:
        """Return whether the go command uses the variable; `go env NAME` also prints others."""
        return self.key in KNOWN


class GoEnv(NamedTuple):
    """The lines of the file. UTF-16 has none: its zero bytes hide every line and key from the go command."""

    lines: tuple[EnvFileLine, ...]

    def find(self, key: str) -> EnvFileLine | None:
        """Return the line from which the go command takes `key`."""
        return next((line for line in self.lines if line.key == key and line.use is LineStatus.TAKEN), None)


def parse(source: Source, *, is_shipped: bool = False) -> GoEnv:
    """Return the lines of a go env file and their effect on the go command.

    Of two lines for one variable the last one counts, but the first one in `$GOROOT/go.env`.
    """
    if source.encoding != UTF8:
        return GoEnv(())
    lines = [_line(match.group().removesuffix("\n"), match.start()) for match in _LINE.finditer(source.text)]
    read = [(index, line) for index, line in enumerate(lines) if line.use is not LineStatus.SKIPPED]
    counts = {line.key: index for index, line in (reversed(read) if is_shipped else read)}
    return GoEnv(tuple(_with_status(line, counts.get(line.key, index) == index) for index, line in enumerate(lines)))


def report(tree: GoEnv) -> dict[str, dict[str, str]]:
    """Return the output of `wslgo parse`; it is like `go env -json`, with U+FFFD for every undecodable byte."""
    taken = (line for line in tree.lines if line.use is LineStatus.TAKEN)
    return {"values": {line.key: as_json(line.value) for line in taken}}


def _line(text: str, start: int) -> EnvFileLine:
    key, equals, value = text.partition("=")
    end = start + len(text)
    key_span = Span(start, start + len(key))
    value_span = Span(end - len(value), end)
    return EnvFileLine(Span(start, end), key, key_span, value, value_span, _use(key, bool(equals)))


def _use(key: str, has_value: bool) -> LineStatus:
    if not has_value or not "A" <= key[:1] <= "Z":
        return LineStatus.SKIPPED
    return LineStatus.TAKEN if _NAME.fullmatch(key) and key not in FIXED else LineStatus.UNASKED


def _with_status(line: EnvFileLine, is_last: bool) -> EnvFileLine:
    is_beaten = line.use is LineStatus.TAKEN and not is_last
    return line._replace(use=LineStatus.OVERRIDDEN) if is_beaten else line
