"""Text in lines of a terminal."""

from textwrap import wrap

from wslgo.text.pattern import pattern

# What stays together at the end of a line: a word or a Chinese character, with the punctuation around it.
_PIECE = pattern(r"[（「“]?(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef])[，。、；：）」”]*\s*")


def wrapped(text: str, room: int) -> list[str]:
    """Return lines of at most `room` columns; Chinese text may be broken between any two characters."""
    if text.isascii():
        return wrap(text, room)
    from wslgo.cli.output.excerpt import width  # English needs none

    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width(lines[-1] + piece.rstrip()) > room:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]
