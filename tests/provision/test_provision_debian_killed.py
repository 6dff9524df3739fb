"""A run in a real Debian is killed with all that it has started: the next one finishes it, or undo reverts it."""

import random
from collections.abc import Iterator

import pytest

import rootless
from debiantree import Debian
from treechanges import Changes

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")

# More lines than the ledger gets: the run, for each step its begin and its end, and each action.
MOST = 22


def spec(debian: Debian) -> tuple[str, ...]:
    return ("--yes", *debian.spec("toolchain,path,wsl-conf,sysctl,wslconfig"))


@pytest.fixture
def debian(debian: Debian) -> Debian:
    debian.misconfigure()
    return debian


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debian]:
    """Return a machine after a run that was not killed."""
    machine = Debian(tmp_path_factory.mktemp("undisturbed"))
    try:
        machine.misconfigure()
        assert machine.wslgo(*spec(machine)).code == 0
        yield machine
    finally:
        machine.close()


@pytest.fixture(scope="module")
def finished(undisturbed: Debian) -> Changes:
    return undisturbed.changes()


@pytest.mark.slow
def test_all_lines_of_the_ledger_are_places_to_be_killed_at(undisturbed: Debian) -> None:
    assert 0 < undisturbed.ledger.read_bytes().count(b"\n") < MOST


@pytest.mark.parametrize("line", range(1, MOST + 1))
def test_a_run_killed_before_a_line_is_finished_by_the_next(debian: Debian, finished: Changes, line: int) -> None:
    before = debian.changes()
    was_killed = debian.kill_at_line(line, "before", *spec(debian))
    outcome = debian.wslgo(*spec(debian))
    assert outcome.code == 0, outcome.err
    assert was_killed or "Nothing to do" in outcome.out
    assert debian.changes() == finished
    assert debian.undo().code == 0
    assert debian.changes() == before


@pytest.mark.parametrize("line", range(1, MOST + 1))
def test_a_run_killed_after_a_line_is_undone_at_once(debian: Debian, line: int) -> None:
    before = debian.changes()
    debian.kill_at_line(line, "after", *spec(debian))
    assert debian.undo().code == 0
    assert debian.changes() == before


@pytest.mark.parametrize("line", range(1, 10, 2))
def test_an_undo_that_is_killed_continues(debian: Debian, line: int) -> None:
    before = debian.changes()
    assert debian.wslgo(*spec(debian)).code == 0
    assert debian.kill_at_line(line, "after", "--undo", "--yes")
    assert debian.undo().code == 0
    assert debian.changes() == before


@pytest.mark.parametrize("seed", range(8))
def test_pulling_the_plug_again_and_again_gets_that_tree(debian: Debian, finished: Changes, seed: int) -> None:
    """Kill it at arbitrary moments: also while bytes of a file are on their way."""
    chance = random.Random(seed)
    before = debian.changes()
    for _ in range(3):
        debian.kill_after(chance.uniform(0.1, 0.4), *spec(debian))
    assert debian.wslgo(*spec(debian)).code == 0
    assert debian.changes() == finished
    debian.kill_after(chance.uniform(0.1, 0.3), "--undo", "--yes")
    assert debian.undo().code == 0
    assert debian.changes() == before
