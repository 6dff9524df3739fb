"""The settings of `.air.toml`, the file of the reload tool air (1.63), and its comments."""

from wslgo.syntax import toml
from wslgo.syntax.hash_comments import comments
from wslgo.syntax.toml import Value
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_BUILD = pattern(r"[ \t]*\[[ \t]*build[ \t]*\][ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")


class AirFile(NamedTuple):
    """The values in order, and the place after the header of the table `build`; None if the file has none."""

    values: tuple[Value, ...]
    build: int | None
    comments: tuple[Span, ...]

    def find(self, *keys: str) -> Value | None:
        """Return the value of a key."""
        return next((value for value in self.values if value.keys == keys), None)


def parse(source: Source) -> AirFile:
    """Return the settings of a file."""
    text = source.text if source.encoding == UTF8 else ""
    return AirFile(tuple(toml.values(text)), _after_header(text), comments(text))


def _after_header(text: str) -> int | None:
    at = 0
    while 0 <= at < len(text):
        found = _BUILD.match(text, at)
        if found:
            return found.end()
        at = text.find("\n", at) + 1 or -1
    return None
