"""The real pre-commit installs wslgo from a repository and runs its hooks."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from commandline import write
from tree import ROOT

BAD = "[wsl2]\nguiApplications=off\n"
PARTS = ("server", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")

pytestmark = pytest.mark.slow


def git(folder: Path, *words: str) -> str:
    own = ("-c", "user.name=me", "-c", "user.email=me@example.com", "-c", "init.defaultBranch=main")
    return subprocess.run(["git", *own, *words], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def published(place: Path) -> str:
    """Commit the parts of this tree that pip needs, as their own repository; return the commit."""
    place.mkdir()
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, place)
    git(place, "init", "-q")
    git(place, "add", "-A")
    git(place, "commit", "-qm", "all")
    return git(place, "rev-parse", "HEAD")


def test_both_hooks(tmp_path: Path) -> None:
    commit = published(tmp_path / "wslgo")
    repository = tmp_path / "repository"
    write(repository / ".wslconfig", BAD)
    write(repository / "notes.md", "# notes\n")
    hooks = "".join(f"      - id: {name}\n" for name in ("wslgo", "wslgo-fix"))
    config = f"repos:\n  - repo: {tmp_path / 'wslgo'}\n    rev: {commit}\n    hooks:\n{hooks}"
    write(repository / ".pre-commit-config.yaml", config)
    git(repository, "init", "-q")
    git(repository, "add", "-A")

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        own = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "cache"), "LANG": "C.UTF-8"}
        own.pop("PYTHONPATH", None)
        command = [sys.executable, "-m", "pre_commit", "run", "--color=never", *words]
        return subprocess.run(
            command, cwd=repository, env=own, capture_output=True, text=True, timeout=600, check=False
        )

    check = run("wslgo", "--all-files")
    assert check.returncode == 1, check.stdout + check.stderr
    assert ".wslconfig:2:17: warning:" in check.stdout
    assert run("wslgo", "--files", "notes.md").returncode == 0

    fixed = run("wslgo-fix", "--all-files")
    assert fixed.returncode == 1
    assert "files were modified by this hook" in fixed.stdout
    assert (repository / ".wslconfig").read_text(encoding="utf-8") == "[wsl2]\nguiApplications=false\n"
    assert run("--all-files").returncode == 0
