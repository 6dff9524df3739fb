"""Packages that Go development needs: their names by distribution, and which can replace which.

Sources: package pages of Debian 11 to 13 and Ubuntu 20.04 to 24.04; the package lists of Fedora 42, Arch, openSUSE
Tumbleweed and Alpine 3.22; as of 2026-11. Packages of Fedora and openSUSE provide `pkgconfig(NAME)` and those of Alpine
`pc:NAME` for each of their pkg-config files, so their names need no table (RPM's pkgconfigdeps, abuild's scan_pkgconfig).
"""

from collections.abc import Iterable, Mapping
from functools import cache

from wslgo.knowledge import c_libraries, gui, nvidia
from wslgo.text.typing import NamedTuple

COMPILER, CXX, GIT, PKG_CONFIG, CERTIFICATES = "gcc", "g++", "git", "pkg-config", "ca-certificates"

# Programs any of which serves: cgo runs the first of them, or what CC and CXX name.
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    COMPILER: ("gcc", "clang", "cc"),
    CXX: ("g++", "clang++", "c++"),
    GIT: ("git",),
    PKG_CONFIG: ("pkg-config", "pkgconf"),
}

# What connects programs for ALSA with PulseAudio, the only sound that WSLg has.
ALSA_PLUGINS = "libasound2-plugins"

# gcc alone brings no headers where nothing recommended is installed.
TOOLCHAIN, HEADERS = "build-essential", "libc6-dev"
OF_TOOLCHAIN = frozenset((TOOLCHAIN, COMPILER, CXX, HEADERS))

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
    HEADERS: ("libc-dev",),
}


def alternatives(name: str) -> tuple[str, ...]:
    """Return the packages any of which serves, the usual one first."""
    return (name, *INSTEAD.get(name, ()))


def is_known(name: str) -> bool:
    """Return whether a package is one that wslgo asks about: for a build, for sound, or a driver of NVIDIA."""
    return name in _of_builds() or name == ALSA_PLUGINS or nvidia.is_driver(name)


@cache
def _of_builds() -> frozenset[str]:
    names = {name for toolkit in gui.TOOLKITS for name in toolkit.packages}
    names |= {*c_libraries.PKG_CONFIG.values(), *c_libraries.LINKED.values()}
    return frozenset(other for name in (*names, *OF_TOOLCHAIN, PKG_CONFIG) for other in alternatives(name))


# The pkg-config files of the libraries that a build needs, by the package of Debian that brings them.
PKG_CONFIG_FILES: Mapping[str, tuple[str, ...]] = {
    "libasound2-dev": ("alsa",),
    "libcairo2-dev": ("cairo",),
    **dict.fromkeys(("libegl-dev", "libegl1-mesa-dev"), ("egl",)),
    "libffi-dev": ("libffi",),
    "libgirepository1.0-dev": ("gobject-introspection-1.0",),
    **dict.fromkeys(("libgl-dev", "libgl1-mesa-dev", "libglx-dev"), ("gl",)),
    **dict.fromkeys(("libgles-dev", "libgles2-mesa-dev"), ("glesv2",)),
    "libglib2.0-dev": ("glib-2.0",),
    "libgtk-3-dev": ("gtk+-3.0",),
    "libgtk-4-dev": ("gtk4",),
    "libsdl2-dev": ("sdl2",),
    "libsdl2-image-dev": ("SDL2_image",),
    "libsdl2-mixer-dev": ("SDL2_mixer",),
    "libsdl2-ttf-dev": ("SDL2_ttf",),
    "libvulkan-dev": ("vulkan",),
    "libwayland-dev": ("wayland-client",),
    "libwebkit2gtk-4.0-dev": ("webkit2gtk-4.0",),
    "libwebkit2gtk-4.1-dev": ("webkit2gtk-4.1",),
    "libx11-dev": ("x11",),
    "libx11-xcb-dev": ("x11-xcb",),
    "libxcursor-dev": ("xcursor",),
    "libxi-dev": ("xi",),
    "libxinerama-dev": ("xinerama",),
    "libxkbcommon-dev": ("xkbcommon",),
    "libxkbcommon-x11-dev": ("xkbcommon-x11",),
    "libxrandr-dev": ("xrandr",),
    "libxxf86vm-dev": ("xxf86vm",),
    "qt6-base-dev": ("Qt6Widgets",),
    "qtbase5-dev": ("Qt5Widgets",),
    "xorg-dev": ("x11", "xcursor", "xi", "xinerama", "xrandr", "xxf86vm"),
}
# Where pkg-config looks for them on distributions without dpkg.
PKG_CONFIG_FOLDERS = tuple(
    f"{base}/{folder}/pkgconfig" for base in ("/usr", "/usr/local") for folder in ("lib64", "lib", "share")
)


class Installer(NamedTuple):
    """The package manager of a distribution: its command for users, and its names of programs and certificates.

    `library` is how it calls the package with a pkg-config file; without it, `search` finds the name.
    """

    program: str
    words: str
    names: Mapping[str, str]
    library: str = ""
    search: str = ""

    def for_libraries(self, files: Iterable[str]) -> str:
        """Return the command that installs the libraries with these pkg-config files, or finds their packages."""
        names = [self.library.format(name) for name in files] if self.library else [f"{name}.pc" for name in files]
        return " ".join((self.words if self.library else self.search, *names))


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
        "'pkgconfig({})'",
    ),
    Installer(
        "pacman",
        "sudo pacman -S --needed",
        {COMPILER: "gcc", CXX: "gcc", GIT: "git", PKG_CONFIG: "pkgconf", CERTIFICATES: "ca-certificates"},
        search="sudo pacman -Fy",
    ),
    Installer(
        "zypper",
        "sudo zypper install",
        {COMPILER: "gcc", CXX: "gcc-c++", GIT: "git", PKG_CONFIG: "pkg-config", CERTIFICATES: "ca-certificates"},
        "'pkgconfig({})'",
    ),
    Installer(
        "apk",
        "sudo apk add",
        {COMPILER: "build-base", CXX: "build-base", GIT: "git", PKG_CONFIG: "pkgconf", CERTIFICATES: "ca-certificates"},
        "pc:{}",
    ),
)

APT = "apt-get"


def installer_named(program: str | None) -> Installer | None:
    """Return a package manager other than that of Debian."""
    return next((installer for installer in INSTALLERS if installer.program == program), None)
