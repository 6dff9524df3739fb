"""A baseline: findings of an earlier run are left out, wherever their lines are now."""

import json
from pathlib import Path

import pytest

from commandline import write, wslgo
from tree import HOSTS

BAD = "[wsl2]\nguiApplications=off\nfoo=1\n"


def saved(folder: Path, *arguments: str) -> str:
    write(folder / "baseline.json", wslgo("check", "--format", "json", *arguments).out)
    return "--baseline=baseline.json"


def test_nothing_is_new_when_nothing_has_changed(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    done = wslgo("check", saved(folder), ".")
    assert (done.code, done.out) == (0, "")
    assert done.err == "No new problems in 1 file\nNot shown, since the baseline has them: 2 problems\n"


def test_only_the_new_finding_is_shown_although_lines_have_moved(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    option = saved(folder)
    write(folder / ".wslconfig", f"# one\n# two\n{BAD}bar=2\n")
    done = wslgo("check", option, ".")
    assert done.code == 1
    assert "bar" in done.out
    assert "foo" not in done.out.replace("bar", "")
    assert "1 problem (" in done.out


def test_a_second_equal_line_is_new(folder: Path) -> None:
    write(folder / ".wslconfig", "[wsl2]\nfoo=1\n")
    option = saved(folder, "--select=unknown-key")
    write(folder / ".wslconfig", "[wsl2]\nfoo=1\n\nfoo=1\n")
    assert wslgo("check", option, "--select=unknown-key").out.count("[wslconfig/unknown-key]") == 1


def test_a_file_is_known_whatever_it_is_called_from(folder: Path) -> None:
    write(folder / "sub/.wslconfig", BAD)
    option = saved(folder, ".")
    assert wslgo("check", option, str(folder / "sub" / ".wslconfig")).code == 0


def test_a_baseline_counts_in_json(folder: Path) -> None:
    write(folder / ".wslconfig", BAD)
    found = json.loads(wslgo("check", saved(folder), "--format", "json").out)
    assert found["findings"] == []
    assert found["counts"] == {"files": 1, "error": 0, "warning": 0, "information": 0, "hint": 0, "baseline": 2}


def test_findings_about_the_machine_have_fingerprints(folder: Path) -> None:
    machine = ("--machine", "--host", str(HOSTS / "wsl-1.json"))
    assert wslgo("check", *machine).code == 1
    assert wslgo("check", saved(folder, *machine), *machine).code == 0


def test_a_fingerprint_tells_nothing_about_a_secret(folder: Path) -> None:
    lines = [f"GOPROXY=direct,https://me:{secret}@proxy.test\n" for secret in ("one", "two")]
    prints = []
    for line in lines:
        write(folder / ".config/go/env", line)
        prints.append([found["fingerprint"] for found in json.loads(wslgo("check", "--format=json").out)["findings"]])
    assert prints[0] == prints[1] != []


@pytest.mark.parametrize("data", ["", "[]", "{}", '{"findings": 1}', '{"findings": [1]}', '{"findings": [{}]}'])
def test_another_file_in_place_of_a_baseline_is_an_error(folder: Path, data: str) -> None:
    write(folder / "baseline.json", data)
    done = wslgo("check", "--baseline=baseline.json")
    assert (done.code, done.out) == (2, "")
    assert done.err == "wslgo: baseline.json is not a baseline: make one with wslgo check --format json\n"


def test_a_baseline_that_is_missing_is_an_error() -> None:
    done = wslgo("check", "--baseline=nowhere.json")
    assert (done.code, done.out) == (2, "")
    assert "nowhere.json cannot be read: No such file" in done.err
