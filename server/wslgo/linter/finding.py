"""What a rule has to say: inert data that editor and terminal render."""

from enum import Enum, IntEnum
from typing import NamedTuple

from wslgo.text.message import Text
from wslgo.text.span import Edit, Span


class Severity(IntEnum):
    """How loud; the numbers are those of LSP.

    ERROR: the consumer refuses the file or stops reading. WARNING: it silently does something else, or costs a lot.
    INFORMATION: true and worth a click. HINT: taste, cost, deliberate choices.
    """

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4


class Safety(Enum):
    """Whether a fix may be applied without asking."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Tag(IntEnum):
    """How an editor may draw the span; the numbers are those of LSP."""

    UNNECESSARY = 1
    DEPRECATED = 2


class Fix(NamedTuple):
    """Edits that resolve a finding.

    Safe when the user can only have meant that. `bytewise` edits touch what an editor hides or rewrites (byte order
    mark, encoding, line ends), so the editor applies them through a command that writes bytes; `encoding` is the one
    the file then gets ("" keeps it).
    """

    title: Text
    edits: tuple[Edit, ...]
    safety: Safety = Safety.UNSAFE
    bytewise: bool = False
    encoding: str = ""


class Related(NamedTuple):
    """A place that explains a finding; an empty `path` means the same file."""

    span: Span
    message: Text
    path: str = ""


class Finding(NamedTuple):
    """One thing that is wrong, at the smallest span. A `severity` here goes before that of the rule."""

    span: Span
    message: Text
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    tags: tuple[Tag, ...] = ()
    severity: Severity | None = None


_MOST_RELATED = 20


def bounded(finding: Finding) -> Finding:
    """Return the finding with no more than people read: long values cut in all its sentences, some related places."""
    return finding._replace(
        message=finding.message.shortened(),
        # The edits stay whole: they are what is written.
        fixes=tuple(fix._replace(title=fix.title.shortened()) for fix in finding.fixes),
        related=tuple(one._replace(message=one.message.shortened()) for one in finding.related[:_MOST_RELATED]),
    )


class Reported(NamedTuple):
    """A finding with what the rule and the settings add to it."""

    rule: str
    severity: Severity
    path: str
    finding: Finding


class Overflow(NamedTuple):
    """How many findings of a file are not shown, how severe the worst of them is, and how many are shown."""

    hidden: int
    severity: Severity
    shown: int
