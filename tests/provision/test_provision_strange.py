"""Pipes, devices, sockets and nonsense where provisioning expects files: messages or silence, never waiting."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.provision.apply.undo import undo
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.step import InstallToolchain, MoveFolder, Plan, Step, Switch, WriteFile
from wslgo.provision.target import tree
from wslgo.text.message import Message

TITLE = Message(en="A step", zh="步骤")()


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """End a test, not the suite, that waits for the other end of a pipe."""
    signal.alarm(60)
    yield
    signal.alarm(0)


def pipe(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    os.mkfifo(place)


def listener(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(place.parent)  # names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(place.name)
    finally:
        os.chdir(here)


def endless(place: Path) -> None:
    """Create an endless device, or without the right to do so, a link to that of the machine."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    try:
        os.mknod(place, 0o666 | 0o020000, os.makedev(1, 5))
    except PermissionError:
        os.mkfifo(place)


STRANGE = pytest.mark.parametrize("make", [pipe, listener, endless])


@pytest.mark.slow
@STRANGE
@pytest.mark.parametrize(
    "path",
    [
        *("var/lib/dpkg/status", "var/lib/apt/lists", "home/dev/go/bin/gopls", "home/dev/go/bin/dlv"),
        *("home/dev/.bashrc", "home/dev/.profile", "home/dev/.config/go/env", "etc/environment", "etc/os-release"),
        *("etc/wsl.conf", "etc/resolv.conf", "usr/local/go/VERSION", "usr/local/go/bin/go", "home/dev/sdk"),
        *("home/dev/.vscode-server", "etc/sysctl.d/x.conf", "etc/ssl/certs/ca-certificates.crt"),
    ],
)
def test_a_plan_is_made_nevertheless(machine: Machine, make: "object", path: str) -> None:
    assert callable(make)
    make(machine.root / path)
    outcome = machine.wslgo("--plan", "--only", "path,go-variables,tools,packages,wsl-conf,dns,sysctl,certificates")
    assert outcome.code in (0, 1)
    assert "internal" not in outcome.err


@STRANGE
def test_a_user_database_that_is_not_a_file_is_reported(machine: Machine, make: "object") -> None:
    assert callable(make)
    make(machine.root / "etc/passwd")
    outcome = machine.wslgo("--plan")
    assert outcome.code
    assert "/etc/passwd: Not a regular file" in outcome.err


@STRANGE
@pytest.mark.parametrize(
    "action",
    [
        WriteFile("/home/dev/strange", b"old", b"new"),
        WriteFile("/home/dev/strange", None, b"new"),
        WriteFile("/home/dev/strange/below", None, b"new"),
        Switch("/home/dev/strange", "before", "after"),
        Switch("/home/dev/strange/below", None, "after"),
        MoveFolder("/home/dev/strange", "/home/dev/other"),
        MoveFolder("/home/dev/full", "/home/dev/strange"),
        MoveFolder("/home/dev/full", "/home/dev/strange/below"),
        InstallToolchain("go1.99.3", "file:///nowhere/go1.99.3.linux-amd64.tar.gz", "/home/dev/strange", None, None),
    ],
    ids=repr,
)
def test_actions_on_such_a_path_fail_with_a_message(machine: Machine, make: "object", action: "object") -> None:
    assert callable(make)
    machine.write("/home/dev/full/file", b"")
    make(machine.home / "strange")
    before = machine.snapshot()
    plan = Plan((Step("step", TITLE, TITLE, (action,)),))  # type: ignore[arg-type]
    assert set(machine.apply(machine.begin(plan))) <= {"failed", "refused"}
    assert machine.snapshot() == before


@STRANGE
@pytest.mark.parametrize(
    ("path", "problems"),
    [("home/dev/new/file", 1), ("home/dev/link", 0), ("home/dev/new", 1)],
)
def test_a_file_that_was_replaced_stays(machine: Machine, make: "object", path: str, problems: int) -> None:
    assert callable(make)
    actions = (WriteFile("/home/dev/new/file", None, b"new"), Switch("/home/dev/link", None, "new"))
    run = machine.begin(Plan((Step("step", TITLE, TITLE, actions),)))
    assert machine.apply(run) == ["done"]
    if path == "home/dev/new":
        (machine.home / "new/file").unlink()
        (machine.home / "new").rmdir()
    make(machine.root / path)
    context = machine.context()
    ways = undo(context.ledger.run(run.id), context)
    assert len([way for way in ways if way.problem]) == problems
    assert (machine.root / path).exists()


ODD = [
    f"odd:x:{'9' * 5000}:1000::/home/odd:/bin/sh",
    f"odd:x:1000:{'9' * 5000}::/home/odd:/bin/sh",
    f"odd:x:1000:{2**32}::/home/odd:/bin/sh",
    f"odd:x:{2**32 - 1}:1000::/home/odd:/bin/sh",
    "odd:x:1000:1000::/home/o\0dd:/bin/sh",
    "odd:x:١٠٠٠:1000::/home/odd:/bin/sh",
    "odd:x:-1:1000::/home/odd:/bin/sh",
    "odd:x::1000::/home/odd:/bin/sh",
]


@pytest.mark.parametrize("line", ODD, ids=range(len(ODD)))
def test_a_malformed_user_is_skipped(machine: Machine, line: str) -> None:
    others = (machine.root / "etc/passwd").read_text()
    (machine.root / "etc/passwd").write_text(f"{line}\n{others}")
    assert tree(machine.root, None).user.name == "dev"
    with pytest.raises(ProvisionError):
        tree(machine.root, "odd")


def test_a_file_that_is_too_large_is_reported(machine: Machine) -> None:
    with (machine.home / ".bashrc").open("wb") as file:
        file.truncate(8 << 30)
    outcome = machine.wslgo("--plan", "--only", "path")
    assert outcome.code == 1
    assert "/home/dev/.bashrc cannot be read: Larger than" in outcome.err
