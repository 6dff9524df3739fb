"""Hints that repeat each other: one of a kind per file, and per run of the command line, with the number of places."""

from collections.abc import Iterable, Iterator

from wslgo.linter.finding import Related, Reported, Severity
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

MORE = Message(en="{message} (the same in {count} more places)", zh="{message}（另有 {count} 处相同）")
ONE_MORE = Message(en="{message} (the same in 1 more place)", zh="{message}（另有 1 处相同）")
HERE = Message(en="The same here", zh="此处相同")


class _Kind(NamedTuple):
    """The first of the hints with a message, and the places of the others."""

    first: Reported
    others: list[Reported]


def without_repetition(found: Iterable[Reported]) -> list[Reported]:
    """Return the findings in their order, hints with the same words only once."""
    found = list(found)
    kinds: dict[tuple[str, Text], _Kind] = {}
    for reported in found:
        if reported.severity is Severity.HINT:
            kind = kinds.setdefault((reported.rule, _sentence(reported)), _Kind(reported, []))
            if kind.first is not reported:
                kind.others.append(reported)
    return list(_kept(found, kinds))


def _kept(found: list[Reported], kinds: dict[tuple[str, Text], _Kind]) -> Iterator[Reported]:
    for reported in found:
        kind = kinds.get((reported.rule, _sentence(reported))) if reported.severity is Severity.HINT else None
        if kind is None or (kind.first is reported and not kind.others):
            yield reported
        elif kind.first is reported:
            yield _with_others(reported, kind.others)


def _with_others(first: Reported, others: list[Reported]) -> Reported:
    count = sum(1 + _count(other) for other in others) + _count(first)
    message = ONE_MORE(message=_sentence(first)) if count == 1 else MORE(message=_sentence(first), count=count)
    # Only the lines of the same file can be shown.
    places = tuple(Related(other.finding.span, HERE()) for other in others if other.path == first.path)
    related = first.finding.related + places
    return first._replace(finding=first.finding._replace(message=message, related=related))


def _sentence(reported: Reported) -> Text:
    """Return the message without a number of places."""
    text = reported.finding.message
    inner = dict(text.arguments).get("message") if text.message in (MORE, ONE_MORE) else None
    return inner if isinstance(inner, Text) else text


def _count(reported: Reported) -> int:
    """Return the number of other places that the message counts."""
    text = reported.finding.message
    if text.message is ONE_MORE:
        return 1
    count = dict(text.arguments).get("count", 0) if text.message is MORE else 0
    return count if isinstance(count, int) else 0
