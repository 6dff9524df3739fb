"""The tools and versions of a `.tool-versions` file, as asdf 0.18 and mise 2026.9 read it.

A line is a tool and its versions, of which the first that is installed counts. Both drop what follows a `#` anywhere.
Of two lines for one tool asdf takes the first and mise the last.
"""

from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_LINE = pattern(r"([^\n#]*)(#[^\n]*)?\n?")
_WORD = pattern(r"[^ \t\r]+")


class Word(NamedTuple):
    """A word of a line, and its place."""

    text: str
    span: Span


class Tool(NamedTuple):
    """A line: the name of a tool, and its versions."""

    name: Word
    versions: tuple[Word, ...]


class ToolVersions(NamedTuple):
    """The tools of a file in order, and its comments."""

    tools: tuple[Tool, ...]
    comments: tuple[Span, ...]


def parse(source: Source) -> ToolVersions:
    """Return the tools of a file."""
    text = source.text if source.encoding == UTF8 else ""
    tools: list[Tool] = []
    comments: list[Span] = []
    for line in _LINE.finditer(text):
        words = [Word(word[0], Span(*word.span())) for word in _WORD.finditer(text, *line.span(1))]
        if words:
            tools.append(Tool(words[0], tuple(words[1:])))
        if line[2]:
            comments.append(Span(*line.span(2)))
    return ToolVersions(tuple(tools), tuple(comments))
