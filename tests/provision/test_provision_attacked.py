"""Root provisions a tree whose user swaps folders and files at any moment: nothing of root's changes hands."""

import os
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_provision_killed import arguments, fill, mount, moving

from attacking import Attacker, Link, Other, Vault, attacked, everything_in
from smallmachine import USER, Machine
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.ledger import DONE, FAILED
from wslgo.provision.apply.undo import undo
from wslgo.provision.model.step import ROOT, Action, Plan, Step, WriteFile
from wslgo.text.message import Message

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to lose")]

TITLE = Message(en="A step", zh="步骤")()
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
    context = machine.context()
    attacked(
        lambda: [undo(context.ledger.run(run.id), context) for _ in range(3)],
        attacker(machine, Link(outside.folder), phase),
    )


# Who can rename the folders above


def ends(machine: Machine, act: Callable[[], object], *actions: Action) -> list[str]:
    """How actions end, each a step of its own, when another program acts after the survey."""
    run = machine.begin(Plan(tuple(Step("path", TITLE, TITLE, (action,)) for action in actions)))
    context = machine.context()
    act()
    return [event.end for event in apply(context.ledger.run(run.id), context)]


NEW = (
    WriteFile("/etc/x.conf", None, b"x\n", ROOT),
    WriteFile("/etc/passwd", b"root's\n", b"x\n", ROOT),
)


def test_who_owns_the_top_of_a_tree_puts_nothing_of_roots_there(machine: Machine) -> None:
    vault = Vault(machine.root / "vault")
    os.chown(machine.root, USER, USER)

    def act() -> None:
        (machine.root / "etc").rename(machine.root / "mine")
        vault.folder.rename(machine.root / "etc")

    assert ends(machine, act, *NEW) == [FAILED, FAILED]
    (machine.root / "etc").rename(vault.folder)
    vault.check()


def test_who_owns_all_of_a_tree_has_it_provisioned(machine: Machine) -> None:
    for path in (machine.root, *machine.root.rglob("*")):
        os.chown(path, USER, USER)
    before = machine.snapshot()
    assert machine.wslgo("--yes").err.endswith("Done; undo with wslgo provision --undo\n")
    assert machine.wslgo("--undo", "--yes").code == 0
    assert machine.snapshot() == before


def test_a_tree_that_becomes_a_link_is_none(machine: Machine, outside: Vault) -> None:
    def act() -> None:
        machine.root.rename(machine.folder / "mine")
        machine.root.symlink_to(outside.folder)

    (outside.folder / "etc").mkdir()
    (outside.folder / "etc/passwd").write_bytes(b"root's\n")
    outside.before = outside.now()
    assert ends(machine, act, *NEW) == [FAILED, FAILED]


@pytest.mark.parametrize(("members", "end"), [("dev", FAILED), ("other,dev", FAILED), ("other", DONE), ("", DONE)])
def test_a_home_that_the_users_group_can_rename_is_theirs_to_swap(machine: Machine, members: str, end: str) -> None:
    machine.write("/etc/group", f"team:x:4242:{members}\n".encode(), owner=0)
    vault = Vault(machine.root / "home/vault")
    os.chown(machine.root / "home", 0, 4242)
    (machine.root / "home").chmod(0o775)

    def act() -> None:
        machine.home.rename(machine.root / "home/mine")
        vault.folder.rename(machine.home)

    assert ends(machine, act, WriteFile("/home/dev/x", None, b"x\n")) == [end]
    machine.home.rename(vault.folder)
    if end == FAILED:
        vault.check()


def test_a_home_that_an_access_control_list_lets_be_renamed_is_too(machine: Machine) -> None:
    vault = Vault(machine.root / "home/vault")
    entries = ((1, 7, -1), (2, 7, USER), (4, 5, -1), (16, 7, -1), (32, 5, -1))  # tag, rights, who
    data = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
    os.setxattr(machine.root / "home", "system.posix_acl_access", data)

    def act() -> None:
        machine.home.rename(machine.root / "home/mine")
        vault.folder.rename(machine.home)

    assert ends(machine, act, WriteFile("/home/dev/x", None, b"x\n")) == [FAILED]
    machine.home.rename(vault.folder)
    vault.check()
    (machine.root / "home/mine").rename(machine.home)
    assert ends(machine, lambda: None, WriteFile("/home/dev/x", None, b"x\n")) == [DONE]
