"""The copy that `wslgo ci run` checks: what a checkout of CI has, from every kind of repository."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from commandline import write
from wslgo.ci.run_copy import copy_changes, copy_commit
from wslgo.system.this_machine import ThisMachine
from wslgo.text.message import Text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
GIT = shutil.which("git") or ""


def git(folder: Path, *words: str) -> str:
    own = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    return subprocess.run([GIT, *own, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "a 100% shop"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    write(folder / "go.mod", "module a.test/a\n")
    write(folder / "run.sh", "#!/bin/sh\n").chmod(0o755)
    (folder / "link").symlink_to("go.mod")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "First")
    git(folder, "tag", "v1.0.0")
    return folder


def copied(folder: Path, *, is_dirty: bool = False) -> Path | Text:
    target = folder.parent / "copy"
    shutil.rmtree(target, ignore_errors=True)
    world = ThisMachine()
    problem = copy_commit(GIT, str(folder), str(target), world)
    if problem is None and is_dirty:
        problem = copy_changes(GIT, str(folder), str(target), world)
    return problem or target


def names(folder: Path | Text) -> set[str]:
    assert isinstance(folder, Path), folder
    return {path.name for path in folder.iterdir()} - {".git"}


def test_a_commit_is_copied_one_deep_and_without_tags(repository: Path) -> None:
    write(repository / "later", "")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Second")
    write(repository / "not committed", "")
    target = copied(repository)
    assert names(target) == {"go.mod", "run.sh", "link", "later"}
    assert isinstance(target, Path)
    assert git(target, "rev-parse", "HEAD") == git(repository, "rev-parse", "HEAD")
    assert git(target, "rev-list", "--count", "HEAD") == "1"
    assert git(target, "tag") == ""
    assert git(target, "status", "--porcelain") == ""


def test_a_detached_head_a_worktree_and_a_shallow_clone_are_copied(repository: Path, tmp_path: Path) -> None:
    git(repository, "checkout", "-q", "--detach")
    assert names(copied(repository)) == {"go.mod", "run.sh", "link"}
    git(repository, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    assert names(copied(tmp_path / "tree")) == {"go.mod", "run.sh", "link"}
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{tmp_path}/tree", str(tmp_path / "shallow"))
    assert names(copied(tmp_path / "shallow", is_dirty=True)) == {"go.mod", "run.sh", "link"}


def test_a_submodule_is_an_empty_folder_as_in_ci(repository: Path, tmp_path: Path) -> None:
    git(repository, "submodule", "--quiet", "add", str(repository), "sub")
    git(repository, "commit", "-q", "-m", "A submodule")
    target = copied(repository)
    assert isinstance(target, Path)
    assert not list((target / "sub").iterdir())
    assert names(copied(repository, is_dirty=True)) == {"go.mod", "run.sh", "link", ".gitmodules"}


def test_a_dirty_copy_is_the_work_tree(repository: Path) -> None:
    write(repository / ".gitignore", "made\n")
    write(repository / "made", "ignored")
    write(repository / "new/file", "new")
    (repository / "go.mod").write_text("module a.test/b\n")
    (repository / "run.sh").unlink()
    target = copied(repository, is_dirty=True)
    assert names(target) == {"go.mod", "link", ".gitignore", "new"}
    assert isinstance(target, Path)
    assert (target / "go.mod").read_text() == "module a.test/b\n"
    assert (target / "link").readlink() == Path("go.mod")


def test_links_of_the_work_tree_do_not_lead_a_copy_out(repository: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    write(outside / "secret", "secret")
    write(repository / "a/b", "file")
    git(repository, "add", "-A")
    shutil.rmtree(repository / "a")
    (repository / "a").symlink_to(outside)
    (repository / "file").symlink_to(outside / "secret")
    target = copied(repository, is_dirty=True)
    assert isinstance(target, Path)
    assert sorted(path.name for path in outside.iterdir()) == ["secret"]
    assert (target / "file").is_symlink()
    assert not (target / "file").is_file() or (target / "file").readlink() == outside / "secret"


def test_the_modes_of_programs_stay(repository: Path) -> None:
    target = copied(repository, is_dirty=True)
    assert isinstance(target, Path)
    assert os.access(target / "run.sh", os.X_OK)
    assert not (target / "go.mod").stat().st_mode & 0o111


def test_without_a_commit_git_says_why(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "empty")
    found = copied(tmp_path / "empty")
    assert isinstance(found, Text) or names(found) == set()
    (tmp_path / "bad/.git").mkdir(parents=True)
    broken = copied(tmp_path / "bad")
    assert isinstance(broken, Text)
    assert "git cannot copy" in broken.render("en")


def test_a_missing_object_is_not_fetched_by_a_program_of_the_repository(repository: Path, tmp_path: Path) -> None:
    write(repository / "sub/a", "a")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "A folder")
    git(repository, "sparse-checkout", "set", "--cone", "--sparse-index")
    for setting in (
        ("core.repositoryformatversion", "1"),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", f"file://{repository}"),
        ("remote.origin.uploadpack", f"touch '{tmp_path}/started'; false"),
    ):
        git(repository, "config", *setting)
    tree = git(repository, "rev-parse", "HEAD:sub")
    (repository / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert isinstance(copied(repository), Text)
    (tmp_path / "copy").mkdir(exist_ok=True)
    copy_changes(GIT, str(repository), str(tmp_path / "copy"), ThisMachine())
    assert not (tmp_path / "started").exists()
