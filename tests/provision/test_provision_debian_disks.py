"""Disks that are full, read-only or gone, and two who want the same: nothing is lost, and the next run continues."""

import fcntl
import os

import pytest

import rootless
from debiantree import WSLCONFIG, Debian, ended
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.text.message import Message

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")

TITLE = Message(en="A step", zh="步骤")()
NEW = b"[wsl2]\r\nmemory=12GB\r\n"


def spec(debian: Debian, only: str = "toolchain,path,wsl-conf,wslconfig") -> tuple[str, ...]:
    return ("--yes", *debian.spec(only))


@pytest.fixture
def debian(debian: Debian) -> Debian:
    debian.misconfigure()
    return debian


# Full and read-only


def test_a_full_disk_loses_nothing_and_the_next_run_continues(debian: Debian) -> None:
    before = debian.changes()
    with debian.full():
        outcome = debian.wslgo(*spec(debian))
        assert outcome.code == 1
        assert "No space left on device" in outcome.err
        assert before.items() <= debian.changes().items(), "a folder needs no room"
    outcome = debian.wslgo(*spec(debian))
    assert (outcome.code, "Resuming run" in outcome.err) == (0, True)
    assert debian.undo().code == 0
    assert debian.changes() == before


def test_a_disk_that_is_full_when_all_is_undone_loses_nothing(debian: Debian) -> None:
    before = debian.changes()
    assert debian.wslgo(*spec(debian)).code == 0
    with debian.full():
        assert debian.wslgo("--undo", "--yes").code == 1
    assert debian.undo().code == 0
    assert debian.changes() == before


def test_a_tree_that_is_read_only_stays_as_it_is(debian: Debian) -> None:
    before, only = debian.changes(), spec(debian, "toolchain,path,wsl-conf")
    with debian.read_only():
        outcome = debian.wslgo(*only)
        assert outcome.code == 1
        assert outcome.err.count("Read-only file system") == 3, "each step says it"
    assert debian.changes() == before
    assert debian.wslgo(*only).code == 0
    with debian.read_only():
        assert debian.wslgo("--undo", "--yes").code == 1
    assert debian.undo().code == 0
    assert debian.changes() == before


def test_without_room_for_the_journal_nothing_is_written(debian: Debian) -> None:
    """An action that cannot be undone is not performed."""
    before = debian.changes()
    small = debian.folder / "small"
    debian.mount(small, "-t", "tmpfs", "-o", "size=4k", "tmpfs")
    outcome = ended(debian.start(*spec(debian), XDG_STATE_HOME=str(small)))
    assert outcome.code == 1
    assert "No space left on device" in outcome.err
    assert debian.changes() == before


# A drive of Windows that has gone


@pytest.fixture(params=[b"[wsl2]\r\nmemory=8GB\r\n", None], ids=["there", "new"])
def begun(debian: Debian, request: pytest.FixtureRequest) -> Debian:
    """Return a run that was interrupted at once; it changes `.wslconfig`, or creates it."""
    if request.param is None:
        debian.wslconfig.unlink()
    write = WriteFile(WSLCONFIG, request.param, NEW, is_mounted=True)
    debian.begin(Plan((Step("wslconfig", TITLE, TITLE, (write,)),)))
    return debian


def drive(debian: Debian) -> list[str]:
    """List the folder where the drive is, or should be."""
    return os.listdir(debian.root / "mnt/c")  # noqa: PTH208 - the names alone


def test_a_drive_that_goes_while_a_run_is_interrupted_is_waited_for(begun: Debian) -> None:
    begun.unmount_windows()
    outcome = begun.wslgo("--yes", "--only", "wsl-conf")
    assert outcome.code == 1
    assert "not mounted" in outcome.err
    assert drive(begun) == [], "what is written there would be lost from sight"
    begun.mount_windows()
    assert begun.wslgo("--yes", "--only", "wsl-conf").code == 0
    assert begun.wslconfig.read_bytes() == NEW


def test_a_drive_that_has_gone_when_all_is_undone_is_waited_for(begun: Debian) -> None:
    before = begun.changes()
    assert begun.wslgo("--yes", "--only", "wsl-conf").code == 0
    begun.unmount_windows()
    outcome = begun.undo()
    assert outcome.code == 1
    assert "not mounted" in outcome.err
    assert drive(begun) == []
    begun.mount_windows()
    assert begun.undo().code == 0
    assert begun.changes() == before


@pytest.fixture
def strayed(debian: Debian) -> Debian:
    """With the cache of builds on a drive of Windows, right below its root."""
    debian.write("/home/dev/.config/go/env", b"GOCACHE=/mnt/c/gocache\n")
    for number in range(40):
        debian.write(f"/mnt/c/gocache/{number:02}/{number}-a", bytes([number]) * 5000, owner=0)
    return debian


CACHES = ("--yes", "--only", "caches")
CACHE = "home/dev/.cache/go-build"


@pytest.mark.parametrize("copied", [3, 20, 39])
def test_a_drive_that_goes_in_the_middle_of_a_move_takes_nothing_with_it(strayed: Debian, copied: int) -> None:
    debian, before = strayed, strayed.changes()
    copy = debian.home / f".cache/.go-build.wslgo-copy/{copied}"
    debian.kill_when(copy.exists, *CACHES)
    debian.unmount_windows()
    outcome = debian.wslgo(*CACHES)
    assert drive(debian) == []
    debian.mount_windows()
    if outcome.code:  # else it was killed after its end
        assert "not mounted" in outcome.err
        assert debian.wslgo(*CACHES).code == 0
    assert (debian.root / CACHE / "39/39-a").read_bytes() == bytes([39]) * 5000
    assert "gocache" not in drive(debian)
    assert debian.undo().code == 0
    assert debian.changes() == before


def test_nothing_is_moved_back_to_where_a_drive_was(strayed: Debian) -> None:
    before = strayed.changes()
    assert strayed.wslgo(*CACHES).code == 0
    strayed.unmount_windows()
    outcome = strayed.undo()
    assert outcome.code == 1
    assert "not mounted" in outcome.err
    assert drive(strayed) == []
    strayed.mount_windows()
    assert strayed.undo().code == 0
    assert strayed.changes() == before


def test_a_drive_that_is_not_mounted_is_not_planned_for(debian: Debian) -> None:
    debian.unmount_windows()
    outcome = debian.wslgo("--plan", "--only", "wslconfig")
    assert ".wslconfig" not in outcome.out
    assert drive(debian) == []


# Two at once


def test_of_several_runs_at_once_one_does_it(debian: Debian) -> None:
    before = debian.changes()
    said = [ended(process) for process in [debian.start(*spec(debian)) for _ in range(3)]]
    assert [outcome.code for outcome in said] == [0, 0, 0]
    assert sum("Nothing to do" in outcome.out for outcome in said) == 2
    assert sum("Done; undo with" in outcome.err for outcome in said) == 1
    after = debian.changes()
    assert debian.wslgo(*spec(debian)).out == "Nothing to do; notes: 1 (see wslgo doctor)\n"  # .wslconfig waits
    assert debian.changes() == after
    assert debian.undo().code == 0
    assert debian.changes() == before


def test_who_waits_for_a_run_that_is_killed_finishes_it(debian: Debian) -> None:
    assert debian.kill_at_line(7, "before", *spec(debian))
    with debian.ledger.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = debian.start(*spec(debian))
        assert waiting.stderr is not None
        assert "Waiting for another" in waiting.stderr.readline()
    outcome = ended(waiting)
    assert outcome.code == 0
    assert "Resuming run" in outcome.err
