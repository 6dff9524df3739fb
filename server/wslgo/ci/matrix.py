"""The values of an expression of a workflow, `${{ matrix.go }}`: one for each value of the matrix."""

from collections.abc import Callable, Iterator
from itertools import islice

from wslgo.syntax.workflow import Job
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_NAME = pattern(r"(?:matrix|env|inputs)(?:\.[A-Za-z_][\w-]*)+")
_MOST = 60  # values of one setting


class Item(NamedTuple):
    """A value with its place; the text is None if the value is not in the file."""

    text: str | None
    span: Span | None = None
    variant: str = ""


# The values of a name such as `matrix.go`, "" for none.
Names = Callable[[str], tuple[Item, ...]]


def names_of(job: Job, inputs: Names) -> Names:
    """Return the values of the names that the expressions of a job can use."""

    known: dict[str, tuple[Item, ...]] = {}

    def values(name: str) -> tuple[Item, ...]:
        if name not in known:
            known[name] = found(name)[:_MOST]
        return known[name]

    def found(name: str) -> tuple[Item, ...]:
        if name.startswith("inputs."):
            return inputs(name.removeprefix("inputs."))
        written = [(value.leaf.value, value.leaf.span) for value in job.values(name)]
        if not name.startswith("matrix."):
            return tuple(Item(text, span) for text, span in written)
        label = name.removeprefix("matrix.").replace("_", "-").removesuffix("-version")
        return tuple(Item(text, span, f"{label} {text}") for text, span in dict(written).items())

    return values


def expanded(text: str, span: Span | None, names: Names, depth: int = 3) -> tuple[Item, ...]:
    """Return the values of a text; one whose expression is not known is None, and so is one that is not here."""
    start = text.find("${{")
    if start < 0:
        return (Item(text, span),)
    end = text.find("}}", start)
    name = text[start + 3 : end].strip() if end > 0 else ""
    values = names(name) if depth and _NAME.fullmatch(name) else ()
    found = islice(_filled(text, (start, end + 2), values, span, names, depth), _MOST)
    return tuple(found) or (Item(None, span),)


def _filled(
    text: str, at: tuple[int, int], values: tuple[Item, ...], span: Span | None, names: Names, depth: int
) -> Iterator[Item]:
    is_whole = at == (0, len(text))
    for item in values[:_MOST]:
        if item.text is None:
            yield Item(None, span)
            continue
        for rest in expanded(f"{text[: at[0]]}{item.text}{text[at[1] :]}", span, names, depth - 1):
            is_nested = rest.span != span and is_whole
            variant = ", ".join(filter(None, (item.variant if rest.text is not None else "", rest.variant)))
            yield Item(rest.text, rest.span if is_nested else item.span if is_whole and item.span else span, variant)
