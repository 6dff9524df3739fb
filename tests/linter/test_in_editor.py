"""Mistakes that an editor reports itself are reported only outside of it."""

from wslgo.linter.check import check
from wslgo.syntax.family import family_of
from wslgo.syntax.file import File, read
from wslgo.text.source import Source

BROKEN = '{"configurations": [{"name": "A", "type": "go", "request": "attach", "env": {"X": "1"}]}'


def launch_file(text: str) -> File:
    path = ".vscode/launch.json"
    family = family_of(path)
    assert family is not None
    return read(path, family, Source(text), f"/home/me/app/{path}")


def test_broken_json_is_an_error_in_a_terminal() -> None:
    assert "launch/broken-json" in {found.rule for found in check(launch_file(BROKEN))}


def test_broken_json_is_left_to_the_editor_and_other_mistakes_are_not() -> None:
    assert {found.rule for found in check(launch_file(BROKEN), is_in_editor=True)} == {"launch/env-in-attach"}
