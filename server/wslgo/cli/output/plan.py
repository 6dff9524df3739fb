"""A plan on a terminal, with the exact diff of each file."""

from collections.abc import Iterator

from wslgo.cli.call import Call
from wslgo.cli.terminal import shown
from wslgo.cli.words import COMMA
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.report.text import (
    AFTERWARDS,
    HERE,
    WARNING,
    Where,
    diff_of,
    in_one_line,
    invisible_notes,
    marks,
    program_note,
)
from wslgo.text.message import Message

MARKS = Message(en=" ({marks})", zh="（{marks}）")
HEADING = Message(en="{number}. {title} [{id}]", zh="{number}. {title} [{id}]")

_STYLES = {"+": "fix", "-": "error", "@": "information"}


def as_text(plan: Plan, call: Call[object], where: Where = HERE) -> Iterator[str]:
    """Yield the lines that show a plan for a machine."""
    for number, step in enumerate(plan.steps, 1):
        heading = HEADING(number=number, title=step.title, id=step.id)
        marked = [call.rendered(mark) for mark in marks(step)]
        suffix = call.rendered(MARKS(marks=call.rendered(COMMA).join(marked))) if marked else ""
        yield call.paint("bold", call.rendered(heading)) + suffix
        yield f"   {call.rendered(step.reason)}"
        yield from (f"   {call.paint('warning', call.rendered(WARNING(text=warning)))}" for warning in step.warnings)
        yield from (f"   {call.rendered(AFTERWARDS[event]())}" for event in step.after)
        yield from _actions(step, call, where)
        yield ""


def differences(path: str, before: bytes | None, after: bytes | None, call: Call[object]) -> Iterator[str]:
    """Yield the lines of a diff as a terminal may show them."""
    for line in diff_of(path, before, after):
        harmless = shown(line.removesuffix("\n"))
        style = _STYLES.get(line[:1])
        yield call.paint(style, harmless) if style else harmless


def _actions(step: Step, call: Call[object], where: Where) -> Iterator[str]:
    for action in step.actions:
        yield f"   - {call.rendered(in_one_line(action))}"
        words = program_note(action, where)
        if words is not None:
            yield f"     {call.rendered(words)}"
        if isinstance(action, WriteFile):
            yield from differences(action.path, action.before, action.after, call)
            yield from (f"   {call.rendered(note)}" for note in invisible_notes(action))
