"""The folders whose programs are not run."""

import pwd
from pathlib import Path

import pytest

from wslgo.system.repository import workspaces

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("r/sub/deep", ("r",)),
        ("r", ("r",)),
        ("plain/sub", ("plain/sub",)),
        ("home", ()),
        ("home/go", ()),
        ("home/go/bin", ()),
        ("home/.local/bin", ()),
        ("home/project", ("home/project",)),
        (".", ()),
    ],
)
def test_the_folders_whose_programs_are_not_run(tmp_path: Path, folder: str, expected: tuple[str, ...]) -> None:
    for path in ("r/.git", "r/sub/deep", "plain/sub", "home/.git", "home/go/bin", "home/.local/bin", "home/project"):
        (tmp_path / path).mkdir(parents=True)
    found = workspaces((), str(tmp_path / "home"), here=str(tmp_path / folder))
    assert found == tuple(str(tmp_path / path) for path in expected)


def test_a_home_that_a_project_sets_inside_itself_does_not_count(tmp_path: Path) -> None:
    """By `export HOME=$PWD/home` in its `.envrc`."""
    inner = tmp_path / "r/home/sub"
    inner.mkdir(parents=True)
    (tmp_path / "r/.envrc").touch()
    for opened, here in (((), inner), ((), tmp_path / "r"), (str(tmp_path / "r"), "/"), (str(inner), "/")):
        assert workspaces(opened, str(tmp_path / "r/home"), here=str(here)) == (str(tmp_path / "r"),)


def test_a_project_is_not_a_home_because_of_its_own_envrc(tmp_path: Path) -> None:
    """By `export HOME=$PWD`."""
    (tmp_path / "r/sub").mkdir(parents=True)
    (tmp_path / "r/.envrc").touch()
    assert workspaces((), str(tmp_path / "r"), here=str(tmp_path / "r/sub")) == (str(tmp_path / "r"),)
    assert workspaces(str(tmp_path / "r"), str(tmp_path / "r")) == (str(tmp_path / "r"),)


def test_the_home_of_the_account_counts_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "r/home"
    (home / "project").mkdir(parents=True)
    (tmp_path / "r/.git").touch()
    monkeypatch.setattr(pwd, "getpwuid", lambda _: pwd.struct_passwd(("me", "x", 1, 1, "", str(home), "/bin/sh")))
    assert workspaces((), str(home), here=str(home)) == ()
    assert workspaces((), str(home), here=str(home / "project")) == (str(home / "project"),)
    for name in (".tool-versions", ".vscode", ".envrc"):
        (home / name).touch()
    assert workspaces((), str(home), here=str(home / "project")) == (str(home / "project"),)
    of_snap = str(home / "snap/code/1")
    assert workspaces((), of_snap, here=str(home / "project")) == (str(home / "project"),)


def test_a_home_may_be_a_link(tmp_path: Path) -> None:
    for path in ("disk/me/.git", "disk/me/project"):
        (tmp_path / path).mkdir(parents=True)
    (tmp_path / "me").symlink_to("disk/me")
    found = workspaces((), str(tmp_path / "me"), here=str(tmp_path / "me/project"))
    assert found == (str(tmp_path / "disk/me/project"),)


@pytest.mark.parametrize(
    ("mark", "folder", "expected"),
    [
        ("go/.vscode", "go/src/app", "go/src/app"),  # ~/go/bin is not part of it
        ("sdk/.git", "sdk", "sdk"),  # a project may have that name
        ("sdk/.git", "sdk/sub", "sdk"),
        ("bin/.git", "bin", "bin"),
    ],
)
def test_where_programs_are_kept_a_mark_counts_for_its_own_folder(
    tmp_path: Path, mark: str, folder: str, expected: str
) -> None:
    for path in (mark, folder):
        (tmp_path / path).mkdir(parents=True, exist_ok=True)
    assert workspaces((), str(tmp_path), here=str(tmp_path / folder)) == (str(tmp_path / expected),)


def test_system_folders_are_not_workspaces() -> None:
    for path in ("/", "/usr/local", "/usr/local/go", "/opt", "/bin"):
        assert workspaces((), "/home/me", here=path) == ()
    assert workspaces("/usr/local/go", "/home/me") == ("/usr/local/go",), "but one that is opened is one"
