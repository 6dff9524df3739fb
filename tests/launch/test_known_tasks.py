"""The tasks that an entry can name, by the file that is open and by the folder."""

import pytest

from listing import MemoryListing
from wslgo.golang.project import Project
from wslgo.launch.known_tasks import KnownTasks, known_tasks
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

TASKS = '{"version": "2.0.0", "tasks": [{"label": "build"}, {"taskName": "old"}], "linux": {"tasks": [{"label": "x"}]}}'


def file_of(path: str, text: str = "{}") -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), f"/home/me/{path}")


@pytest.mark.parametrize(
    ("others", "project", "tasks"),
    [
        ([("app/.vscode/tasks.json", TASKS)], None, ({"build", "old", "x"}, True)),
        # An open file wins over the one on the disk, and a file of another folder does not count.
        ([("app/.vscode/tasks.json", TASKS)], {".vscode/tasks.json": "{}"}, ({"build", "old", "x"}, True)),
        ([("other/.vscode/tasks.json", "{}")], {".vscode/tasks.json": TASKS}, ({"build", "old", "x"}, True)),
        ([], {"go.mod": "", ".vscode/tasks.json": "{}"}, (set(), True)),
        ([], {"go.mod": ""}, (set(), False)),
        ([], None, None),
        ([("app/.vscode/tasks.json", '{"tasks": [')], None, None),
    ],
)
def test_known_tasks(
    others: list[tuple[str, str]], project: dict[str, str] | None, tasks: tuple[set[str], bool] | None
) -> None:
    files = tuple(file_of(path, text) for path, text in others)
    known = None if project is None else Project(MemoryListing(project))
    expected = None if tasks is None else KnownTasks(frozenset(tasks[0]), written=tasks[1])
    assert known_tasks(file_of("app/.vscode/launch.json"), files, known) == expected
