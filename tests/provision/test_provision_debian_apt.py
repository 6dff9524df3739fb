"""Packages by the real apt-get in a real Debian: without a network, killed in the middle, and left behind alone."""

import json
import random

import pytest

import rootless
from debiantree import Debian, ended, wait
from wslgo.provision.model.step import InstallPackages, Plan, Step
from wslgo.text.message import Message

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")

TITLE = Message(en="A step", zh="步骤")()
ONLY = ("--only", "packages")
# Programs and authorities that the step would install besides; they are large.
THERE = ("/usr/bin/cc", "/usr/bin/gcc", "/usr/bin/git", "/etc/ssl/certs/ca-certificates.crt")
DATABASE = "var/lib/dpkg"


@pytest.fixture
def debian(debian: Debian) -> Debian:
    """One that lacks pkg-config alone, which is four packages."""
    for path in THERE:
        debian.write(path, b"#!/bin/sh\n", mode=0o755, owner=0)
    return debian


def is_installed(debian: Debian) -> bool:
    """Return whether the program runs, and dpkg has nothing left to do."""
    works = debian.enter("pkg-config", "--version").startswith("1.")
    return works and not debian.enter("dpkg", "--audit") and not list((debian.root / DATABASE / "updates").iterdir())


def test_a_package_is_installed_and_stays_as_the_plan_says(debian: Debian) -> None:
    [step] = json.loads(debian.wslgo("--plan", "--format", "json", *ONLY).out)["steps"]
    assert (step["id"], step["needs_root"], step["reversible"], step["files"]) == ("packages", True, False, [])
    outcome = debian.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert is_installed(debian)
    assert debian.wslgo("--yes", *ONLY).out == "Nothing to do: this machine is up to date\n"
    undone = debian.wslgo("--undo", "--yes")
    assert (undone.code, "The packages pkg-config stay" in undone.out) == (0, True)
    assert is_installed(debian)


def test_a_configuration_that_is_there_stays_and_dpkg_asks_no_question(debian: Debian) -> None:
    mine = debian.write("/etc/nanorc", b"set softwrap # mine\n", owner=0)
    debian.begin(Plan((Step("packages", TITLE, TITLE, (InstallPackages(("nano",)),), needs_root=True),)))
    assert debian.wslgo("--yes", "--only", "path").code == 0
    assert debian.enter("dpkg-query", "--show", "--showformat=${db:Status-Status}", "nano") == "installed"
    assert mine.read_bytes() == b"set softwrap # mine\n"


def test_without_a_network_apt_says_why_and_the_other_steps_are_done(debian: Debian) -> None:
    before = debian.changes()
    debian.write("/etc/apt/apt.conf.d/99impatient", b'Acquire::Retries "0";\n', owner=0)
    spec = ("--yes", *debian.spec("packages,toolchain,path"))
    outcome = debian.without_network(*spec)
    assert outcome.code == 1
    assert "Temporary failure resolving" in outcome.err
    assert debian.shell("-lc", "go version") == "go version go1.99.3 linux/amd64\n"
    outcome = debian.wslgo(*spec)
    assert (outcome.code, "Resuming run" in outcome.err) == (0, True), outcome.err
    assert is_installed(debian)
    assert debian.undo().code == 0
    assert "home/dev/sdk" not in debian.changes()
    assert debian.changes()["home/dev/.bashrc"] == before["home/dev/.bashrc"]


def test_a_dpkg_that_died_in_the_middle_of_a_package_is_set_right(debian: Debian) -> None:
    """dpkg does not continue until its database is repaired."""
    with debian.holding_dpkg() as is_held:
        assert debian.kill_when(is_held, "--yes", *ONLY)
    assert list((debian.root / DATABASE / "updates").iterdir())
    outcome = debian.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert is_installed(debian)


@pytest.mark.parametrize("seed", range(4))
def test_an_apt_that_is_killed_again_and_again_is_set_right(debian: Debian, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(3):
        debian.kill_after(chance.uniform(0.4, 1.3), "--yes", *ONLY)
    outcome = debian.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert is_installed(debian)


def test_an_apt_that_outlives_wslgo_is_waited_for(debian: Debian) -> None:
    debian.write("/etc/apt/apt.conf.d/99slow", b'DPkg::Pre-Invoke {"touch /tmp/held; sleep 2";};\n', owner=0)
    process = debian.start("--yes", *ONLY, within=())
    wait((debian.root / "tmp/held").exists)
    process.kill()
    assert ended(process).code is None
    outcome = debian.wslgo("--yes", *ONLY)
    assert outcome.code == 0, outcome.err
    assert is_installed(debian)
