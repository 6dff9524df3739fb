"""A repository of another user, which git rejects, and the settings with which it does not."""

import os
from pathlib import Path

import pytest

from wslgo.golang.workspace import Repository
from wslgo.provision.survey import repository_owner
from wslgo.provision.survey.workspace import Surroundings, workspace_of
from wslgo.provision.target import this_machine
from wslgo.syntax import git_config

ANOTHER_USER = 4242


class Clone:
    """A repository with a program, in the eyes of a user to whom it does not belong."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "shop"
        (self.root / ".git").mkdir(parents=True)
        (self.root / "go.mod").write_text("module example.invalid/shop\n")
        (self.root / "main.go").write_text("package main\n\nfunc main() {}\n")
        self.home = folder / "home"
        self.home.mkdir()
        (folder / "bin").mkdir()
        (folder / "bin/git").write_text("#!/bin/sh\n")
        (folder / "bin/git").chmod(0o755)
        self.environment = {"HOME": str(self.home), "PATH": str(folder / "bin")}

    def rejected(self, **more: str) -> Repository | None:
        return repository_owner.rejected(self.root, {**self.environment, **more})


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    monkeypatch.setattr(os, "geteuid", lambda: ANOTHER_USER)
    monkeypatch.setattr(repository_owner, "_SYSTEM", str(tmp_path / "gitconfig"))
    return Clone(tmp_path)


def test_a_repository_of_another_user_is_rejected(clone: Clone) -> None:
    assert clone.rejected() == Repository(str(clone.root), clone.root.stat().st_uid)


def test_ones_own_repository_is_not(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: clone.root.stat().st_uid)
    assert clone.rejected() is None


def test_root_may_look_at_what_belongs_to_the_user_of_sudo(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    os_stat = os.stat

    def stat(path: str) -> os.stat_result:
        found = os_stat(path)
        return os.stat_result((*found[:4], 1000, *found[5:10]))

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(repository_owner.os, "stat", stat)
    assert clone.rejected(SUDO_UID="1000") is None
    assert clone.rejected(SUDO_UID="1001") == Repository(str(clone.root), 1000)


@pytest.mark.parametrize(
    ("text", "is_rejected"),
    [
        ("[safe]\n\tdirectory = *\n", False),
        ("[safe]\n\tdirectory = {root}\n", False),
        ('[safe]\n\tdirectory = "{root}/" ; mine\n', False),
        ("[safe] directory = {above}/*\n", False),
        ("[user]\n\tname = x\n[safe]\n\tdirectory = /other\n", True),
        ("[safe]\n\tdirectory = {root}\n\tdirectory =\n", True),
        ("[include]\n\tpath = other\n", False),
        ("# [safe]\n#\tdirectory = *\n", True),
    ],
)
def test_settings_of_git(clone: Clone, text: str, is_rejected: bool) -> None:
    (clone.home / ".gitconfig").write_text(text.format(root=clone.root, above=clone.root.parent))
    assert (clone.rejected() is not None) is is_rejected


def test_what_is_not_sure_is_silent(clone: Clone) -> None:
    assert clone.rejected(GIT_CONFIG_COUNT="1") is None
    assert clone.rejected(HOME="") is None
    assert clone.rejected(PATH="") is None
    (clone.root / ".git").rmdir()
    (clone.root / ".git").write_text("gitdir: /elsewhere\n")
    assert clone.rejected() is None


@pytest.mark.parametrize(
    ("source", "goflags", "is_rejected"),
    [("main", "", True), ("shop", "", False), ("main", "-mod=mod -buildvcs=false", False)],
)
def test_go_asks_git_only_about_programs(clone: Clone, source: str, goflags: str, is_rejected: bool) -> None:
    (clone.root / "main.go").write_text(f"package {source}\n\nfunc main() {{}}\n")
    around = Surroundings(goflags, environment=clone.environment)
    workspace = workspace_of(clone.root, this_machine(None, str(clone.home)), around)
    assert workspace is not None
    assert (workspace.rejected is not None) is is_rejected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[a "B c"]\nKey = "x # y" # z\n', [("a", "B c", "key", "x # y")]),
        ("[Core]\n\tfileMode\n", [("core", "", "filemode", "true")]),
        ("[a] b = c\\\\d\n", [("a", "", "b", "c\\d")]),
        ("[broken\nx = 1\n", [("", "", "x", "1")]),
        ("", []),
    ],
)
def test_the_settings_of_a_file(text: str, expected: list[tuple[str, ...]]) -> None:
    assert [*git_config.settings(text)] == expected
