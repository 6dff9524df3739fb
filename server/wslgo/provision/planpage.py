"""A plan as a page: every step with its reason and exact diffs, what root is asked for, what cannot be undone."""

from collections.abc import Iterator, Sequence

from wslgo.markdown import fenced, literal
from wslgo.message import Language, Message, Text
from wslgo.provision.planned import AFTERWARDS, NOTHING, WARNING, beside_diff, diff_of, in_one_line, marks
from wslgo.provision.step import Plan, Step, WriteFile

TITLE = Message(en="Provision Go on WSL2", zh="配置 WSL2 上的 Go")
COUNT = Message(en="Steps: {count}. Nothing has been done yet", zh="步骤数：{count}。尚未进行任何更改")
ROOT = Message(en="What root is asked for", zh="需要 root 做什么")
FOR_GOOD = Message(en="What cannot be undone", zh="无法撤销的内容")
LEFT = Message(en="Left to you", zh="需由您处理")
PROBLEMS = Message(en="What stands in the way", zh="存在的问题")
MARKED = Message(en="{title} ({marks})", zh="{title}（{marks}）")


def markdown(plan: Plan, root: Text | None, problems: Sequence[Text], language: Language) -> str:
    """The page. `root` says how a command becomes root, where one must; `problems` are what a plan cannot mend."""
    return "\n\n".join(_blocks(plan, root, problems, language)) + "\n"


def of_root(plan: Plan, language: Language) -> list[str]:
    """All that root does for a plan, a line each."""
    return [in_one_line(action).render(language) for step in plan.steps if step.needs_root for action in step.actions]


def listed(lines: Sequence[str]) -> str:
    """The lines as a list in Markdown."""
    return "\n".join(f"- {literal(line)}" for line in lines)


def _blocks(plan: Plan, root: Text | None, problems: Sequence[Text], language: Language) -> Iterator[str]:
    yield f"# {TITLE().render(language)}"
    yield (COUNT(count=len(plan.steps)) if plan.steps else NOTHING()).render(language)
    yield from _section(PROBLEMS, [one.render(language) for one in problems], language)
    if root is not None:
        yield from _section(ROOT, of_root(plan, language), language, literal(root.render(language)))
    for number, step in enumerate(plan.steps, 1):
        yield f"## {number}. {literal(marked(step, language))}"
        yield from _step(step, language)
    yield from _section(FOR_GOOD, [step.title.render(language) for step in plan.steps if not step.reversible], language)
    yield from _section(LEFT, [note.render(language) for note in plan.notes], language)


def marked(step: Step, language: Language) -> str:
    """The title of a step with what is special about it."""
    title = step.title.render(language)
    said = ", ".join(mark.render(language) for mark in marks(step))
    return MARKED(title=title, marks=said).render(language) if said else title


def _section(title: Message, lines: Sequence[str], language: Language, *before: str) -> Iterator[str]:
    if lines:
        yield from (f"## {title().render(language)}", *before, listed(lines))


def _step(step: Step, language: Language) -> Iterator[str]:
    yield literal(step.reason.render(language))
    yield from (f"> {literal(WARNING(text=one).render(language))}" for one in step.warnings)
    yield from (f"*{literal(AFTERWARDS[one]().render(language))}*" for one in step.after)
    for action in step.actions:
        yield listed([in_one_line(action).render(language)])
        if isinstance(action, WriteFile):
            yield from changes(action.path, action.before, action.after)
            yield from (f"> {literal(one.render(language))}" for one in beside_diff(action))


def changes(path: str, before: bytes | None, after: bytes | None) -> Iterator[str]:
    """The diff of a file, where there is one to see."""
    lines = "".join(diff_of(path, before, after))
    if lines:
        yield fenced(lines, "diff")
