"""The requested Go version, and the best match in a source's list of releases."""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from wslgo.knowledge.go_releases import FIRST_TOOLCHAIN_MODULE
from wslgo.knowledge.version import ABSENT, GoVersion, go_version, toolchain_version
from wslgo.provision.errors import ProvisionError
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message

NO_VERSION = Message(
    en="{text} is not a Go version. Write it like 1.27.3, 1.27 or 1.28rc1",
    zh="{text} 不是 Go 版本。请写成 1.27.3、1.27 或 1.28rc1 的形式",
)

_MODULE_VERSION = re.compile(r"v0\.0\.1-(go[0-9a-z.]+)\.([a-z0-9]+)-([a-z0-9]+)")
_NAME = re.compile(r"go[1-9][0-9a-z.]*")
_MOST = 20_000  # versions or releases of a list; those of 2026 have hundreds
_LARGEST = 1 << 40  # bytes of an archive in a list; a larger number is ignored
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


class Archive(NamedTuple):
    """A tarball in a list of releases: `sha256` in hex, `size` in bytes."""

    filename: str
    sha256: str
    size: int | None


class Listed(NamedTuple):
    """A toolchain in a source's list (`go1.27.3`), with its archive if the list has it."""

    name: str
    archive: Archive | None = None


def wanted(asked: str, modules: Iterable[GoMod | GoWork] = ()) -> str:
    """Return the requested version: `1.27.3`, a language version (`1.27`) for its newest release, "" for the newest.

    `--go` wins; else the highest `go` or `toolchain` line of the modules, as in the go command.
    """
    if asked:
        text = asked.removeprefix("go")
        if go_version(text) is None:
            raise ProvisionError(NO_VERSION(text=asked))
        return text
    lines = [text for module in modules for text in _lines(module)]
    return max(lines, key=_order, default="")


def best(listed: Iterable[Listed], version: str) -> Listed | None:
    """Return the newest match; a release candidate only if it was requested."""
    fitting = [release for release in listed if _fits(release.name, version)]
    return max(fitting, key=lambda release: _order(release.name[2:]), default=None)


def is_release_of(version: str, asked: str) -> bool:
    """Return whether a version (1.27.3) is what `asked` says: the same one, or a release of a language version."""
    plain = asked.removeprefix("go")
    return go_version(plain) is not None and _fits(f"go{version}", plain)


def exact(version: str) -> str | None:
    """Return the toolchain to try without a list: `go1.24.0` for the language 1.24; None if any version will do."""
    if not version:
        return None
    parsed = go_version(version)
    needs_patch = parsed is not None and parsed.patch == ABSENT and not parsed.kind
    return f"go{version}.0" if needs_patch else f"go{version}"


def from_site(text: str, architecture: str) -> tuple[Listed, ...]:
    """Return the Linux toolchains in a site's list (`https://go.dev/dl/?mode=json`); raise ValueError if it is none."""
    try:
        releases = json.loads(text)
    except RecursionError:
        raise ValueError("the list of releases is nested too deeply") from None
    if not isinstance(releases, list):
        raise ValueError("not a list of releases")
    return _within_limit(_site_releases(releases, architecture))


def from_proxy(text: str, architecture: str) -> tuple[Listed, ...]:
    """Return the Linux toolchains in `@v/list` of golang.org/toolchain; raise ValueError if it never ends."""
    matches = map(_MODULE_VERSION.fullmatch, text.split())
    return _within_limit(
        Listed(match[1]) for match in matches if match and (match[2], match[3]) == ("linux", architecture)
    )


def _within_limit(listed: Iterable[Listed]) -> tuple[Listed, ...]:
    some = tuple(islice(listed, _MOST + 1))
    if len(some) > _MOST:
        raise ValueError(f"the list has more than {_MOST} versions")
    return some


def module_version(name: str, architecture: str) -> str:
    """Return the version of golang.org/toolchain for a toolchain."""
    return f"v0.0.1-{name}.linux-{architecture}"


def tarball(name: str, architecture: str) -> str:
    """Return the file name of a toolchain; 32-bit ARM is called armv6l."""
    return f"{name}.linux-{'armv6l' if architecture == 'arm' else architecture}.tar.gz"


def architecture(processor: str) -> str:
    """Return Go's name of the processor in the name of a tarball."""
    return "arm" if processor == "armv6l" else processor


def is_module(name: str) -> bool:
    """Return whether a toolchain was published as a module."""
    version = toolchain_version(name)
    return version is not None and version >= FIRST_TOOLCHAIN_MODULE


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
    """Return the version of a file, and its archive if all that an installation needs is there."""
    found = file if isinstance(file, dict) else {}
    name, filename, sha256, size = (found.get(key) for key in ("version", "filename", "sha256", "size"))
    if not (isinstance(name, str) and isinstance(filename, str) and isinstance(sha256, str)):
        return "", None
    if not _SHA256.fullmatch(sha256) or not _NAME.fullmatch(name):
        return "", None
    is_size = isinstance(size, int) and not isinstance(size, bool) and 0 < size < _LARGEST
    return name, Archive(filename, sha256, size if is_size else None)
