"""How entries of `launch.json` and `tasks.json` refer to each other: to tasks by label, to inputs by `${input:ID}`."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from wslgo.launch.generate.entry import Entry
from wslgo.syntax.json.text import Value, canonical
from wslgo.text.pattern import pattern

_INPUT = pattern(r"\$\{input:([^{}]*)\}")
_LABELS = ("preLaunchTask", "postDebugTask", "dependsOn")


class Names(NamedTuple):
    """What inputs and tasks of ours are called, where that is not what was generated."""

    inputs: Mapping[str, str] = {}
    tasks: Mapping[str, str] = {}


def used(inputs: Sequence[Entry], entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The inputs that a file needs, since each file has its own."""
    asked = {name for entry in entries for name in _INPUT.findall(canonical(entry.value))}
    return tuple(one for one in inputs if one.value.get("id") in asked)


def following(value: Mapping[str, Value], names: Names) -> Mapping[str, Value]:
    """A value that calls inputs and tasks by their names in the files."""
    if not names.inputs and not names.tasks:
        return value
    return {
        key: _relabelled(one, names.tasks) if key in _LABELS else _asking(one, names.inputs)
        for key, one in value.items()
    }


def _relabelled(value: Value, names: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return names.get(value, value)
    return [_relabelled(one, names) for one in value] if isinstance(value, Sequence) else value


def _asking(value: Value, names: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return _INPUT.sub(lambda one: f"${{input:{names.get(one[1], one[1])}}}", value)
    if isinstance(value, Mapping):
        return {key: _asking(one, names) for key, one in value.items()}
    return [_asking(one, names) for one in value] if isinstance(value, Sequence) else value
