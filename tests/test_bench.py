"""`./dev bench` works: every measurement has its figures. Tests do not judge how long something takes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tree import ROOT

pytestmark = pytest.mark.slow

GROUPS = {
    "Start of the server": 5,
    "Keystroke to diagnostics": 10,
    "Burst of 20 keys": 2,
    "Requests": 3,
    "Memory": 2,
    "Command line": 4,
    "Many small files": 1,
    "A Go workspace": 1,
    "Go toolchain": 2,
}


def test_a_trial_measures_everything(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    words = [sys.executable, "tests/bench", "--trial", "--json", str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(target.read_text())
    for group, least in GROUPS.items():
        found = [figure for figure in figures if figure["group"].startswith(group)]
        assert len(found) >= least, group
        assert all(figure["ours"] > 0 and figure["name"] in done.stdout for figure in found)
    for figure in figures:
        assert set(figure) == {"group", "name", "unit", "ours", "floor", "target", "ratio", "met"}
        assert (figure["met"] is None) == (figure["target"] is None)
