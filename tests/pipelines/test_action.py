"""The action of GitHub: actionlint accepts a workflow that uses it, and its steps do what they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from commandline import write
from frontdoor import dev
from tree import ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = """\
on: push
jobs:
  lint:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - uses: ./
        with:
{inputs}
"""
BAD = "[wsl2]\nguiApplications=off\n"

pytestmark = pytest.mark.slow


def lint(tmp_path: Path, *inputs: str) -> str:
    """Return what actionlint says about a workflow that uses the action with these inputs."""
    write(tmp_path / "action.yml", (ROOT / "action.yml").read_bytes())
    lines = "".join(f"          {name}: x\n" for name in inputs)
    write(tmp_path / ".github/workflows/lint.yml", WORKFLOW.format(inputs=lines))
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    done = subprocess.run([dev.actionlint()], cwd=tmp_path, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_actionlint_accepts_it(tmp_path: Path) -> None:
    assert lint(tmp_path, *ACTION["inputs"]) == ""


def test_actionlint_reads_it(tmp_path: Path) -> None:
    assert 'input "wrong" is not defined in action "wslgo"' in lint(tmp_path, "wrong")


def test_shellcheck_accepts_its_steps(tmp_path: Path) -> None:
    for step in ACTION["runs"]["steps"]:
        script = write(tmp_path / "step.sh", step["run"])
        done = subprocess.run(["shellcheck", "--shell=bash", script], capture_output=True, text=True, check=False)
        assert done.stdout == ""


def test_scripts_have_no_expressions() -> None:
    """An input that becomes part of a script would be run."""
    assert not [step["name"] for step in ACTION["runs"]["steps"] if "${{" in step["run"]]


class Runner:
    """The steps of the action, with inputs in place of expressions, as a runner starts them."""

    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "repository"
        self._temporary = tmp_path / "temporary"
        self._temporary.mkdir()
        self._started = False

    def __call__(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        defaults = {name: given["default"] for name, given in ACTION["inputs"].items()}
        values = defaults | {name.replace("_", "-"): value for name, value in inputs.items()}
        values["python"] = sys.executable
        context = {f"inputs.{name}": value for name, value in values.items()} | {
            "github.action_path": str(ROOT),
            "github.server_url": "https://github.com",
            "github.action_repository": "someone/wslgo",
            "github.action_ref": "v1",
        }
        first, second = ACTION["runs"]["steps"]
        if not self._started:
            assert self._step(first, context).returncode == 0
            self._started = True
        return self._step(second, context)

    def _step(self, step: dict[str, Any], context: dict[str, str]) -> subprocess.CompletedProcess[str]:
        own = {
            name: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: context[found[1]], value)
            for name, value in step["env"].items()
        }
        runner = {"RUNNER_TEMP": str(self._temporary), "GITHUB_ACTIONS": "true", "CI": "true"}
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self._temporary)} | runner | own,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )


@pytest.fixture
def action(tmp_path: Path) -> Runner:
    write(tmp_path / "repository" / "a b" / ".wslconfig", BAD)
    write(tmp_path / "repository" / "pip.py", "raise SystemExit('a module of the checked repository is run')\n")
    return Runner(tmp_path)


def test_its_steps(action: Runner) -> None:
    done = action()
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=a b/.wslconfig,line=2,")

    assert action(fail_on="error").returncode == 0
    assert action(paths="nowhere").returncode == 2
    assert action(paths="a b/.wslconfig\n\n").returncode == 1

    # A module of the checked repository is not imported, and an input is not run.
    write(action.folder / "json.py", "raise SystemExit(7)\n")
    write(action.folder / "yaml.py", "raise SystemExit(7)\n")
    assert action(paths="$(touch owned)").returncode == 2
    assert action(paths="--machine").returncode == 2
    assert not (action.folder / "owned").exists()


def test_it_writes_sarif_with_addresses_and_takes_a_baseline(action: Runner) -> None:
    assert action(sarif_file="out.sarif").returncode == 1
    log = json.loads((action.folder / "out.sarif").read_text(encoding="utf-8"))
    [rule] = log["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"].startswith("https://github.com/someone/wslgo/blob/v1/docs/rules.md#")
    found = [result["partialFingerprints"]["wslgo/v1"] for result in log["runs"][0]["results"]]
    baseline = {"findings": [{"fingerprint": fingerprint} for fingerprint in found]}
    write(action.folder / "baseline.json", json.dumps(baseline))
    assert action(baseline="baseline.json").returncode == 0


def test_each_python_ignores_the_checked_repository() -> None:
    for step in ACTION["runs"]["steps"]:
        assert re.findall(r'"\$PYTHON" (\S+)', step["run"]) == ["-I"]


def test_it_pins_what_it_installs() -> None:
    install = ACTION["runs"]["steps"][0]["run"]
    assert "--require-hashes" in install
    assert not [step for step in ACTION["runs"]["steps"] if "uses" in step]
    assert shutil.which("bash") is not None
