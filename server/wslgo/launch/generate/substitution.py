"""Variables that VS Code replaces in entries.

`${...}` in the name of a folder could run a command of the editor. VS Code cannot escape such
a name, so an entry that contains one is left out.
"""

from collections.abc import Iterable, Mapping, Sequence

from wslgo.launch.generate.entry import Kind, LaunchEntry
from wslgo.syntax.json.edit import Value
from wslgo.text.pattern import pattern

# The variables that wslgo itself writes: a path in the workspace or the home folder, and two prompts.
_OURS = pattern(
    r"(?:--wd=)?\$\{workspaceFolder\}(?=/|\Z)|\$\{userHome\}(?=/)"
    r"|\$\{command:pickProcess\}\Z|target cudacore \$\{input:wslgo-cuda-coredump\}\Z"
)
_BEGINS = "${"


def inert_entries(entries: Iterable[LaunchEntry]) -> list[LaunchEntry]:
    """Return the entries without foreign variables, also in the tasks they start."""
    kept = [entry for entry in entries if _is_inert(entry.value)]
    while True:
        labels = {entry.label for entry in kept if entry.kind is Kind.TASK}
        left = [entry for entry in kept if labels.issuperset(entry.starts)]
        if len(left) == len(kept):
            return kept
        kept = left


def _is_inert(value: Value) -> bool:
    if isinstance(value, str):
        ours = _OURS.match(value)
        return _BEGINS not in value[ours.end() if ours else 0 :]
    if isinstance(value, Mapping):
        return all(_BEGINS not in name and _is_inert(member) for name, member in value.items())
    return all(map(_is_inert, value)) if isinstance(value, Sequence) else True
