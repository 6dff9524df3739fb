"""A plan as a page: every step with its reason and exact diffs, the changes by root, and what cannot be undone."""

from collections.abc import Iterator, Sequence

from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.plan.judgement import Remainder
from wslgo.provision.report.text import (
    AFTERWARDS,
    NOTHING_LEFT,
    WARNING,
    diff_of,
    in_one_line,
    invisible_notes,
    left_lines,
    marks,
    outcome,
)
from wslgo.text.markdown import block_quote, bullets, code_block, emphasis, heading, page, plain
from wslgo.text.message import Language, Markdown, Message, Text

TITLE = Message(en="Provision Go on WSL2", zh="一键配置 WSL2 Go 环境")
COUNT = Message(en="Steps: {count}. Nothing has been changed yet", zh="步骤数：{count}。尚未进行任何更改")
ROOT = Message(en="Changes as root", zh="以 root 身份进行的更改")
FOR_GOOD = Message(en="Cannot be undone", zh="无法撤销的更改")
LEFT = Message(en="Manual steps", zh="需手动执行的步骤")
PROBLEMS = Message(en="Not fixed by this plan", zh="此计划无法解决的问题")
MARKED = Message(en="{title} ({marks})", zh="{title}（{marks}）")


def markdown(
    plan: Plan, root: Text | None, problems: Sequence[Text], language: Language, left: Remainder = NOTHING_LEFT
) -> Markdown:
    """Return the page. `root` tells how a command becomes root, if one must; `problems` are what a plan cannot fix."""
    return page(_blocks(plan, root, (*problems, *left_lines(left)), language, outcome(plan, left)))


def of_root(plan: Plan) -> list[Text]:
    """Return every action of root, a line each."""
    return [in_one_line(action) for step in plan.steps if step.needs_root for action in step.actions]


def line_list(lines: Sequence[Text], language: Language) -> Markdown:
    """Return the lines as a list in Markdown."""
    return bullets(plain(line, language) for line in lines)


def _blocks(
    plan: Plan, root: Text | None, problems: Sequence[Text], language: Language, end: Text | None
) -> Iterator[Markdown]:
    yield heading(1, plain(TITLE(), language))
    yield plain(end or COUNT(count=len(plan.steps)), language)
    yield from _section(PROBLEMS, problems, language)
    if root is not None:
        yield from _section(ROOT, of_root(plan), language, plain(root, language))
    for number, step in enumerate(plan.steps, 1):
        yield heading(2, Markdown(f"{number}."), title_with_marks(step, language))
        yield from _step(step, language)
    yield from _section(FOR_GOOD, [step.title for step in plan.steps if not step.reversible], language)
    yield from _section(LEFT, plan.notes, language)


def title_with_marks(step: Step, language: Language) -> Markdown:
    """Return the title of a step with its marks."""
    words = tuple(marks(step))
    return plain(MARKED(title=step.title, marks=words) if words else step.title, language)


def _section(title: Message, lines: Sequence[Text], language: Language, *before: Markdown) -> Iterator[Markdown]:
    if lines:
        yield from (heading(2, plain(title(), language)), *before, line_list(lines, language))


def _step(step: Step, language: Language) -> Iterator[Markdown]:
    yield plain(step.reason, language)
    yield from (block_quote(plain(WARNING(text=warning), language)) for warning in step.warnings)
    yield from (emphasis(plain(AFTERWARDS[restart](), language)) for restart in step.after)
    for action in step.actions:
        yield line_list([in_one_line(action)], language)
        if isinstance(action, WriteFile):
            yield from changes(action.path, action.before, action.after)
            yield from (block_quote(plain(change, language)) for change in invisible_notes(action))


def changes(path: str, before: bytes | None, after: bytes | None) -> Iterator[Markdown]:
    """Yield the diff of a file, unless it is empty."""
    lines = "".join(diff_of(path, before, after))
    if lines:
        yield code_block(lines, "diff")
