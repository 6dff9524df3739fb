"""A completion item."""

from enum import Enum

from wslgo.text.message import Text
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class CompletionKind(Enum):
    """The kind of a completed word."""

    SECTION = "section"
    KEY = "key"
    VALUE = "value"


class CompletionItem(NamedTuple):
    """A completion: replaces `span`, in one line, with `new` (or `snippet` if supported)."""

    label: str
    kind: CompletionKind
    span: Span
    new: str
    snippet: str = ""
    detail: Text | None = None
    about: Text | None = None
    rank: int = 0
    is_deprecated: bool = False
