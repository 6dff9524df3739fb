"""References between entries: to tasks by label, to inputs by `${input:ID}`."""

from collections.abc import Mapping, Sequence

from wslgo.launch.generate.entry import LaunchEntry
from wslgo.syntax.json.text import Value, canonical
from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

_INPUT = pattern(r"\$\{input:([^{}]*)\}")
_LABELS = ("preLaunchTask", "postDebugTask", "dependsOn")


class Names(NamedTuple):
    """The names of inputs and tasks in the files, where they differ from the generated names."""

    inputs: Mapping[str, str] = {}
    tasks: Mapping[str, str] = {}


def inputs_used_by(inputs: Sequence[LaunchEntry], entries: Sequence[LaunchEntry]) -> tuple[LaunchEntry, ...]:
    """Return the inputs that the entries of a file use; each file has its own."""
    ids = {name for entry in entries for name in _INPUT.findall(canonical(entry.value))}
    return tuple(asked for asked in inputs if asked.value.get("id") in ids)


def with_current_names(value: Mapping[str, Value], names: Names) -> Mapping[str, Value]:
    """Return a value that refers to inputs and tasks by their names in the files."""
    if not names.inputs and not names.tasks:
        return value
    return {
        key: _with_task_names(member, names.tasks) if key in _LABELS else _with_input_names(member, names.inputs)
        for key, member in value.items()
    }


def _with_task_names(value: Value, names: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return names.get(value, value)
    return [_with_task_names(element, names) for element in value] if isinstance(value, Sequence) else value


def _with_input_names(value: Value, names: Mapping[str, str]) -> Value:
    if isinstance(value, str):
        return _INPUT.sub(lambda match: f"${{input:{names.get(match[1], match[1])}}}", value)
    if isinstance(value, Mapping):
        return {key: _with_input_names(member, names) for key, member in value.items()}
    return [_with_input_names(element, names) for element in value] if isinstance(value, Sequence) else value
