"""Links in a tree: they work inside of it, and none reaches a file that its creator could not change."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from test_provision_killed import arguments, fill, moving

from smallmachine import GOENV, USER, Machine, killed, snapshot
from wslgo.provision.apply.undo import undo
from wslgo.provision.model.step import Action, InstallToolchain, MoveFolder, Plan, Step, Switch, WriteFile
from wslgo.system.files import write_atomically
from wslgo.system.walk import place_of
from wslgo.text.message import Message

TITLE = Message(en="A step", zh="步骤")()
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to lose")
SETTLED = ".config/go/env"


def moved(machine: Machine, path: str, to: Path) -> Path:
    """Move a folder or file of the tree elsewhere, and put a link in its place."""
    place = machine.root / path
    to.parent.mkdir(parents=True, exist_ok=True)
    place.rename(to)
    inner = f"/{to.relative_to(machine.root)}" if to.is_relative_to(machine.root) else str(to)
    place.symlink_to(inner)
    return place


# What is meant


@pytest.mark.parametrize(
    "path", ["home/dev", "home", "home/dev/.config", "home/dev/.config/go/env", "home/dev/.bashrc"]
)
def test_a_link_in_the_tree_is_followed_and_stays(machine: Machine, path: str) -> None:
    (machine.root / "data").mkdir()
    if os.geteuid() == 0:
        os.chown(machine.root / "data", USER, USER)
    place = moved(machine, path, machine.root / "data/there")
    before = machine.snapshot()
    outcome = machine.wslgo(*arguments(machine))
    assert outcome.code == 0, outcome.err
    assert place.is_symlink()
    assert machine.snapshot() != before
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


@AS_ROOT
def test_files_created_after_a_link_of_root_belong_to_the_user(machine: Machine) -> None:
    """Root has moved the home to another disk, into a folder of root."""
    moved(machine, "home/dev", machine.root / "disk2/dev")
    assert machine.wslgo(*arguments(machine)).code == 0
    found = (machine.root / "disk2/dev/sdk/go1.99.3/bin/go").stat()
    assert (found.st_uid, found.st_gid) == (USER, USER)
    assert not [path for path in (machine.root / "disk2/dev").rglob("*") if path.lstat().st_uid != USER]


# What is not


@AS_ROOT
@pytest.mark.parametrize(
    ("link", "target", "action"),
    [
        (".config/go", "/etc", WriteFile("/home/dev/.config/go/env", None, b"new")),
        (".config/go", "/etc", WriteFile("/home/dev/.config/go/profile", b"root's", b"new")),
        (".config/go", "/etc", WriteFile("/home/dev/.config/go/profile", b"root's", None)),
        (".config", "/etc", WriteFile("/home/dev/.config/go/env", None, b"new")),
        (".bashrc", "/etc/profile", WriteFile("/home/dev/.bashrc", b"root's", b"new")),
        (".bashrc", "../../etc/new", WriteFile("/home/dev/.bashrc", None, b"new")),
        ("sdk", "/etc", Switch("/home/dev/sdk/link", "profile", "new")),
        ("sdk", "/etc", Switch("/home/dev/sdk/go", None, "new")),
        ("sdk", "/etc", MoveFolder("/home/dev/mine", "/home/dev/sdk/go")),
        ("sdk", "/etc", MoveFolder("/home/dev/sdk/folder", "/home/dev/go")),
        ("sdk", "/etc", InstallToolchain("go1.99.3", "file:///nowhere", "/home/dev/sdk/go1.99.3", None, None)),
    ],
)
def test_a_link_of_the_user_does_not_reach_files_of_root(
    machine: Machine, link: str, target: str, action: Action
) -> None:
    machine.write("/etc/profile", b"root's", owner=0)
    machine.write("/etc/folder/file", b"root's", owner=0)
    (machine.root / "etc/link").symlink_to("profile")
    machine.write("/home/dev/mine/file", b"mine")
    if (machine.home / link).exists():
        (machine.home / link).rename(machine.folder / "away")
    (machine.home / link).symlink_to(target)
    before = machine.snapshot()
    run = machine.begin(Plan((Step("step", TITLE, TITLE, (action,)),)))
    assert machine.apply(run) == ["failed"]
    assert machine.snapshot() == before


@AS_ROOT
def test_a_file_that_only_root_reads_is_not_read_for_another(machine: Machine) -> None:
    secret = machine.write("/etc/shadow", b"root:$6$secret:\n", mode=0o600, owner=0)
    (machine.home / ".bashrc").unlink()
    os.link(secret, machine.home / ".bashrc")
    (machine.home / ".profile").unlink()
    (machine.home / ".profile").symlink_to("/etc/shadow")
    outcome = machine.wslgo("--plan", "--only", "path")
    assert outcome.code == 1
    assert "secret" not in outcome.out + outcome.err
    assert "/home/dev/.bashrc cannot be read" in outcome.err
    assert "/home/dev/.profile cannot be read" in outcome.err


# Undo


@pytest.fixture
def outside(machine: Machine) -> Path:
    outside = machine.folder / "outside"
    outside.mkdir()
    return outside


def put(machine: Machine, path: str, outside: Path) -> None:
    """Replace something of the tree by a link out of it, to a copy of the same."""
    place = machine.root / path
    place.rename(outside / place.name)
    place.symlink_to(outside / place.name)


@pytest.mark.parametrize(
    "path", ["home", "home/dev", "home/dev/.config", "home/dev/.config/go", "home/dev/.config/go/env", "home/dev/sdk"]
)
def test_an_undo_follows_no_link_that_was_put_there_since(machine: Machine, outside: Path, path: str) -> None:
    before = machine.snapshot()
    assert machine.wslgo(*arguments(machine)).code == 0
    put(machine, path, outside)
    then = snapshot(outside)
    outcome = machine.wslgo("--undo", "--yes")
    assert outcome.code == 1
    assert snapshot(outside) == then
    (machine.root / path).unlink()
    (outside / Path(path).name).rename(machine.root / path)
    assert machine.wslgo("--undo", "--yes").code == 0, "it can be undone later"
    assert machine.snapshot() == before


@pytest.mark.parametrize("path", ["home/dev/.cache", "home/dev/old"])
@pytest.mark.parametrize("number", [2, 4, 6, 9999])
def test_a_move_that_was_killed_follows_no_link_either(machine: Machine, outside: Path, path: str, number: int) -> None:
    fill(machine, "/home/dev/old")
    run = machine.begin(moving(machine, "/home/dev/old", "/home/dev/.cache/go-build"))
    killed(lambda: machine.apply(run), number)
    if not (machine.root / path).exists():
        (machine.root / path).mkdir()
    put(machine, path, outside)
    then = snapshot(outside)
    machine.apply(run)
    context = machine.context()
    undo(context.ledger.run(run.id), context)
    assert snapshot(outside) == then


def test_a_run_of_the_last_version_is_undone(machine: Machine) -> None:
    """It recorded paths and nothing else about folders."""
    before = machine.snapshot()
    fill(machine, "/home/dev/old")
    filled = machine.snapshot()
    run = machine.begin(moving(machine, "/home/dev/old", "/home/dev/.cache/go-build"))
    assert machine.apply(run) == ["done"]
    lines = [json.loads(line) for line in machine.context().ledger.lines.read_text().splitlines()]
    for line in lines:
        line.get("facts", {}).pop("number", None)
    machine.context().ledger.lines.write_text("".join(json.dumps(line) + "\n" for line in lines))
    context = machine.context()
    assert not [way for way in undo(context.ledger.run(run.id), context) if way.problem]
    assert machine.snapshot() == filled != before


# What a new file gets from the old one


def test_new_bytes_lose_the_set_user_id_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    path.chmod(0o6755)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o7777 == 0o755


@AS_ROOT
@pytest.mark.parametrize("write", [lambda place: place.make(), lambda place: place.create()])
def test_new_files_are_for_root_alone_at_first(tmp_path: Path, write: Callable[[object], object]) -> None:
    write(place_of(tmp_path / "new"))
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


@AS_ROOT
def test_a_file_that_becomes_a_link_does_not_change_a_file_of_root(machine: Machine) -> None:
    """Replace it between the check and the write, the only moment that no system call can close."""
    step = Step("step", TITLE, TITLE, (WriteFile(f"/home/dev/{SETTLED}", GOENV, b"new\n"),))
    run = machine.begin(Plan((step,)))
    victim = machine.write("/etc/victim", GOENV, mode=0o4755, owner=0)
    (machine.home / SETTLED).unlink()
    os.link(victim, machine.home / SETTLED)
    machine.apply(run)
    assert (victim.read_bytes(), victim.stat().st_mode & 0o7777, victim.stat().st_uid) == (GOENV, 0o4755, 0)
    assert (machine.home / SETTLED).stat().st_mode & 0o7000 == 0
