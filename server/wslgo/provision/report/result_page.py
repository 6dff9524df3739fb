"""The result of a run or of an undo as a page: what was done, what was not, and why."""

from collections.abc import Iterable, Iterator, Sequence

from wslgo.provision.apply.context import DriftError, Event
from wslgo.provision.apply.ledger import DONE, STOPPED
from wslgo.provision.apply.reversal import Reversal
from wslgo.provision.report.plan_page import changes, line_list, title_with_marks
from wslgo.provision.report.text import in_one_line
from wslgo.text.markdown import block_quote, concatenation, heading, page, plain
from wslgo.text.message import Language, Markdown, Message, Text

DONE_TITLE = Message(en="Changes made", zh="已完成的更改")
UNDONE_TITLE = Message(en="Changes undone", zh="已撤销的更改")
AFTERWARDS = Message(en="Next steps", zh="后续步骤")
NOT_BEGUN = Message(en="Stopped before it was finished", zh="在完成之前被停止")

_SIGNS = {DONE: Markdown("✓"), STOPPED: Markdown("…")}
_FAILED = Markdown("✗")


def done_page(events: Iterable[Event], after: Sequence[Text], language: Language) -> Markdown:
    """Return the page of a run; `after` are the restarts that it needs."""
    return page(_done(events, after, language))


def undone_page(reversals: Iterable[Reversal], after: Sequence[Text], language: Language) -> Markdown:
    """Return the page of an undo."""
    return page(_undone(reversals, after, language))


def _done(events: Iterable[Event], after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(DONE_TITLE(), language))
    yield from _afterwards(after, language)
    for event in events:
        yield heading(2, _SIGNS.get(event.end, _FAILED), title_with_marks(event.step, language))
        if event.end == DONE:
            yield line_list([in_one_line(action) for action in event.step.actions], language)
        else:
            yield plain(event.problem or NOT_BEGUN(), language)
            yield from _change(event.change)


def _undone(reversals: Iterable[Reversal], after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(UNDONE_TITLE(), language))
    yield from _afterwards(after, language)
    for reversal in reversals:
        if reversal.note is not None:
            yield block_quote(plain(reversal.note, language))
        if reversal.done is not None:
            yield concatenation((_SIGNS[DONE], plain(reversal.done, language)), " ")
        if reversal.problem is not None:
            yield concatenation((_FAILED, plain(reversal.problem, language)), " ")
        yield from _change(reversal.change)


def _afterwards(after: Sequence[Text], language: Language) -> Iterator[Markdown]:
    if after:
        yield heading(2, plain(AFTERWARDS(), language))
        yield line_list(after, language)


def _change(change: DriftError | None) -> Iterator[Markdown]:
    """Yield the diff of a change that was made since."""
    if change is not None and (change.was is not None or change.now is not None):
        yield from changes(change.path, change.was, change.now)
