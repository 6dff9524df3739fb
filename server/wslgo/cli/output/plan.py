"""A plan on a terminal, with the exact diff of each file."""

from collections.abc import Iterator

from wslgo.cli.terminal import Painter, rendered, shown
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.report.text import (
    AFTERWARDS,
    HERE,
    WARNING,
    Where,
    beside_diff,
    by_whom,
    diff_of,
    in_one_line,
    marks,
)
from wslgo.text.message import Language, Message

HEADING = Message(en="{number}. {title} [{id}]", zh="{number}. {title} [{id}]")

_STYLES = {"+": "fix", "-": "error", "@": "information"}


def as_text(plan: Plan, spoken: Language, paint: Painter, where: Where = HERE) -> Iterator[str]:
    """The lines that show a plan for a machine."""
    for number, step in enumerate(plan.steps, 1):
        heading = HEADING(number=number, title=step.title, id=step.id)
        marked = [rendered(mark, spoken) for mark in marks(step)]
        behind = f" ({', '.join(marked)})" if marked else ""
        yield paint("bold", rendered(heading, spoken)) + behind
        yield f"   {rendered(step.reason, spoken)}"
        yield from (f"   {paint('warning', rendered(WARNING(text=one), spoken))}" for one in step.warnings)
        yield from (f"   {rendered(AFTERWARDS[one](), spoken)}" for one in step.after)
        yield from _actions(step, spoken, paint, where)
        yield ""


def differences(path: str, before: bytes | None, after: bytes | None, paint: Painter) -> Iterator[str]:
    """The lines of a diff as a terminal may show them."""
    for line in diff_of(path, before, after):
        harmless = shown(line.removesuffix("\n"))
        style = _STYLES.get(line[:1])
        yield paint(style, harmless) if style else harmless


def _actions(step: Step, spoken: Language, paint: Painter, where: Where) -> Iterator[str]:
    for action in step.actions:
        yield f"   - {rendered(in_one_line(action), spoken)}"
        words = by_whom(action, where)
        if words is not None:
            yield f"     {rendered(words, spoken)}"
        if isinstance(action, WriteFile):
            yield from differences(action.path, action.before, action.after, paint)
            yield from (f"   {rendered(one, spoken)}" for one in beside_diff(action))
