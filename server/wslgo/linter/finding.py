"""Findings of rules: inert data that editor and terminal render."""

from enum import Enum, IntEnum

from wslgo.text.message import Message, Text
from wslgo.text.next_step import COMMANDS
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple


class Severity(IntEnum):
    """The severity of a finding; the numbers are those of LSP.

    ERROR: WSL, go or Delve rejects the file or stops reading it. WARNING: it silently does something else, or costs a
    lot. INFORMATION: true and worth a click. HINT: taste, cost, deliberate choices.
    """

    ERROR = 1
    WARNING = 2
    INFORMATION = 3
    HINT = 4


# The words for severities in every output for users.
SEVERITY_WORDS = {
    Severity.ERROR: Message(en="error", zh="错误"),
    Severity.WARNING: Message(en="warning", zh="警告"),
    Severity.INFORMATION: Message(en="info", zh="信息"),
    Severity.HINT: Message(en="hint", zh="提示"),
}


class Safety(Enum):
    """The permission to apply a fix without asking."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Tag(IntEnum):
    """A way in which an editor may draw the span; the numbers are those of LSP."""

    UNNECESSARY = 1
    DEPRECATED = 2


class Fix(NamedTuple):
    """Edits that resolve a finding.

    A fix is safe if it is certainly what the user wants. `bytewise` edits change bytes that an editor hides or rewrites
    (byte order mark, encoding, line endings), so the editor applies them through a command that writes bytes.
    `encoding` is the new encoding of the file; "" keeps the old one.
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
    """One problem, at the smallest span; a `severity` here overrides that of the rule.

    A finding about the machine has no place in a file: it is about a fact (`go.goproxy`), and `next` is what to type.
    `topic` answers it, where that of its rule does not.
    """

    span: Span
    message: Text
    fixes: tuple[Fix, ...] = ()
    related: tuple[Related, ...] = ()
    tags: tuple[Tag, ...] = ()
    severity: Severity | None = None
    about: str = ""
    next: Text | None = None
    topic: str = ""


NOWHERE = Span(0, 0)  # the span of a finding about the machine


def machine_finding(
    message: Text,
    next_step: Text | None = None,
    *,
    severity: Severity | None = None,
    about: str = "",
) -> Finding:
    """Return a finding about the machine; `about` is needed only from a rule about several facts."""
    return Finding(NOWHERE, message, severity=severity, about=about, next=next_step)


_MOST_RELATED = 20


def readable(finding: Finding) -> Finding:
    """Return the finding without more than users read: long values cut in every message, few related places."""
    related = finding.related[:_MOST_RELATED]
    return finding._replace(
        message=finding.message.shortened(),
        # The edits stay whole: they are written.
        fixes=tuple(fix._replace(title=fix.title.shortened()) for fix in finding.fixes),
        related=tuple(place._replace(message=place.message.shortened()) for place in related),
        next=None if finding.next is None else _readable_step(finding.next),
    )


def _readable_step(step: Text) -> Text:
    """Return a next step with long values cut; a command stays whole, since users paste it."""
    return step if step.message in COMMANDS else step.shortened()


class Reported(NamedTuple):
    """A finding with its rule, its path ("" for one about the machine), and its severity after the settings."""

    rule: str
    severity: Severity
    path: str
    finding: Finding


class Overflow(NamedTuple):
    """The findings of a file beyond the limit: their number, the worst severity, and the number shown."""

    hidden: int
    severity: Severity
    shown: int


def choice(reported: Reported, unsafe: bool, bytewise: bool = True) -> Fix | None:
    """Return the first fix of a finding that may be applied without asking."""
    return next((fix for fix in reported.finding.fixes if _is_allowed(fix, unsafe, bytewise)), None)


def _is_allowed(fix: Fix, unsafe: bool, bytewise: bool) -> bool:
    stays = not any(edit.path for edit in fix.edits)
    return stays and (unsafe or fix.safety is Safety.SAFE) and (bytewise or not fix.bytewise)
