"""The values of an expression of a workflow, `${{ matrix.go }}`: one for each value of the matrix.

Sources: the syntax of workflows in the documentation of GitHub (`matrix`, `include`, `exclude`; 2026-11).
"""

from collections.abc import Iterator, Mapping

from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

Keys = tuple[Key, ...]
Leaves = Mapping[Keys, Leaf]

_NAME = pattern(r"(matrix|env|inputs)((?:\.[A-Za-z_][\w-]*)+)")
_MOST = 60  # values of one setting


class Item(NamedTuple):
    """A value with its place; the text is None if the value is not in the file."""

    text: str | None
    span: Span | None = None
    variant: str = ""


class Names(NamedTuple):
    """The names in expressions: the matrix of a job, and variables; one without a value is not in `values`."""

    matrix: Mapping[str, tuple[Item, ...]] = {}
    values: Mapping[str, tuple[Item, ...]] = {}


def axes(leaves: Leaves, job: Keys) -> Mapping[str, tuple[Item, ...]]:
    """Return the values of the matrix of a job by their names; one that only a running job knows has one unknown."""
    found: dict[str, list[Item]] = {}
    base = (*job, "strategy", "matrix")
    for keys, leaf in leaves.items():
        if keys[: len(base)] != base or len(keys) == len(base):
            continue
        rest = keys[len(base) :]
        is_include = rest[0] == "include" and len(rest) > 2
        names = rest[2:] if is_include else (rest[0], *rest[2:])
        if rest[0] in ("include", "exclude") and not is_include:
            continue
        name = ".".join(map(str, names))
        is_open = "${{" in leaf.value or (len(rest) == 1)
        found.setdefault(name, []).append(Item(None if is_open else leaf.value, leaf.span))
    excluded = _excluded(leaves, base)
    return {
        name: tuple({item.text: item for item in items if (name, item.text) not in excluded}.values())
        for name, items in found.items()
    }


def _excluded(leaves: Leaves, base: Keys) -> set[tuple[str, str | None]]:
    """Return the values that are excluded wherever they are: those of an exclusion with one name."""
    by_item: dict[Key, list[tuple[str, str | None]]] = {}
    for keys, leaf in leaves.items():
        rest = keys[len(base) :] if keys[: len(base)] == base else ()
        if len(rest) > 2 and rest[0] == "exclude":
            by_item.setdefault(rest[1], []).append((".".join(map(str, rest[2:])), leaf.value))
    return {item[0] for item in by_item.values() if len(item) == 1}


def expanded(text: str, span: Span | None, names: Names, depth: int = 3) -> tuple[Item, ...]:
    """Return the values of a text; one whose expression is not known is None."""
    start = text.find("${{")
    if start < 0:
        return (Item(text, span),)
    end = text.find("}}", start)
    named = _NAME.fullmatch(text[start + 3 : end].strip()) if end > 0 else None
    values = _values(named[1], named[2][1:], names) if named is not None and depth else ()
    found = list(_filled(text, (start, end + 2), values, span, names, depth))
    return tuple(found[:_MOST]) or (Item(None, span),)


def _values(context: str, name: str, names: Names) -> tuple[Item, ...]:
    if context != "matrix":
        return names.values.get(f"{context}.{name}", ())
    label = name.replace("_", "-").removesuffix("-version")
    return tuple(item._replace(variant=f"{label} {item.text}") for item in names.matrix.get(name, ()))


def _filled(
    text: str, at: tuple[int, int], values: tuple[Item, ...], span: Span | None, names: Names, depth: int
) -> Iterator[Item]:
    is_whole = at == (0, len(text))
    for item in values[:_MOST]:
        if item.text is None:
            yield Item(None, span)
            continue
        for rest in expanded(f"{text[: at[0]]}{item.text}{text[at[1] :]}", span, names, depth - 1):
            variant = ", ".join(filter(None, (item.variant, rest.variant)))
            yield Item(rest.text, item.span if is_whole and item.span else span, variant)
