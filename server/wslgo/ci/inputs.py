"""The inputs of reusable workflows and of local actions, as the files of the repository give them."""

from collections.abc import Mapping

from wslgo.ci.matrix import Item, Names, expanded, names_of
from wslgo.syntax import workflow, yaml_scalars
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.workflow import Leaves

_FOLDER = ".github/workflows/"


def nothing(_name: str) -> tuple[Item, ...]:
    """Return the values of an input where none is known."""
    return ()


def of_workflow(file: File, files: Mapping[str, File]) -> Names:
    """Return what the workflows of the repository give a reusable one; nothing if none of them calls it."""
    if "inputs." not in file.source.text:
        return nothing
    name = next((path for path, each in files.items() if each is file), "")
    calls = [
        ({keys[1:]: leaf for keys, leaf in job.leaves.items() if keys[0] == "with"}, names_of(job, nothing))
        for path, other in files.items()
        if other.family.name == WORKFLOW and path.startswith(_FOLDER) and other is not file
        for job in workflow.jobs(other)
        if job.text("uses").removeprefix("./") == name
    ]
    defaults = file.ask(_defaults)

    def values(wanted: str) -> tuple[Item, ...]:
        found: dict[str | None, Item] = {}
        for given, names in calls:
            leaf = given.get((wanted,))
            texts = [Item(defaults.get(wanted))] if leaf is None else expanded(leaf.value, None, names)
            found |= {item.text: Item(item.text) for item in texts}
        return tuple(found.values())

    return values


def of_action(action: File, given: Leaves, names: Names) -> Names:
    """Return the inputs of an action that a step gives, else their defaults."""
    defaults = action.ask(_defaults)

    def values(wanted: str) -> tuple[Item, ...]:
        leaf = given.get(("with", wanted))
        if leaf is None:
            return (Item(defaults[wanted]),) if wanted in defaults else ()
        return tuple(Item(item.text, None, item.variant) for item in expanded(leaf.value, None, names))

    return values


def _defaults(file: File) -> Mapping[str, str]:
    """Return the defaults of the inputs of an action or of a reusable workflow."""
    found: dict[str, str] = {}
    for leaf in yaml_scalars.resolved(file.source.text, merges=False):
        keys = leaf.keys[2:] if leaf.keys[:2] == ("on", "workflow_call") else leaf.keys
        if keys[:1] == ("inputs",) and keys[2:] == ("default",):
            found[str(keys[1])] = leaf.value
    return found
