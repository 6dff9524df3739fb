"""Installed and available packages: dpkg's database, and apt's lists in a tree."""

import os
import time
from pathlib import Path

import pytest

from smallmachine import Machine
from wslgo.provision.survey import apt
from wslgo.provision.target import tree
from wslgo.syntax.dpkg_status import parse

STATUS = """Package: dpkg
Status: install ok installed
Architecture: amd64
Description: package maintenance
 It goes on with lines that begin with a blank:
 Package: decoy

Package: pkgconf
Status: hold ok installed
Architecture: amd64
Provides: pkg-config (= 1.8.1-1), pkgconf-compat:amd64

Package: tzdata
Status: install ok triggers-pending
Architecture: all

Package: git
Status: install ok half-configured
Architecture: amd64
Provides: git-completion

Package: gcc
Status: deinstall ok config-files
Architecture: amd64

Package: libx11-dev
Status: install ok installed
Architecture: i386
"""
LIST = "Package: git\nVersion: 1\nArchitecture: amd64\n\nPackage: build-essential\nVersion: 2\nArchitecture: amd64\n\n"
SOURCES = b"deb http://mirror.invalid/debian bookworm main\n"
IN_LISTS = "/var/lib/apt/lists/mirror.invalid_debian_dists_bookworm_main_binary-amd64_Packages"


def test_packages_that_work_on_this_processor_are_installed() -> None:
    assert parse(STATUS).installed == {"dpkg", "pkgconf", "tzdata"}


def test_provided_names_have_no_versions_and_processors() -> None:
    assert parse(STATUS).provided == {"pkg-config", "pkgconf-compat"}


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "no field\n", "Status: install ok installed\n", "Package\n\n: :\n", "\0"]
)
def test_other_lines_are_skipped(text: str) -> None:
    assert parse(text) == parse("")


def test_a_machine_without_dpkg_is_unknown(machine: Machine) -> None:
    assert apt.installed_packages(tree(machine.root, None)) is None


def listed(machine: Machine) -> Path:
    machine.write("/etc/apt/sources.list", SOURCES, owner=0)
    machine.write("/var/lib/dpkg/status", STATUS.encode(), owner=0)
    return machine.write(IN_LISTS, LIST.encode(), owner=0)


def test_apt_tells_what_its_lists_have_and_writes_nothing(machine: Machine) -> None:
    listed(machine)
    (machine.root / "var/cache/apt").mkdir(parents=True)
    before = machine.snapshot()
    known = apt.available_packages(tree(machine.root, None), ("git", "build-essential", "libwebkit2gtk-4.0-dev"))
    assert known is not None
    assert known.candidates == {"git", "build-essential"}
    assert not known.is_old
    assert machine.snapshot() == before


def test_lists_of_last_month_are_old(machine: Machine) -> None:
    folder = listed(machine).parent
    os.utime(folder, (0, time.time() - 30 * 86400))
    known = apt.available_packages(tree(machine.root, None), ("git",))
    assert known is not None
    assert known.is_old


def test_without_lists_it_is_unknown(machine: Machine) -> None:
    listed(machine).unlink()
    assert apt.available_packages(tree(machine.root, None), ("git",)) is None
