"""The content of a file at the last start: stored by the first probe, if that probe came in time."""

import json
import os
from pathlib import Path

import pytest

from machines import Tree, tree_of
from wslgo.machine.host import Snapshot
from wslgo.machine.probe import probe
from wslgo.machine.start_snapshot import MARGIN, NEWS, Start, snapshot_of

STORE = "/home/user/.cache/wslgo/start.json"
PLACE = "/etc/wsl.conf"
STARTED = 1_700_000_000.0
START = Start("distribution 1", STARTED)
FUTURE = 2_000_000_000  # after every file that a test writes
SECOND, THIRD = Start("distribution 2", FUTURE), Start("distribution 3", FUTURE)


@pytest.fixture
def world(tmp_path: Path) -> Tree:
    (tmp_path / "root" / "etc").mkdir(parents=True)
    return Tree(tmp_path / "root", {})


def write(world: Tree, text: str) -> None:
    Path(world.root + PLACE).write_text(text)


def snapshot(world: Tree, start: Start | None = None) -> Snapshot:
    data = world.read(PLACE)
    return snapshot_of(
        world, STORE, PLACE, None if data is None else data.decode(), start or Start("distribution 1", FUTURE)
    )


def test_the_first_probe_stores_the_text(world: Tree) -> None:
    write(world, "old")
    assert snapshot(world) == Snapshot(PLACE, "old", "old", knows_start=True)
    write(world, "new")
    assert snapshot(world) == Snapshot(PLACE, "new", "old", knows_start=True)


def test_a_removed_and_a_created_file_are_stored_too(world: Tree) -> None:
    assert snapshot(world) == Snapshot(PLACE, None, None, knows_start=True)
    write(world, "new")
    assert snapshot(world) == Snapshot(PLACE, "new", None, knows_start=True)
    assert snapshot(world, SECOND) == Snapshot(PLACE, "new", "new", True, before=None, knows_before=True)
    (Path(world.root + PLACE)).unlink()
    assert snapshot(world, SECOND) == Snapshot(PLACE, None, "new", True, before=None, knows_before=True)
    assert snapshot(world, THIRD) == Snapshot(PLACE, None, None, True, before="new", knows_before=True)


# The start before


