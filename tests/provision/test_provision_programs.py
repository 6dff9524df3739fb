"""Programs that a plan runs: the go command, apt-get in a tree, and no others."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from smallmachine import Machine, killed
from tree import SERVER
from wslgo.cli.commands.provision import INTERRUPTED
from wslgo.provision.apply import packages
from wslgo.provision.apply.apply import apply
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.apply.undo import undo
from wslgo.provision.model.facts import User
from wslgo.provision.model.step import GoInstall, InstallPackages, Plan, RunFixed, Step
from wslgo.provision.target import Account, Target
from wslgo.provision.toolchain.policy import Policy
from wslgo.text.message import Message

pytestmark = pytest.mark.slow

TITLE = Message(en="A step", zh="步骤")()
GO = shutil.which("go")
MODULE = "example.invalid/hello"
MAIN = 'package main\n\nfunc main() {{ println("{}") }}\n'


def plan(*actions: object) -> Plan:
    return Plan((Step("tools", TITLE, TITLE, actions),))  # type: ignore[arg-type]


def proxy(machine: Machine, *versions: str) -> str:
    """Create a GOPROXY in a folder with a program in these versions."""
    folder = machine.folder / "proxy" / MODULE / "@v"
    folder.mkdir(parents=True)
    (folder / "list").write_text("".join(f"{version}\n" for version in versions))
    for version in versions:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(f"{MODULE}@{version}/go.mod", f"module {MODULE}\n")
            archive.writestr(f"{MODULE}@{version}/main.go", MAIN.format(version))
        (folder / f"{version}.zip").write_bytes(packed.getvalue())
        (folder / f"{version}.mod").write_text(f"module {MODULE}\n")
        (folder / f"{version}.info").write_text(f'{{"Version": "{version}"}}')
    return (machine.folder / "proxy").as_uri()


@pytest.mark.skipif(GO is None, reason="needs a go command")
def test_a_program_is_built_replaced_and_undone(machine: Machine) -> None:
    machine.write("/usr/local/go/bin/go", f'#!/bin/sh\nexec {GO} "$@"\n'.encode(), mode=0o755, owner=0)
    context = machine.context()._replace(policy=Policy(proxy(machine, "v1.0.0", "v1.1.0"), "off"))
    before = machine.snapshot()
    program = machine.home / "go/bin/hello"
    runs = []
    for version in ("v1.0.0", "v1.1.0"):
        run = machine.begin(plan(GoInstall(MODULE, version, "/usr/local/go/bin/go", "/home/dev/go/bin")))
        killed(lambda run=run: apply(run, context), 12)  # type: ignore[misc]
        [event] = apply(context.ledger.run(run.id), context)
        assert event.problem is None, event.problem.render()
        assert subprocess.run([program], capture_output=True, check=True).stderr.decode().strip() == version
        assert program.stat().st_mode & 0o777 == 0o755
        runs.append(run.id)
    assert set(machine.snapshot()) - set(before) == {"home/dev/go", "home/dev/go/bin", "home/dev/go/bin/hello"}
    undo(context.ledger.run(runs[1]), context)
    assert subprocess.run([program], capture_output=True, check=True).stderr.decode().strip() == "v1.0.0"
    undo(context.ledger.run(runs[0]), context)
    assert machine.snapshot() == before


@pytest.mark.skipif(GO is None, reason="needs a go command")
def test_a_program_that_does_not_build_leaves_the_old_one(machine: Machine) -> None:
    machine.write("/usr/local/go/bin/go", f'#!/bin/sh\nexec {GO} "$@"\n'.encode(), mode=0o755, owner=0)
    machine.write("/home/dev/go/bin/hello", b"old", mode=0o755)
    before = machine.snapshot()
    context = machine.context()._replace(policy=Policy(proxy(machine, "v1.0.0"), "off"))
    run = machine.begin(plan(GoInstall(MODULE, "v9.9.9", "/usr/local/go/bin/go", "/home/dev/go/bin")))
    [event] = apply(run, context)
    assert event.problem is not None
    assert "v9.9.9" in event.problem.render()
    assert machine.snapshot() == before
    assert not list((machine.folder / "scratch").iterdir())


def with_shell(machine: Machine) -> None:
    """Copy a shell into the tree, with programs that record their runs."""
    libraries = re.findall(r"/\S+", subprocess.run(["ldd", "/bin/sh"], capture_output=True, check=True).stdout.decode())
    for path in ("/bin/sh", *libraries):
        machine.write(path, Path(path).read_bytes(), mode=0o755, owner=0)
    for name in ("/usr/bin/apt-get", "/usr/bin/dpkg", "/sbin/ldconfig"):
        script = b'#!/bin/sh\ncase "$*" in *" nothing") echo "E: Unable to locate package" >&2; exit 100 ;; esac\n'
        script += b'echo "${0##*/} $* $DEBIAN_FRONTEND" >>/ran\n'
        machine.write(name, script, mode=0o755, owner=0)


def words(command: tuple[str, ...]) -> str:
    """Return a command as the programs of `with_shell` record it."""
    return " ".join((Path(command[0]).name, *command[1:]))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
def test_packages_are_installed_in_the_tree(machine: Machine) -> None:
    with_shell(machine)
    run = machine.begin(plan(InstallPackages(("gcc", "libc6-dev")), RunFixed(("ldconfig",))))
    assert machine.apply(run) == ["done"]
    said = (machine.root / "ran").read_text().splitlines()
    assert said == [
        f"{words(packages.HEAL)} noninteractive",
        f"{words(packages.APT)} gcc libc6-dev noninteractive",
        "ldconfig  noninteractive",
    ]
    ways = undo(machine.context().ledger.run(run.id), machine.context())
    assert "The packages gcc, libc6-dev stay" in " ".join(way.done.render() for way in ways if way.done)
    assert (machine.root / "ran").read_text().splitlines()[3:] == ["ldconfig  noninteractive"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
def test_the_output_of_apt_is_the_reason(machine: Machine) -> None:
    with_shell(machine)
    [event] = apply(machine.begin(plan(InstallPackages(("nothing",)))), machine.context())
    assert event.problem is not None
    assert "Unable to locate package" in event.problem.render()


# A test run in the background ignores interrupts, and so would what it starts.
INTERRUPTIBLE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from wslgo.cli import main; sys.exit(main(sys.argv[1:]))"
)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root locks somebody in")
def test_an_interrupt_waits_for_apt_and_the_run_resumes_later(machine: Machine) -> None:
    with_shell(machine)
    apt = machine.root / "usr/bin/apt-get"
    apt.write_bytes(
        b"#!/bin/sh\nkill -INT $PPID\ni=0; while [ $i -lt 9999 ]; do i=$((i + 1)); done\necho whole >>/ran\n"
    )
    run = machine.begin(plan(InstallPackages(("gcc",))))
    environment = {**machine.environment, "PYTHONPATH": str(SERVER)}
    words = [sys.executable, "-c", INTERRUPTIBLE, "provision", "--root", str(machine.root), "--yes"]
    done = subprocess.run(words, env=environment, cwd=machine.folder, capture_output=True, check=False)
    assert done.returncode == INTERRUPTED, done.stderr.decode()
    assert (machine.root / "ran").read_text().splitlines()[1:] == ["whole"]
    apt.write_bytes(b"#!/bin/sh\necho again >>/ran\n")
    assert machine.apply(run) == ["done"]
    assert (machine.root / "ran").read_text().splitlines()[3:] == ["again"]


@pytest.mark.parametrize(
    "action",
    [
        RunFixed(("reboot",)),
        RunFixed(("/bin/sh", "-c", "id")),
        RunFixed(("ldconfig", "-C", "/x")),
        InstallPackages(("-o=Dpkg::Pre-Invoke::=id",)),
        InstallPackages(("gcc; id",)),
        InstallPackages(("./evil.deb",)),
        InstallPackages(("",)),
    ],
)
def test_other_commands_never_run(machine: Machine, action: object) -> None:
    [event] = apply(machine.begin(plan(action)), machine.context())
    assert event.problem is not None
    assert "not one of the allowed commands" in event.problem.render()


def test_a_running_program_reports_its_time(machine: Machine) -> None:
    heard: list[int] = []
    run = machine.begin(plan())
    at = StepRun(machine.context(lambda event: heard.append(event.seconds)), run, 0)
    clock = iter((0.0, 1.0, 10.0, 11.0, 21.5, 22.0))
    watching = at.cancel_check(lambda: next(clock))
    assert [watching() for _ in range(5)] == [False] * 5
    assert heard == [10, 21]


@pytest.mark.usefixtures("ordinary_user")
def test_steps_of_root_after_an_interrupt_count_as_stopped(machine: Machine) -> None:
    here = Target(Path("/"), Account(User("dev", "/home/dev"), os.geteuid(), os.getegid()), is_tree=False)
    run = machine.begin(Plan((Step("dns", TITLE, TITLE, (), needs_root=True),)))
    events = apply(run, machine.context()._replace(target=here, cancelled=lambda: True))
    assert [event.end for event in events] == ["stopped"]
