"""/etc/resolv.conf as glibc reads it (resolv/res_init.c, glibc 2.36; resolver(5)).

A directive begins in the first column with its word and a space; a line that begins with `#` or `;` is a comment. Every
other line is ignored silently.
"""

from enum import Enum
from typing import NamedTuple

from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span

KEYWORDS = ("nameserver", "domain", "search", "sortlist", "options")

_LINE = pattern(r"[^\n]+")
_DIRECTIVE = pattern(rf"({'|'.join(KEYWORDS)})[ \t]+(?![ \t])(.*)\Z")
_ADDRESS = pattern(r"[^;# \t]+")  # glibc ends it there
_BLANKS = " \t\r"


class LineStatus(Enum):
    """The effect of a line."""

    DIRECTIVE = "directive"
    COMMENT = "comment"
    IGNORED = "ignored"


class ResolvConfLine(NamedTuple):
    """A line that is not empty, without its line end; `keyword` and `value` are those of a directive."""

    span: Span
    use: LineStatus
    keyword: str = ""
    value: str = ""


class ResolvConf(NamedTuple):
    """The lines of a file in order."""

    lines: tuple[ResolvConfLine, ...]

    @property
    def comments(self) -> tuple[Span, ...]:
        return tuple(line.span for line in self.lines if line.use is LineStatus.COMMENT)

    @property
    def name_servers(self) -> tuple[str, ...]:
        """The addresses in the order of the queries; glibc uses the first three."""
        found = (_ADDRESS.match(line.value) for line in self.lines if line.keyword == "nameserver")
        return tuple(address[0] for address in found if address is not None)


def parse(source: Source) -> ResolvConf:
    """Return the lines of a file; in UTF-16 glibc finds none."""
    text = source.text if source.encoding == UTF8 else ""
    found = (_line(match.group(), Span(*match.span())) for match in _LINE.finditer(text))
    return ResolvConf(tuple(line for line in found if line is not None))


def _line(text: str, span: Span) -> ResolvConfLine | None:
    if not text.strip(_BLANKS):
        return None
    if text[0] in "#;":
        return ResolvConfLine(span, LineStatus.COMMENT)
    directive = _DIRECTIVE.match(text)
    if directive is None:
        return ResolvConfLine(span, LineStatus.IGNORED)
    return ResolvConfLine(span, LineStatus.DIRECTIVE, directive[1], directive[2].rstrip(_BLANKS))
