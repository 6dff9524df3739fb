"""Root provisions a tree whose user swaps folders and files at any moment: nothing of root's changes hands."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from attacking import Attacker, Link, Other, Vault, attacked, everything_in
from smallmachine import USER, Machine
from test_provision_killed import arguments, fill, mount, moving

from wslgo.provision.undo import undo

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to lose")

PERIOD = 6
PHASES = range(PERIOD)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Vault]:
    """Files of root's on the machine that wslgo runs on."""
    vault = Vault(tmp_path / "vault")
    yield vault
    vault.check()


@pytest.fixture
def within(machine: Machine) -> Iterator[Vault]:
    """Files of root's in the tree, in the home of its user, who may rename the folder but not look into it."""
    vault = Vault(machine.home / "vault")
    yield vault
    vault.check()


def attacker(machine: Machine, swap: Link | Other, phase: int) -> Attacker:
    def places() -> list[Path]:
        return [path for path in everything_in(machine.home) if not {"vault", "long"} & set(path.parts)]

    return Attacker(places, swap, PERIOD, phase)


@pytest.mark.parametrize("phase", PHASES)
def test_folders_that_become_links_give_nothing_away(machine: Machine, outside: Vault, phase: int) -> None:
    swap = Link(outside.folder)
    words = arguments(machine)
    attacked(lambda: [machine.wslgo(*words) for _ in range(3)], attacker(machine, swap, phase))
    outside.check()
    attacked(lambda: [machine.wslgo("--undo", "--yes") for _ in range(3)], attacker(machine, swap, phase))


@pytest.mark.parametrize("phase", PHASES)
def test_links_to_folders_of_roots_in_the_tree_give_nothing_away(machine: Machine, phase: int) -> None:
    vault, words = Vault(machine.root / "vault"), arguments(machine)
    swap = Link(Path("/vault"))
    attacked(lambda: [machine.wslgo(*words) for _ in range(3)], attacker(machine, swap, phase))
    vault.check()
    attacked(lambda: [machine.wslgo("--undo", "--yes") for _ in range(3)], attacker(machine, swap, phase))
    vault.check()


@pytest.mark.parametrize("phase", PHASES)
def test_folders_of_roots_that_are_put_there_stay_roots(machine: Machine, within: Vault, phase: int) -> None:
    swap = Other(within.folder)
    words = arguments(machine)
    attacked(lambda: [machine.wslgo(*words) for _ in range(3)], attacker(machine, swap, phase))
    within.check()
    attacked(lambda: [machine.wslgo("--undo", "--yes") for _ in range(3)], attacker(machine, swap, phase))


@pytest.mark.parametrize("phase", PHASES)
def test_a_move_between_disks_gives_nothing_away(
    machine: Machine, outside: Vault, phase: int, request: pytest.FixtureRequest
) -> None:
    mount(machine, "/home/dev/disk", request)
    os.chown(machine.home / "disk", USER, USER)
    fill(machine, "/home/dev/disk/cache")
    run = machine.begin(moving(machine, "/home/dev/disk/cache", "/home/dev/.cache/go-build"))
    attacked(lambda: [machine.apply(run) for _ in range(3)], attacker(machine, Link(outside.folder), phase))
    outside.check()
    hand = machine.hand()
    attacked(
        lambda: [undo(hand.ledger.run(run.id), hand) for _ in range(3)],
        attacker(machine, Link(outside.folder), phase),
    )
