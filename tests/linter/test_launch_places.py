"""Launch configurations are checked in every file that can have some."""

import pytest

from wslgo.linter.check import check
from wslgo.linter.scene import launch_place
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

ENTRY = '{"configurations": [{"name": "A", "type": "go", "request": "attach", "env": {"X": "1"}}]}'
INNER = f'{{"launch": {ENTRY}}}'


def file_of(path: str, text: str) -> File:
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), f"/home/me/app/{path}")


@pytest.mark.parametrize(
    ("path", "text"),
    [(".vscode/launch.json", ENTRY), ("app.code-workspace", INNER), (".vscode/settings.json", INNER)],
)
def test_an_entry_has_its_findings(path: str, text: str) -> None:
    assert [found.rule for found in check(file_of(path, text))] == ["launch/env-in-attach"]


@pytest.mark.parametrize(("path", "text"), [(".vscode/settings.json", ENTRY), (".vscode/tasks.json", INNER)])
def test_what_is_not_an_entry_has_none(path: str, text: str) -> None:
    assert not check(file_of(path, text))


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        (".vscode/launch.json", "", ".vscode/launch.json"),
        (".vscode/settings.json", INNER, ".vscode/settings.json"),
        ("d/app.code-workspace", f'{{"folders": [{{"path": "."}}], {INNER[1:]}', "d/.vscode/launch.json"),
        ("app.code-workspace", f'{{"folders": [{{"path": "."}}], {INNER[1:]}', ".vscode/launch.json"),
        ("app.code-workspace", f'{{"folders": [{{"path": "a"}}, {{"path": "b"}}], {INNER[1:]}', ""),
        ("app.code-workspace", '{"folders": [{"path": "."}]}', ""),
        ("Code/User/settings.json", INNER, ""),
    ],
)
def test_programs_are_looked_up_only_where_the_folder_is_known(path: str, text: str, place: str) -> None:
    assert launch_place(file_of(path, text)) == place
