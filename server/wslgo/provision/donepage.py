"""What has come of a run, or of taking it back, as a page: what was done, what was not and why."""

from collections.abc import Iterable, Iterator, Sequence

from wslgo.markdown import literal
from wslgo.message import Language, Message, Text
from wslgo.provision.hand import ChangedError, Event
from wslgo.provision.ledger import DONE, STOPPED
from wslgo.provision.planned import in_one_line
from wslgo.provision.planpage import changes, listed, marked
from wslgo.provision.undo import Way

DID = Message(en="What was done", zh="已完成的操作")
TOOK_BACK = Message(en="What was taken back", zh="已撤销的操作")
AFTERWARDS = Message(en="What you do now", zh="接下来请您操作")
NOT_BEGUN = Message(en="It was stopped before its end", zh="在完成之前被停止")

_SIGNS = {DONE: "✓", STOPPED: "…"}
_FAILED = "✗"


def done(events: Iterable[Event], after: Sequence[Text], language: Language) -> str:
    """The page of a run; `after` is what has to be started anew."""
    return "\n\n".join(_done(events, after, language)) + "\n"


def undone(ways: Iterable[Way], after: Sequence[Text], language: Language) -> str:
    """The page of an undo."""
    return "\n\n".join(_undone(ways, after, language)) + "\n"


def _done(events: Iterable[Event], after: Sequence[Text], language: Language) -> Iterator[str]:
    yield f"# {DID().render(language)}"
    yield from _afterwards(after, language)
    for event in events:
        yield f"## {_SIGNS.get(event.end, _FAILED)} {literal(marked(event.step, language))}"
        if event.end == DONE:
            yield listed([in_one_line(action).render(language) for action in event.step.actions])
        else:
            yield literal((event.problem or NOT_BEGUN()).render(language))
            yield from _change(event.change)


def _undone(ways: Iterable[Way], after: Sequence[Text], language: Language) -> Iterator[str]:
    yield f"# {TOOK_BACK().render(language)}"
    yield from _afterwards(after, language)
    for way in ways:
        if way.done is not None:
            yield f"{_SIGNS[DONE]} {literal(way.done.render(language))}"
        if way.problem is not None:
            yield f"{_FAILED} {literal(way.problem.render(language))}"
        yield from _change(way.change)


def _afterwards(after: Sequence[Text], language: Language) -> Iterator[str]:
    if after:
        yield f"## {AFTERWARDS().render(language)}"
        yield listed([one.render(language) for one in after])


def _change(change: ChangedError | None) -> Iterator[str]:
    """What somebody has made of a file since."""
    if change is not None and (change.was is not None or change.now is not None):
        yield from changes(change.path, change.was, change.now)
