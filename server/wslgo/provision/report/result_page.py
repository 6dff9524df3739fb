"""What has come of a run, or of taking it back, as a page: what was done, what was not and why."""

from collections.abc import Iterable, Iterator, Sequence

from wslgo.provision.apply.context import DriftError, Event
from wslgo.provision.apply.ledger import DONE, STOPPED
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.report.plan_page import changes, listed, marked
from wslgo.provision.report.text import in_one_line
from wslgo.text.markdown import block_quote, concatenation, heading, page, plain
from wslgo.text.message import Language, Markdown, Message, Text

DID = Message(en="What was done", zh="已完成的操作")
TOOK_BACK = Message(en="What was taken back", zh="已撤销的操作")
AFTERWARDS = Message(en="What you do now", zh="接下来请您操作")
NOT_BEGUN = Message(en="It was stopped before its end", zh="在完成之前被停止")

_SIGNS = {DONE: Markdown("✓"), STOPPED: Markdown("…")}
_FAILED = Markdown("✗")


def done(events: Iterable[Event], after: Sequence[Text], language: Language) -> Markdown:
    """The page of a run; `after` is what has to be started anew."""
    return page(_done(events, after, language))


def undone(ways: Iterable[Reversal], after: Sequence[Text], language: Language) -> Markdown:
    """The page of an undo."""
    return page(_undone(ways, after, language))


def _done(events: Iterable[Event], after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(DID(), language))
    yield from _afterwards(after, language)
    for event in events:
        yield heading(2, _SIGNS.get(event.end, _FAILED), marked(event.step, language))
        if event.end == DONE:
            yield listed([in_one_line(action) for action in event.step.actions], language)
        else:
            yield plain(event.problem or NOT_BEGUN(), language)
            yield from _change(event.change)


def _undone(ways: Iterable[Reversal], after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(TOOK_BACK(), language))
    yield from _afterwards(after, language)
    for way in ways:
        if way.note is not None:
            yield block_quote(plain(way.note, language))
        if way.done is not None:
            yield concatenation((_SIGNS[DONE], plain(way.done, language)), " ")
        if way.problem is not None:
            yield concatenation((_FAILED, plain(way.problem, language)), " ")
        yield from _change(way.change)


def _afterwards(after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    if after:
        yield heading(2, plain(AFTERWARDS(), language))
        yield listed(after, language)


def _change(change: DriftError | None) -> Iterator[Markdown]:
    """What somebody has made of a file since."""
    if change is not None and (change.was is not None or change.now is not None):
        yield from changes(change.path, change.was, change.now)
