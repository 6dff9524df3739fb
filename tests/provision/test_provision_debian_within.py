"""An ordinary user in a real Debian, with its own Python: what needs root is done by the real sudo and the real apt."""

import shutil
import subprocess

import pytest

import rootless
from debiantree import DEV, Debian, ended, wait
from frontdoor import dev
from treechanges import Changes

pytestmark = pytest.mark.skipif(not rootless.is_possible(), reason="only root mounts")

SERVER = "/opt/wslgo"
WSLGO = ("PYTHONDONTWRITEBYTECODE=1", f"PYTHONPATH={SERVER}", "python3", "-m", "wslgo", "provision")
WISH = ("--yes", "--go", "1.99.3", "--source", "file:///opt/source", "--only", "packages,toolchain,path")
# Where the user's wslgo keeps what it has done, and what installing packages changes.
KEPT = ("home/dev/.local", "home/dev/.cache", "usr/", "var/", "etc/ld.so.cache")


@pytest.fixture
def debian(debian: Debian) -> Debian:
    """One with Python and sudo, that lacks pkg-config alone of what the step would install."""
    debian.enter("apt-get", "install", "-qq", "-y", "--no-install-recommends", "python3", "sudo")
    debian.write("/etc/sudoers.d/dev", b"dev ALL=(root) NOPASSWD: ALL\n", mode=0o440, owner=0)
    for path in ("/usr/bin/gcc", "/usr/bin/git", "/etc/ssl/certs/ca-certificates.crt"):
        debian.write(path, b"#!/bin/sh\n", mode=0o755, owner=0)
    shutil.copytree(dev.SERVER / "wslgo", debian.root / "opt/wslgo/wslgo")
    shutil.copytree(debian.source().removeprefix("file://"), debian.root / "opt/source")
    return debian


def start(debian: Debian, *arguments: str) -> "subprocess.Popen[str]":
    words = debian.inside(*DEV, "env", *WSLGO, *arguments)
    return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def left(debian: Debian) -> Changes:
    """Return the differences from the pristine tree, without those that stay."""
    return {path: what for path, what in debian.changes().items() if not path.startswith(KEPT)}


def test_it_is_done_by_sudo_and_undone(debian: Debian) -> None:
    before = left(debian)
    outcome = ended(start(debian, *WISH))
    assert outcome.code == 0, outcome.err
    assert "sudo runs the steps marked as root" in outcome.err
    assert debian.shell("-lc", "go version && pkg-config --version").startswith("go version go1.99.3 linux/amd64\n1.")
    assert {what[2:] for path, what in left(debian).items() if path.startswith("home/dev")} == {(1000, 1000)}
    assert ended(start(debian, *WISH)).out == "Nothing to do; notes: 1 (see wslgo doctor)\n"  # .wslconfig waits
    outcome = ended(start(debian, "--undo", "--yes"))
    assert (outcome.code, "The packages pkg-config stay" in outcome.out) == (0, True)
    assert left(debian) == before


def test_a_distribution_that_is_terminated_while_root_installs_is_set_right(debian: Debian) -> None:
    with debian.holding_dpkg() as is_held:
        process = start(debian, *WISH)
        wait(is_held)
        process.kill()
        assert ended(process).code is None
    outcome = ended(start(debian, *WISH))
    assert (outcome.code, "Resuming run" in outcome.err) == (0, True), outcome.err
    assert debian.shell("-lc", "go version && pkg-config --version").startswith("go version go1.99.3 linux/amd64\n1.")
    assert not debian.enter("dpkg", "--audit")
