"""Killed at any point, a run resumes, and undo restores the machine."""

import random
import subprocess

import pytest

from smallmachine import Machine, killed
from wslgo.provision.apply.undo import undo
from wslgo.provision.model.step import MoveFolder, Plan, Step, Switch, WriteFile
from wslgo.text.message import Message

pytestmark = pytest.mark.slow

ALL = ("--go", "1.99.3", "--yes")
TITLE = Message(en="A step", zh="步骤")()


def arguments(machine: Machine) -> tuple[str, ...]:
    return (*ALL, "--source", machine.source())


def every(most: int, step: int) -> list[int]:
    """Places to be killed at, up to a number that is not reached any more."""
    return [*range(1, most, step), 9999]


@pytest.mark.parametrize("number", every(240, 2))
def test_a_run_that_was_killed_is_finished_by_the_next_one_and_undone_by_undo(machine: Machine, number: int) -> None:
    before = machine.snapshot()
    was_killed = machine.kill_at(number, *arguments(machine))
    outcome = machine.wslgo(*arguments(machine))
    assert outcome.code == 0, outcome.err
    assert was_killed or "Nothing to do" in outcome.out
    after = machine.snapshot()
    assert not [path for path in after if path.endswith(".wslgo")]
    assert after["home/dev/sdk/go"][0] == "go1.99.3"
    assert after == reference(machine, before)
    assert machine.wslgo("--undo", "--yes").code == 0
    while machine.wslgo("--undo", "--yes").out != "There is nothing to undo\n":
        pass
    assert machine.snapshot() == before


