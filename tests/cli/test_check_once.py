"""A run of `wslgo check` reports each thing once: a hint of one kind, and a value where it is set."""

import json
from pathlib import Path

from commandline import write, wslgo

HINT = "goenv/redundant-module-mode"


def findings(*words: str) -> list[tuple[str, str, str]]:
    """Return rule, path and message of the findings of a run."""
    printed = json.loads(wslgo("check", "--format", "json", *words).out)
    return [(finding["rule"], finding["path"], finding["message"]) for finding in printed["findings"]]


def test_a_hint_of_one_kind_is_one_line_with_a_count(folder: Path) -> None:
    for number in range(13):
        write(folder / f"service{number:02}" / ".bashrc", "export GO111MODULE=on\n")
    [(rule, path, message)] = findings()
    assert (rule, path) == (HINT, "service00/.bashrc")
    assert message == "GO111MODULE=on has been the default since Go 1.16 (the same in 12 more places)"


def test_hints_of_one_file_are_one_and_show_the_other_lines(folder: Path) -> None:
    entry = '{"name": "%s", "type": "go", "request": "launch", "program": ".", "env": {"GO111MODULE": "on"}}'
    entries = ",\n".join(entry % name for name in ("a", "b"))
    write(folder / ".vscode" / "launch.json", f'{{"configurations": [\n{entries}\n]}}\n')
    printed = json.loads(wslgo("check", "--format", "json", "--select", "redundant-module-mode").out)
    [finding] = printed["findings"]
    assert finding["message"].endswith("(the same in 1 more place)")
    assert [place["range"]["start"]["line"] for place in finding["related"]] == [2]


def test_warnings_are_not_counted_together(folder: Path) -> None:
    for name in ("a", "b"):
        write(folder / name / ".wslconfig", "[wsl2]\nguiApplications=off\n")
    assert len(findings("--select", "invalid-boolean")) == 2


def test_a_value_is_reported_where_it_is_set_and_not_again_at_the_module(folder: Path) -> None:
    write(folder / "go.mod", "module example.com/m\n")
    write(folder / ".bashrc", "export GOPROXY=direct,https://goproxy.cn\n")
    assert [found[:2] for found in findings()] == [("goenv/unreachable-proxy", ".bashrc")]


def test_a_fix_leaves_nothing_at_the_module_whose_value_it_has_fixed(folder: Path) -> None:
    write(folder / "go.mod", "module example.com/m\n")
    write(folder / ".vscode" / "settings.json", '{"go.toolsEnvVars": {"GOFLAGS": "-tags integration"}}\n')
    done = wslgo("fix")
    assert (done.code, done.out.splitlines()[-1]) == (0, "1 fixed, none left")
