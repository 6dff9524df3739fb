"""Which Go is wanted, and which of those that a source has fits: pure, over lists that somebody has read."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from wslgo.knowledge.version import ABSENT, GoVersion, go_version, toolchain_version
from wslgo.provision.errors import ProvisionError
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message

NO_VERSION = Message(
    en="{text} is no version of Go; one looks like 1.27.3, 1.27 or 1.28rc1",
    zh="{text} 不是 Go 版本；版本形如 1.27.3、1.27 或 1.28rc1",
)

# The first release whose toolchain can be had as a module.
_FIRST_MODULE = GoVersion(1, 21, 0)
_MODULE_VERSION = re.compile(r"v0\.0\.1-(go[0-9a-z.]+)\.([a-z0-9]+)-([a-z0-9]+)")
_NAME = re.compile(r"go[1-9][0-9a-z.]*")
_MOST = 20_000  # versions or releases of a list; those of 2026 have hundreds
_LARGEST = 1 << 40  # bytes of an archive that a list may name: above it is no size at all
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class Archive(NamedTuple):
    """A tarball of a list: `sha256` in hex, `size` in bytes."""

    filename: str
    sha256: str
    size: int | None


class Listed(NamedTuple):
    """A version that a source has, by the name of its toolchain (`go1.27.3`); its archive where the list tells it."""

    name: str
    archive: Archive | None = None


def wanted(asked: str, modules: Iterable[GoMod | GoWork] = ()) -> str:
    """The version that is wanted: `1.27.3`, a language version (`1.27`) for its newest release, "" for the newest.

    What `--go` asks for wins; else the highest `go` or `toolchain` line of the modules, as the go command takes it.
    """
    if asked:
        text = asked.removeprefix("go")
        if go_version(text) is None:
            raise ProvisionError(NO_VERSION(text=asked))
        return text
    lines = [text for module in modules for text in _lines(module)]
    return max(lines, key=_order, default="")


def best(listed: Iterable[Listed], version: str) -> Listed | None:
    """The newest that is wanted; release candidates only when they are named."""
    fitting = [one for one in listed if _fits(one.name, version)]
    return max(fitting, key=lambda one: _order(one.name[2:]), default=None)


def exact(version: str) -> str | None:
    """The toolchain to try where nobody has a list: `go1.24.0` for the language 1.24; None where any would do."""
    if not version:
        return None
    parsed = go_version(version)
    needs_patch = parsed is not None and parsed.patch == ABSENT and not parsed.kind
    return f"go{version}.0" if needs_patch else f"go{version}"


def from_site(text: str, architecture: str) -> tuple[Listed, ...]:
    """What the list of a site (`https://go.dev/dl/?mode=json`) has for Linux; raises ValueError for anything else."""
    try:
        releases = json.loads(text)
    except RecursionError:
        raise ValueError("a list of releases that is nested too deeply") from None
    if not isinstance(releases, list):
        raise ValueError("no list of releases")
    return _bounded(_site_releases(releases, architecture))


def from_proxy(text: str, architecture: str) -> tuple[Listed, ...]:
    """Return what `@v/list` of golang.org/toolchain has for Linux; raises ValueError where it never ends."""
    matches = map(_MODULE_VERSION.fullmatch, text.split())
    return _bounded(Listed(match[1]) for match in matches if match and (match[2], match[3]) == ("linux", architecture))


def _bounded(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    some = tuple(islice(listed, _MOST + 1))
    if len(some) > _MOST:
        raise ValueError(f"a list of more than {_MOST} versions")
    return some


def module_version(name: str, architecture: str) -> str:
    """What a toolchain is called as a version of golang.org/toolchain."""
    return f"v0.0.1-{name}.linux-{architecture}"


def tarball(name: str, architecture: str) -> str:
    """The file of a toolchain; those for 32-bit ARM say which one."""
    return f"{name}.linux-{'armv6l' if architecture == 'arm' else architecture}.tar.gz"


def is_module(name: str) -> bool:
    """Whether a toolchain was ever published as a module."""
    version = toolchain_version(name)
    return version is not None and version >= _FIRST_MODULE


def _lines(module: GoMod | GoWork) -> Iterator[str]:
    if module.go is not None:
        yield module.go.version
    if module.toolchain is not None and toolchain_version(module.toolchain.name) is not None:
        yield re.split("[ \t-]", module.toolchain.name[2:], maxsplit=1)[0]


def _order(text: str) -> GoVersion:
    return go_version(text) or GoVersion(0)


def _fits(name: str, version: str) -> bool:
    found, asked = toolchain_version(name), go_version(version)
    if found is None:
        return False
    if asked is None:
        return not found.kind
    if asked.patch == ABSENT and not asked.kind:
        return not found.kind and found[:2] == asked[:2]
    return found == asked


def _site_releases(releases: list[object], architecture: str) -> Iterator[Listed]:
    for release in releases:
        files = release.get("files") if isinstance(release, dict) else None
        for file in files if isinstance(files, list) else ():
            name, archive = _file(file)
            if archive and archive.filename == tarball(name, architecture):
                yield Listed(name, archive)


def _file(file: object) -> tuple[str, Archive | None]:
    """The version of a file, and the file if all that we need of it is there."""
    found = file if isinstance(file, dict) else {}
    name, filename, sha256, size = (found.get(key) for key in ("version", "filename", "sha256", "size"))
    if not (isinstance(name, str) and isinstance(filename, str) and isinstance(sha256, str)):
        return "", None
    if not _SHA256.fullmatch(sha256) or not _NAME.fullmatch(name):
        return "", None
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 < size < _LARGEST
    return name, Archive(filename, sha256, size if is_size else None)