def reference(machine: Machine, before: dict[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    """Return the tree after a run that was not killed."""
    folder = machine.folder / "other"
    folder.mkdir()
    other = Machine(folder)
    assert other.snapshot() == before
    assert other.wslgo(*ALL, "--source", machine.source()).code == 0
    return other.snapshot()


@pytest.mark.parametrize("number", every(240, 5))
def test_a_run_that_was_killed_can_be_undone_at_once(machine: Machine, number: int) -> None:
    before = machine.snapshot()
    machine.kill_at(number, *arguments(machine))
    while "nothing to undo" not in machine.wslgo("--undo", "--yes").out:
        pass
    assert machine.snapshot() == before


@pytest.mark.parametrize("number", every(170, 5))
def test_an_undo_that_was_killed_continues(machine: Machine, number: int) -> None:
    before = machine.snapshot()
    assert machine.wslgo(*arguments(machine)).code == 0
    machine.kill_at(number, "--undo", "--yes")
    while "nothing to undo" not in machine.wslgo("--undo", "--yes").out:
        pass
    assert machine.snapshot() == before


def test_a_plan_reports_an_unfinished_run_and_does_not_touch_it(machine: Machine) -> None:
    assert machine.kill_at(40, *arguments(machine))
    left = machine.snapshot()
    outcome = machine.wslgo("--plan", *arguments(machine)[:2], "--source", machine.source())
    assert "is not finished" in outcome.err
    assert machine.snapshot() == left


# Moves


def moving(machine: Machine, source: str, target: str) -> Plan:
    step = Step("caches", TITLE, TITLE, (MoveFolder(source, target),))
    return Plan((step,))


def fill(machine: Machine, folder: str) -> None:
    for number in range(6):
        machine.write(f"{folder}/deep/{number}/file", bytes(number * 1000), mode=0o444 if number % 2 else 0o755)
    (machine.root / folder.lstrip("/") / "link").symlink_to("deep/1/file")
    (machine.root / folder.lstrip("/") / "deep/2").chmod(0o555)
    (machine.root / folder.lstrip("/") / "empty").mkdir()


def mount(machine: Machine, path: str, request: pytest.FixtureRequest) -> None:
    """Another file system below a place of the tree."""
    place = machine.root / path.lstrip("/")
    place.mkdir(parents=True)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0755", "tmpfs", place], check=False).returncode:
        pytest.skip("only root mounts")
    request.addfinalizer(lambda: subprocess.run(["umount", place], check=True))


@pytest.mark.parametrize("number", every(130, 4))
def test_a_move_between_disks_loses_nothing_wherever_it_is_killed(
    machine: Machine, number: int, request: pytest.FixtureRequest
) -> None:
    mount(machine, "/mnt/c", request)
    fill(machine, "/mnt/c/cache")
    before = machine.snapshot()
    content = {name.removeprefix("mnt/c/cache"): what for name, what in before.items() if "mnt/c/cache" in name}
    run = machine.begin(moving(machine, "/mnt/c/cache", "/home/dev/.cache/go-build"))
    killed(lambda: machine.apply(run), number)
    assert machine.apply(run) in (["done"], [])
    after = machine.snapshot()
    place = "home/dev/.cache/go-build"
    assert {name.removeprefix(place): what for name, what in after.items() if place in name} == content
    assert not [name for name in after if "mnt/c/" in name or "wslgo" in name]
    context = machine.context()
    killed(lambda: undo(context.ledger.run(run.id), context), number)
    undo(context.ledger.run(run.id), context)
    assert machine.snapshot() == before


def test_a_move_on_one_disk_is_one_rename(machine: Machine) -> None:
    fill(machine, "/home/dev/old")
    inode = (machine.home / "old/deep/1/file").stat().st_ino
    before = machine.snapshot()
    run = machine.begin(moving(machine, "/home/dev/old", "/home/dev/new/place"))
    assert machine.apply(run) == ["done"]
    assert (machine.home / "new/place/deep/1/file").stat().st_ino == inode
    context = machine.context()
    undo(context.ledger.run(run.id), context)
    assert machine.snapshot() == before


def test_nothing_is_moved_onto_what_is_there(machine: Machine) -> None:
    fill(machine, "/home/dev/old")
    machine.write("/home/dev/new/mine", b"mine")
    before = machine.snapshot()
    assert machine.apply(machine.begin(moving(machine, "/home/dev/old", "/home/dev/new"))) == ["failed"]
    assert machine.snapshot() == before


# Any mixture, at random places


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_of_everything_survives_several_kills(machine: Machine, seed: int) -> None:
    """Files made, changed and removed, links made and switched, folders moved; killed three times, then undone."""
    chance = random.Random(seed)
    machine.write("/home/dev/gone", b"to go\n", mode=0o604)
    fill(machine, "/home/dev/old")
    (machine.home / "link").symlink_to("old")
    before = machine.snapshot()
    actions = [
        WriteFile("/home/dev/a/b/new", None, b"new\n", mode=0o600),
        WriteFile("/home/dev/.profile", (machine.home / ".profile").read_bytes(), b"changed\n"),
        WriteFile("/home/dev/gone", b"to go\n", None),
        Switch("/home/dev/link", "old", "a"),
        Switch("/home/dev/links/fresh", None, "../a"),
        MoveFolder("/home/dev/old", "/home/dev/a/old"),
    ]
    plan = Plan(tuple(Step(str(number), TITLE, TITLE, (action,)) for number, action in enumerate(actions)))
    run = machine.begin(plan)
    for _ in range(3):
        killed(lambda: machine.apply(run), chance.randrange(1, 120))
    assert set(machine.apply(run)) <= {"done"}
    home = machine.home
    assert (home / "a/b/new").read_bytes() == b"new\n"
    assert (home / ".profile").stat().st_mode & 0o777 == 0o600
    assert not (home / "gone").exists()
    assert (str((home / "link").readlink()), str((home / "links/fresh").readlink())) == ("a", "../a")
    assert (home / "a/old/deep/5/file").read_bytes() == bytes(5000)
    context = machine.context()
    killed(lambda: undo(context.ledger.run(run.id), context), chance.randrange(1, 90))
    ways = undo(context.ledger.run(run.id), context)
    assert not [way.problem for way in ways if way.problem]
    assert machine.snapshot() == before
