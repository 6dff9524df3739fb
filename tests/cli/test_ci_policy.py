"""`wslgo ci --write` under a policy: no variable, image or version that breaks it is written."""

import subprocess
from pathlib import Path

import pytest

from commandline import write, wslgo


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "repository"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    write(folder / "go.mod", "module example.com/m\n\ngo 1.26.0\n")
    write(folder / "main.go", "package main\n\nfunc main() {}\n")
    monkeypatch.chdir(folder)
    return folder


def script(folder: Path) -> str:
    return "".join(path.read_text() for path in folder.rglob("*.sh"))


WISH = 'provision: {variables: {GOPROXY: "https://goproxy.cn,direct"}}\n'


def test_a_variable_that_breaks_the_policy_is_left_out(repository: Path) -> None:
    write(repository / "wslgo.yaml", f"{WISH}policy: {{proxies: ['https://goproxy.example.com']}}\n")
    outcome = wslgo("ci", "--write", "--yes", "--github")
    assert outcome.code == 0, outcome.err
    assert "GOPROXY of wslgo.yaml is left out, since the policy does not allow it" in outcome.err
    assert "goproxy.cn" not in script(repository)


def test_without_such_a_policy_it_is_written(repository: Path) -> None:
    write(repository / "wslgo.yaml", f"{WISH}policy: {{proxies: ['https://goproxy.cn', direct], caches: linux}}\n")
    assert wslgo("ci", "--write", "--yes", "--github").code == 0
    assert "goproxy.cn" in script(repository)


def test_a_file_that_would_break_the_policy_is_not_written(repository: Path) -> None:
    write(repository / "wslgo.yaml", "policy: {registries: [registry.example.com]}\n")
    outcome = wslgo("ci", "--write", "--yes", "--gitlab")
    assert outcome.code == 2
    assert "would break the policy" in outcome.err
    assert not (repository / ".gitlab-ci.yml").exists()


def test_a_policy_that_is_not_right_fails(repository: Path) -> None:
    write(repository / "wslgo.yaml", "policy: {proxy: []}\n")
    assert wslgo("ci", "--write", "--yes", "--github").code == 2
    assert script(repository) == ""
