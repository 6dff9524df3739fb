"""The tasks that an entry of `launch.json` can name."""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.syntax.family import TASKS, WORKSPACE
from wslgo.syntax.file import File, workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc, Node, parse
from wslgo.text.source import Source
from wslgo.text.typing import NamedTuple, cast

# Each of these can name a task (`matches` of VS Code's tasks, and `taskName` of files of version 0.1.0).
_NAMES = ("label", "taskName", "identifier")

_TASKS_FILE = ".vscode/tasks.json"

_NO_FILE = parse(Source("{}"))


class KnownTasks(NamedTuple):
    """The labels of the tasks in a folder; `written` says whether any file there is one for tasks."""

    names: frozenset[str]
    written: bool


def known_tasks(file: File, others: tuple[File, ...], project: Project | None) -> KnownTasks | None:
    """Return the labels of the tasks in the folder of a file with entries; None if they are unknown.

    `others` are the files read with it; a `tasks.json` that is not among them is looked up in the Go workspace.
    """
    own = None
    if file.family.name == WORKSPACE:
        tree = cast("Jsonc", file.tree)
        if tree.problems:
            return None
        own = tree.at("tasks")
    beside = _tasks_beside(file, others, project)
    if beside is None or beside.problems:
        return None
    return KnownTasks(
        frozenset((*_labels(own), *_labels(beside.root))), written=own is not None or beside is not _NO_FILE
    )


def _tasks_beside(file: File, others: tuple[File, ...], project: Project | None) -> Jsonc | None:
    """Return the `tasks.json` of the folder, `_NO_FILE` if there is none; None if that is unknown."""
    folder = workspace_folder_of(file.place or file.path)
    for other in others:
        if other.family.name == TASKS and workspace_folder_of(other.place or other.path) == folder:
            return cast("Jsonc", other.tree)
    if project is None:
        return None
    path = joined_path(project.home, _TASKS_FILE)
    return project.read(path, _parsed) if project.has(path) else _NO_FILE


def _parsed(text: str) -> Jsonc:
    return parse(Source(text))


def _labels(tasks: Node | None) -> Iterator[str]:
    """Yield the names of the tasks of an object, also of those for Linux alone."""
    for holder in (tasks, tasks.get("linux") if tasks is not None else None):
        entries = holder.get("tasks") if holder is not None else None
        for entry in entries.elements if entries is not None else ():
            for name in _NAMES:
                node = entry.at(name)
                if node is not None and node.string:
                    yield node.string
