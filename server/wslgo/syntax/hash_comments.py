"""Comments that begin with `#`, in the syntaxes where no program but ours looks at them."""

from wslgo.text.pattern import pattern
from wslgo.text.span import Span

_ANYWHERE = pattern(r"(?:(?<=[\s])|\A)#[^\n]*")
_AT_START = pattern(r"(?:(?<=\n)|\A)[ \t]*(#[^\n]*)")


def comments(text: str) -> tuple[Span, ...]:
    """Return the comments at the start of a line and after a space; some of them may be in quotes."""
    return tuple(Span(*match.span()) for match in _ANYWHERE.finditer(text))


def line_comments(text: str) -> tuple[Span, ...]:
    """Return the lines that are a comment."""
    return tuple(Span(*match.span(1)) for match in _AT_START.finditer(text))