def test_the_next_start_reports_the_text_of_the_one_before(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    both = Snapshot(PLACE, "new", "new", True, before="old", knows_before=True)
    assert [snapshot(world, SECOND), snapshot(world, SECOND)] == [both, both]


def test_a_start_with_the_same_text_has_nothing_to_report(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    write(world, "old")
    assert snapshot(world, SECOND) == Snapshot(PLACE, "old", "old", knows_start=True)


def test_a_later_start_does_not_report_it_again(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    snapshot(world, SECOND)
    assert snapshot(world, THIRD) == Snapshot(PLACE, "new", "new", knows_start=True)
    assert "old" not in json.loads(world.read(STORE) or b"")["files"][PLACE].values()


@pytest.mark.parametrize("seconds", [-NEWS, -30 * NEWS, NEWS])
def test_the_text_before_is_reported_for_a_day_and_not_if_the_clock_is_wrong(world: Tree, seconds: float) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    snapshot(world, SECOND)
    stored = json.loads(world.read(STORE) or b"")
    stored["files"][PLACE]["news_until"] += seconds
    world.keep(STORE, json.dumps(stored).encode())
    assert snapshot(world, SECOND) == Snapshot(PLACE, "new", "new", knows_start=True)


def test_after_an_unknown_start_nothing_is_reported(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    assert snapshot(world, Start("distribution 2", STARTED)) == Snapshot(PLACE, "new")
    assert snapshot(world, THIRD) == Snapshot(PLACE, "new", "new", knows_start=True)


def test_another_file_does_not_replace_an_entry(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    snapshot_of(world, STORE, "/etc/other", None, SECOND)
    snapshot_of(world, STORE, "/etc/missing/other", None, SECOND)
    write(world, "new")
    assert snapshot(world, SECOND).before == "old"


def test_an_edit_before_the_first_probe_leaves_the_text_unknown(world: Tree) -> None:
    write(world, "edited")
    assert snapshot(world, START) == Snapshot(PLACE, "edited")
    assert not Path(world.root + STORE).exists()
    os.utime(world.root + PLACE, (STARTED - 60, STARTED - 60))  # a copy that keeps the time of the original
    assert snapshot(world, START) == Snapshot(PLACE, "edited")


def test_an_edit_as_old_as_the_start_is_not_trusted(world: Tree) -> None:
    write(world, "text")
    at = Path(world.root + PLACE).stat().st_ctime
    assert not snapshot(world, Start("a", at + MARGIN - 1)).knows_start
    assert snapshot(world, Start("a", at + MARGIN + 1)).knows_start


def test_the_entry_of_the_same_start_stays_if_the_clock_is_skewed(world: Tree) -> None:
    write(world, "old")
    snapshot(world)
    write(world, "new")
    assert snapshot(world, Start("distribution 1", 0.0)) == Snapshot(PLACE, "new", "old", knows_start=True)


@pytest.mark.parametrize(
    "junk",
    [
        *(b"", b"{", b"[]", b'{"version": 0}', b'{"version": 1, "files": 3}', b"[" * 99999),
        *(
            b'{"version": 1, "files": {"/etc/wsl.conf": %s}}' % entry
            for entry in (b"3", b"{}", b'{"start": 1, "text": 2}')
        ),
    ],
)
def test_a_broken_store_is_replaced(world: Tree, junk: bytes) -> None:
    write(world, "text")
    world.keep(STORE, junk)
    assert snapshot(world).knows_start
    assert json.loads(world.read(STORE) or b"")["files"][PLACE]["text"] == "text"


def test_bytes_that_are_not_text_are_stored_unchanged(world: Tree) -> None:
    text = "[boot]\r\n\udcff\ufeff启"
    assert snapshot_of(world, STORE, "/etc/none", None, None) == Snapshot("/etc/none")
    write(world, "")
    start = Start("distribution 1", FUTURE)
    snapshot_of(world, STORE, PLACE, text, start)
    assert snapshot_of(world, STORE, PLACE, "", start).at_start == text


def test_without_a_store_or_a_start_nothing_is_known(world: Tree) -> None:
    write(world, "text")
    assert snapshot_of(world, None, PLACE, "text", START) == Snapshot(PLACE, "text")
    assert snapshot_of(world, STORE, PLACE, "text", None) == Snapshot(PLACE, "text")


def test_a_file_that_cannot_be_read_is_unknown(world: Tree) -> None:
    write(world, "text")
    assert snapshot_of(world, STORE, PLACE, None, Start("a", FUTURE)) == Snapshot(PLACE)


def test_a_file_in_a_folder_that_is_not_mounted_is_unknown(world: Tree) -> None:
    place = "/mnt/c/Users/user/.wslconfig"
    assert snapshot_of(world, STORE, place, None, Start("a", FUTURE)) == Snapshot(place)


# Through the probe

PROCESS = "1 (sys (temd) S 0 1 1 0 -1 4194560 1 1 1 1 1 1 1 1 20 0 1 0 {ticks} 1 1\n"
BOOT_ID = "/proc/sys/kernel/random/boot_id"
STAT = f"cpu 1 2 3\nbtime {FUTURE}\nprocesses 9\n"


def restarted_machine(name: str, folder: Path) -> Tree:
    """Return a recorded machine that started after the last edit."""
    text = f"like: {name}\n-- /proc/stat --\n{STAT}-- /proc/1/stat --\n{PROCESS.format(ticks=400)}"
    return tree_of(text, folder)


def test_the_probe_knows_both_starts(tmp_path: Path) -> None:
    tree = restarted_machine("ubuntu-24.04-mirrored", tmp_path)
    host = probe(tree, frozenset({"wslconfig", "wslconf"}))
    assert host.wslconfig
    assert host.wslconf
    assert (host.wslconfig.knows_start, host.wslconf.knows_start) == (True, True)
    Path(tree.root + host.wslconfig.path).write_text("[wsl2]\nmemory=4GB\n")
    Path(tree.root + host.wslconf.path).write_text("")
    again = probe(tree, frozenset({"wslconfig", "wslconf"}), is_fresh=True)
    assert again.wslconfig == Snapshot(host.wslconfig.path, "[wsl2]\nmemory=4GB\n", host.wslconfig.text, True)
    assert again.wslconf == Snapshot(host.wslconf.path, "", host.wslconf.text, True)


def test_a_distribution_that_was_restarted_reads_its_file_again(tmp_path: Path) -> None:
    tree = restarted_machine("ubuntu-24.04-mirrored", tmp_path)
    first = probe(tree, frozenset({"wslconfig", "wslconf"}))
    assert first.wslconf
    Path(tree.root + "/etc/wsl.conf").write_text("")
    Path(tree.root + "/proc/1/stat").write_text(PROCESS.format(ticks=90000))
    host = probe(tree, frozenset({"wslconfig", "wslconf"}))
    assert host.wslconf == Snapshot("/etc/wsl.conf", "", "", True, first.wslconf.text, knows_before=True)
    assert host.wslconfig
    assert not host.wslconfig.knows_before


def test_a_machine_that_was_restarted_reads_both_files_again(tmp_path: Path) -> None:
    tree = restarted_machine("ubuntu-24.04-mirrored", tmp_path)
    first = probe(tree, frozenset({"wslconfig", "wslconf"}))
    assert first.wslconfig
    Path(tree.root + first.wslconfig.path).write_text("[wsl2]\n")
    Path(tree.root + BOOT_ID).write_text("ffffffff-4f0e-4a52-9d3b-1c6f0a7b8e21\n")
    host = probe(tree, frozenset({"wslconfig", "wslconf"}))
    assert host.wslconfig == Snapshot(first.wslconfig.path, "[wsl2]\n", "[wsl2]\n", True, first.wslconfig.text, True)
    assert host.wslconf == first.wslconf


@pytest.mark.slow
def test_many_boots_leave_one_file_of_each_kind_and_keep_other_files(tmp_path: Path) -> None:
    tree = restarted_machine("ubuntu-24.04-mirrored", tmp_path)
    tree.keep("/home/user/.cache/wslgo/python/marker", b"")
    tree.keep("/home/user/.cache/wslgo/host-notes.json", b"mine")
    for number in range(3):
        Path(tree.root + BOOT_ID).write_text(f"{number:08}-4f0e-4a52-9d3b-1c6f0a7b8e21\n")
        probe(tree)
    assert tree.names("/home/user/.cache/wslgo") == ("host-notes.json", "host.json", "python", "start.json")
    assert tree.read("/home/user/.cache/wslgo/host-notes.json") == b"mine"


def test_wsl_1_has_no_start_of_a_virtual_machine(tmp_path: Path) -> None:
    host = probe(restarted_machine("wsl-1", tmp_path), frozenset({"wslconfig", "wslconf"}))
    assert host.wslconfig
    assert host.wslconf
    assert (host.wslconfig.knows_start, host.wslconf.knows_start) == (False, True)


@pytest.mark.parametrize("stat", ["", "1 (init", "1 (in) it) S 0", "1 (init) " + "x " * 40])
def test_an_unreadable_process_table_leaves_the_start_unknown(tmp_path: Path, stat: str) -> None:
    tree = restarted_machine("ubuntu-24.04-mirrored", tmp_path)
    Path(tree.root + "/proc/1/stat").write_text(stat)
    host = probe(tree, frozenset({"wslconf"}))
    assert host.wslconf
    assert not host.wslconf.knows_start
