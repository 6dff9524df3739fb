"""Packages that Go development needs: their names by distribution, and which can replace which.

Sources: package pages of Debian 11 to 13 and Ubuntu 20.04 to 24.04; the package lists of Fedora 42, Arch, openSUSE
Tumbleweed and Alpine 3.22; as of 2026-11.
"""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from wslgo.knowledge import c_libraries, gui, nvidia

COMPILER, CXX, GIT, PKG_CONFIG, CERTIFICATES = "gcc", "g++", "git", "pkg-config", "ca-certificates"

# Programs any of which serves: cgo runs the first of them, or what CC and CXX name.
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    COMPILER: ("gcc", "clang", "cc"),
    CXX: ("g++", "clang++", "c++"),
    GIT: ("git",),
    PKG_CONFIG: ("pkg-config", "pkgconf"),
}

# gcc alone brings no headers where nothing recommended is installed.
TOOLCHAIN = "build-essential"
OF_TOOLCHAIN = frozenset((TOOLCHAIN, COMPILER, CXX, "libc6-dev"))

# Mesa's names are empty packages by now, that bring these.
INSTEAD: Mapping[str, tuple[str, ...]] = {
    "libegl1-mesa-dev": ("libegl-dev",),
    "libgl1-mesa-dev": ("libgl-dev",),
    "libgles2-mesa-dev": ("libgles-dev",),
    "libwebkit2gtk-4.1-dev": ("libwebkit2gtk-4.0-dev",),
    "libcurl4-openssl-dev": ("libcurl4-gnutls-dev", "libcurl4-nss-dev"),
    "libfreetype-dev": ("libfreetype6-dev",),
    "libgdk-pixbuf-2.0-dev": ("libgdk-pixbuf2.0-dev",),
    "libldap-dev": ("libldap2-dev",),
    PKG_CONFIG: ("pkgconf",),
}


def alternatives(name: str) -> tuple[str, ...]:
    """Return the packages any of which serves, the usual one first."""
    return (name, *INSTEAD.get(name, ()))


def is_known(name: str) -> bool:
    """Return whether a package is one that wslgo asks about: for a build, or a driver of NVIDIA."""
    return name in _of_builds() or nvidia.is_driver(name)


@cache
def _of_builds() -> frozenset[str]:
    names = {name for toolkit in gui.TOOLKITS for name in toolkit.packages}
    names |= {*c_libraries.PKG_CONFIG.values(), *c_libraries.LINKED.values()}
    return frozenset(other for name in (*names, *OF_TOOLCHAIN, PKG_CONFIG) for other in alternatives(name))


class Installer(NamedTuple):
    """The package manager of a distribution: its command for users, and its names of programs and certificates."""

    program: str
    words: str
    names: Mapping[str, str]


INSTALLERS = (
    Installer(
        "dnf",
        "sudo dnf install",
        {
            COMPILER: "gcc",
            CXX: "gcc-c++",
            GIT: "git",
            PKG_CONFIG: "pkgconf-pkg-config",
            CERTIFICATES: "ca-certificates",
        },
    ),
    Installer(
        "pacman",
        "sudo pacman -S --needed",
        {COMPILER: "gcc", CXX: "gcc", GIT: "git", PKG_CONFIG: "pkgconf", CERTIFICATES: "ca-certificates"},
    ),
    Installer(
        "zypper",
        "sudo zypper install",
        {COMPILER: "gcc", CXX: "gcc-c++", GIT: "git", PKG_CONFIG: "pkg-config", CERTIFICATES: "ca-certificates"},
    ),
    Installer(
        "apk",
        "sudo apk add",
        {COMPILER: "build-base", CXX: "build-base", GIT: "git", PKG_CONFIG: "pkgconf", CERTIFICATES: "ca-certificates"},
    ),
)
