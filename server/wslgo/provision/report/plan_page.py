"""A plan as a page: every step with its reason and exact diffs, what root is asked for, what cannot be undone."""

from collections.abc import Iterator, Sequence

from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.report.text import AFTERWARDS, NOTHING, WARNING, beside_diff, diff_of, in_one_line, marks
from wslgo.text.markdown import block_quote, bullets, code_block, emphasis, heading, page, plain
from wslgo.text.message import Language, Markdown, Message, Text

TITLE = Message(en="Provision Go on WSL2", zh="配置 WSL2 上的 Go")
COUNT = Message(en="Steps: {count}. Nothing has been done yet", zh="步骤数：{count}。尚未进行任何更改")
ROOT = Message(en="What root is asked for", zh="需要 root 做什么")
FOR_GOOD = Message(en="What cannot be undone", zh="无法撤销的内容")
LEFT = Message(en="Left to you", zh="需由您处理")
PROBLEMS = Message(en="What stands in the way", zh="存在的问题")
MARKED = Message(en="{title} ({marks})", zh="{title}（{marks}）")


def markdown(plan: Plan, root: Text | None, problems: Sequence[Text], language: Language) -> Markdown:
    """The page. `root` says how a command becomes root, where one must; `problems` are what a plan cannot mend."""
    return page(_blocks(plan, root, problems, language))


def of_root(plan: Plan) -> list[Text]:
    """All that root does for a plan, a line each."""
    return [in_one_line(action) for step in plan.steps if step.needs_root for action in step.actions]


def listed(lines: Sequence[Text], language: Language) -> Markdown:
    """The lines as a list in Markdown."""
    return bullets(plain(line, language) for line in lines)


def _blocks(plan: Plan, root: Text | None, problems: Sequence[Text], language: Language) -> Iterator[Markdown]:
    yield heading(1, plain(TITLE(), language))
    yield plain(COUNT(count=len(plan.steps)) if plan.steps else NOTHING(), language)
    yield from _section(PROBLEMS, problems, language)
    if root is not None:
        yield from _section(ROOT, of_root(plan), language, plain(root, language))
    for number, step in enumerate(plan.steps, 1):
        yield heading(2, Markdown(f"{number}."), marked(step, language))
        yield from _step(step, language)
    yield from _section(FOR_GOOD, [step.title for step in plan.steps if not step.reversible], language)
    yield from _section(LEFT, plan.notes, language)


def marked(step: Step, language: Language) -> Markdown:
    """The title of a step with what is special about it."""
    said = ", ".join(mark.render(language) for mark in marks(step))
    return plain(MARKED(title=step.title, marks=said) if said else step.title, language)


def _section(title: Message, lines: Sequence[Text], language: Language, *before: Markdown) -> Iterator[Markdown]:
    if lines:
        yield from (heading(2, plain(title(), language)), *before, listed(lines, language))


def _step(step: Step, language: Language) -> Iterator[Markdown]:
    yield plain(step.reason, language)
    yield from (block_quote(plain(WARNING(text=one), language)) for one in step.warnings)
    yield from (emphasis(plain(AFTERWARDS[one](), language)) for one in step.after)
    for action in step.actions:
        yield listed([in_one_line(action)], language)
        if isinstance(action, WriteFile):
            yield from changes(action.path, action.before, action.after)
            yield from (block_quote(plain(one, language)) for one in beside_diff(action))


def changes(path: str, before: bytes | None, after: bytes | None) -> Iterator[Markdown]:
    """The diff of a file, where there is one to see."""
    lines = "".join(diff_of(path, before, after))
    if lines:
        yield code_block(lines, "diff")
