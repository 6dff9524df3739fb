"""A workflow of GitHub, or a composite action, as jobs and steps. It never raises, and skips what it cannot read.

Follows the documentation of GitHub (workflow syntax, contexts and expressions, as of 2026-11): a matrix is the product
of its lists without the combinations of `exclude`, and `include` adds values to it; `matrix` is known only in a job.
Aliases of YAML are read, merge keys are not, as GitHub rejects them.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from wslgo.syntax import yaml_scalars
from wslgo.syntax.file import File
from wslgo.syntax.yaml_scalars import Key, Leaf
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.typing import NamedTuple

Keys = tuple[Key, ...]
Leaves = Mapping[Keys, Leaf]

_EXPRESSION = pattern(r"\$\{\{[ \t]*([\w.-]+)[ \t]*\}\}")
_MOST_COMBINATIONS = 256  # GitHub starts no more jobs for a matrix


class Step(NamedTuple):
    """A step of a job: its scalars by the keys below it."""

    leaves: Leaves

    @property
    def uses(self) -> str:
        """The action with its version, "" for a command."""
        return self.text("uses")

    @property
    def run(self) -> str:
        """The command, "" for an action."""
        return self.text("run")

    def input(self, name: str) -> Leaf | None:
        """Return an input of the action."""
        return self.leaves.get(("with", name))

    def text(self, *keys: Key) -> str:
        """Return a scalar as text, "" if there is none."""
        leaf = self.leaves.get(keys)
        return "" if leaf is None else leaf.value


class Value(NamedTuple):
    """A value that an expression may have, with the place of its text.

    `is_added`: it comes from `include` of a matrix; `is_one_of_several`: other jobs get another value.
    """

    leaf: Leaf
    is_added: bool = False
    is_one_of_several: bool = False


class Job(NamedTuple):
    """A job: its name, its scalars by the keys below it, its steps, and the variables of the workflow."""

    name: str
    leaves: Leaves
    steps: tuple[Step, ...]
    variables: Leaves

    def text(self, *keys: Key) -> str:
        """Return a scalar as text, "" if there is none."""
        leaf = self.leaves.get(keys)
        return "" if leaf is None else leaf.value

    def values(self, reference: str) -> tuple[Value, ...]:
        """Return the values of `matrix.NAME` or `env.NAME`, as far as the text tells them."""
        context, _, rest = reference.partition(".")
        if context == "matrix":
            return tuple(_of_matrix(self.leaves, tuple(rest.split("."))))
        leaf = self.leaves.get(("env", rest)) or self.variables.get((rest,)) if context == "env" else None
        return () if leaf is None else (Value(leaf),)


def reference_of(text: str) -> str | None:
    """Return the property that a text consists of: `matrix.go` of `${{ matrix.go }}`."""
    found = _EXPRESSION.fullmatch(text.strip())
    return None if found is None else found[1]


def jobs(file: File) -> tuple[Job, ...]:
    """Return the jobs of a workflow in order; an action is one job without a name."""
    return file.ask(_jobs)


def _jobs(file: File) -> tuple[Job, ...]:
    text = file.source.text if file.source.encoding == UTF8 else ""
    by_job: dict[Keys, dict[Keys, Leaf]] = {}
    variables: dict[Keys, Leaf] = {}
    for leaf in yaml_scalars.resolved(text, merges=False):
        keys = leaf.keys
        if keys[0] == "jobs" and len(keys) > len(("jobs", "NAME")):
            by_job.setdefault(keys[:2], {})[keys[2:]] = leaf
        elif keys[0] == "runs" and len(keys) > 1:
            by_job.setdefault(keys[:1], {})[keys[1:]] = leaf
        elif keys[0] == "env" and len(keys) > 1:
            variables[keys[1:]] = leaf
    return tuple(
        Job("" if keys == ("runs",) else str(keys[-1]), leaves, tuple(_steps(leaves)), variables)
        for keys, leaves in by_job.items()
    )


def _steps(leaves: Leaves) -> Iterator[Step]:
    steps: dict[Key, dict[Keys, Leaf]] = {}
    for keys, leaf in leaves.items():
        if keys[0] == "steps" and len(keys) > len(("steps", 0)):
            steps.setdefault(keys[1], {})[keys[2:]] = leaf
    return (Step(step) for step in steps.values())


def _of_matrix(leaves: Leaves, name: Keys) -> Iterator[Value]:
    """Yield the values of an axis that some job gets, then those of `include`."""
    matrix = {keys[2:]: leaf for keys, leaf in leaves.items() if keys[:2] == ("strategy", "matrix") and len(keys) > 2}
    axis, rest = name[0], name[1:]
    listed = {keys[1]: leaf for keys, leaf in matrix.items() if keys[0] == axis and _is_item(keys, rest)}
    added = [
        leaf for keys, leaf in matrix.items() if keys[0] == "include" and len(keys) > 1 and (*keys[2:],) == (*name,)
    ]
    used = listed if rest else _without_excluded(matrix, str(axis), listed)
    is_several = len({leaf.value for leaf in (*used.values(), *added)}) > 1
    yield from (Value(leaf, is_one_of_several=is_several) for leaf in used.values())
    yield from (Value(leaf, is_added=True, is_one_of_several=is_several) for leaf in added)


def _is_item(keys: Keys, rest: Keys) -> bool:
    return len(keys) > 1 and isinstance(keys[1], int) and keys[2:] == rest


def _without_excluded(matrix: Leaves, axis: str, listed: dict[Key, Leaf]) -> dict[Key, Leaf]:
    """Return the items of an axis that are in a combination which `exclude` leaves."""
    excluded: dict[Key, dict[Key, str]] = {}
    for keys, leaf in matrix.items():
        if keys[0] == "exclude" and len(keys) == len(("exclude", 0, "NAME")):
            excluded.setdefault(keys[1], {})[keys[2]] = leaf.value
    if not excluded:
        return listed
    axes: dict[Key, list[str]] = {}
    for keys, leaf in matrix.items():
        if keys[0] not in ("include", "exclude") and len(keys) == len(("NAME", 0)):
            axes.setdefault(keys[0], []).append(leaf.value)
    others = [name for name in axes if name != axis]
    rows = list(islice(product(*(axes[name] for name in others)), _MOST_COMBINATIONS + 1))
    if len(rows) * len(listed) > _MOST_COMBINATIONS or len(excluded) > _MOST_COMBINATIONS:
        return listed
    combinations = [dict(zip(others, row, strict=True)) for row in rows]
    return {
        number: leaf
        for number, leaf in listed.items()
        if not all(_is_excluded({**row, axis: leaf.value}, excluded.values()) for row in combinations)
    }


def _is_excluded(combination: Mapping[Key, str], excluded: Iterable[Mapping[Key, str]]) -> bool:
    return any(all(combination.get(name) == value for name, value in entry.items()) for entry in excluded)
