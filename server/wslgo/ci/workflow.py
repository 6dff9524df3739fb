"""The workflow of GitHub: it checks out, installs Go and calls the script; all that is checked is in the script.

The actions are GitHub's own, by their major version: they come from where the runner comes from, and a hash in a
generated block would keep old ones until it is written again. No other action is used.
"""

import json

from wslgo.ci.script import INSTALL, PATH, RECORD
from wslgo.ci.script_checks import Checks
from wslgo.ci.script_marks import marked
from wslgo.golang.paths import joined_path

WORKFLOW = ".github/workflows/go-ci.yml"
STEPS = "steps"
ARTIFACT = "go-ci"
DEFAULT_BRANCHES = ("main", "master")

CHECKOUT, SETUP_GO, UPLOAD = "actions/checkout@v5", "actions/setup-go@v6", "actions/upload-artifact@v4"
_PLACE = "${{ runner.temp }}/go-ci"
_INDENTATION = "      "

_HEAD = f"""\
# Runs {PATH}, as people do. Your own triggers, jobs and steps go outside of the marked block.
name: Go

on:
  push:
    branches: @BRANCHES@
  pull_request:

permissions:
  contents: read

jobs:
  go:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
"""


def workflow(checks: Checks, branches: tuple[str, ...] = DEFAULT_BRANCHES) -> str:
    """Return a new workflow that runs for pushes to these branches, and for pull requests."""
    names = ", ".join(map(_scalar, branches))
    return _HEAD.replace("@BRANCHES@", f"[{names}]") + marked(STEPS, bodies(checks)[STEPS], _INDENTATION)


def bodies(checks: Checks) -> dict[str, str]:
    """Return the lines of the marked block."""
    lines = [
        f"- uses: {CHECKOUT}",
        "  with:",
        "    persist-credentials: false",
        f"- uses: {SETUP_GO}",
        "  with:",
        *(f"    {line}" for line in _setup(checks)),
    ]
    if checks.packages:
        lines += ["- name: Install C libraries", f"  run: sh {PATH} {INSTALL}"]
    lines += [
        "- name: Check",
        f"  run: sh {PATH}",
        "  env:",
        f"    {RECORD}: {_PLACE}",
        "- name: Keep the record for wslgo ci run --compare",
        "  if: ${{ !cancelled() }}",
        f"  uses: {UPLOAD}",
        "  with:",
        f"    name: {ARTIFACT}-${{{{ strategy.job-index }}}}",
        f"    path: {_PLACE}",
        "    if-no-files-found: ignore",
    ]
    return {STEPS: "".join(f"{line}\n" for line in lines)}


def _setup(checks: Checks) -> list[str]:
    """Return the inputs of setup-go; without a go.sum there is nothing to cache, and the action would warn."""
    go = f"go-version-file: {_scalar(checks.version_file)}" if checks.go else "go-version: stable"
    sums = [joined_path(module.folder, "go.sum") for module in checks.modules if module.has_sums]
    if not sums:
        return [go, "cache: false"]
    if len(sums) == 1:
        return [go, f"cache-dependency-path: {_scalar(sums[0])}"]
    return [go, "cache-dependency-path: |", *(f"  {path}" for path in sums)]


def _scalar(path: str) -> str:
    """Return a path as YAML: plain if nothing in it means something there."""
    is_word = path.isascii() and all(character.isalnum() or character in "._/-" for character in path)
    return path if is_word else json.dumps(path, ensure_ascii=False)
