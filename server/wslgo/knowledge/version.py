"""Versions of Go and of modules, parsed, and ordered as the go command orders them.

Both are tuples whose natural order is the go command's. A text that is not a version gives None, and the caller decides
what that means.
"""

import re

from wslgo.text.pattern import pattern
from wslgo.text.typing import NamedTuple

ABSENT = -1  # precedes 0: Go 1.21, the language, is older than 1.21.0, the release

_NUMBER = r"(0|[1-9][0-9]{0,999})"  # Go has no limit; Python converts at most 4,300 digits
_GO = rf"{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}|([a-z]+){_NUMBER}?)?)?"  # compiled when it is first needed
_WORD = r"(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_MODULE = pattern(
    rf"v{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER}(?:-({_WORD}(?:\.{_WORD})*))?(\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?)?"
)
_PATH_MAJOR = pattern(r"/v([0-9.]+)\Z")
_GOPKG_MAJOR = pattern(r"\.v([0-9]*)(-unstable)?\Z")
_SUFFIX = pattern(r"[ \t-]")  # go1.21.3-custom

Identifier = tuple[int, int, str]
_NUMERIC, _ALPHANUMERIC, _RELEASE = 0, 1, 2


class GoVersion(NamedTuple):
    """A Go version as `go.mod` writes it: 1.21 < 1.21rc1 < 1.21.0, but 1.20 is 1.20.0."""

    major: int
    minor: int = 0
    patch: int = ABSENT
    kind: str = ""  # alpha, beta, rc
    serial: int = ABSENT


class ModuleVersion(NamedTuple):
    """A semantic version without its build; `prerelease` of a release sorts after every other."""

    major: int
    minor: int
    patch: int
    prerelease: tuple[Identifier, ...]


def go_version(text: str) -> GoVersion | None:
    """Return the version in `text`, without `go` in front: `1.21`, `1.21rc1`, `1.21.0`."""
    match = re.fullmatch(_GO, text)
    if match is None:
        return None
    major, minor, patch, kind, serial = match.groups()
    version = GoVersion(int(major), int(minor or 0), _number(patch), kind or "", _number(serial))
    # Until 1.20 the first release of a language version was called 1.20, not 1.20.0; and "1" is 1.0.0.
    names_release = minor is None or (version.minor < 21 and patch is None and kind is None)
    return version._replace(patch=0) if names_release else version


def toolchain_version(name: str) -> GoVersion | None:
    """Return the version of the toolchain `name`: 1.21.3 for `go1.21.3` and for `go1.21.3-custom`."""
    if not name.startswith("go") or "/" in name or "\\" in name:
        return None
    return go_version(_SUFFIX.split(name[2:], maxsplit=1)[0])


def module_version(text: str) -> ModuleVersion | None:
    """Return the semantic version in `text`; `v1` and `v1.2` mean `v1.0.0` and `v1.2.0`."""
    match = _MODULE.fullmatch(text)
    if match is None:
        return None
    major, minor, patch, prerelease, _ = match.groups()
    return ModuleVersion(int(major), int(minor or 0), int(patch or 0), _precedence(prerelease))


def is_release(version: ModuleVersion) -> bool:
    """Return whether a version is neither a pre-release nor a pseudo-version."""
    return version.prerelease == _precedence(None)


def wsl_version(text: str) -> tuple[int, ...] | None:
    """Return the numbers of a version of WSL, `2.6.1.0` or `2.7.0.0-beta`."""
    numbers = re.match(r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}(?![0-9.])", text)
    return tuple(map(int, numbers[0].split("."))) if numbers else None


def canonical(text: str) -> str:
    """Return the semantic version in full and without its build, except `+incompatible`; "" for any other text."""
    match = _MODULE.fullmatch(text)
    if match is None:
        return ""
    _, minor, patch, _, build = match.groups()
    if patch is None:
        return text + (".0.0" if minor is None else ".0")
    if build is None or build == "+incompatible":
        return text
    return text[: match.start(5)]


def path_major(path: str) -> str | None:
    """Return the major version in a module path: `/v2`, at gopkg.in `.v3`, or ""; None if it is impossible."""
    if path.startswith("gopkg.in/"):
        return _gopkg_major(path)
    match = _PATH_MAJOR.search(path)
    if match is None:
        return ""
    number = match[1]
    return None if "." in number or number[0] == "0" or number == "1" else match[0]


def has_major(version: str, major: str) -> bool:
    """Return whether a canonical version fits the major version of its path."""
    if not major:
        return version.startswith(("v0.", "v1.")) or version.endswith("+incompatible")
    if major == ".v1" and version.startswith("v0.0.0-"):  # pseudo-versions that an old bug made for gopkg.in
        return True
    return version.startswith(f"{major[1:]}.")


def _gopkg_major(path: str) -> str | None:
    """Return the major version of a gopkg.in path, which has 0 and 1, too."""
    match = _GOPKG_MAJOR.search(path)
    if match is None:
        return None
    number, unstable = match.groups()
    if number == "0" and not unstable:
        return ".v0"
    return None if number[:1] == "0" or not (number or unstable) else f".v{number}"


def _number(digits: str | None) -> int:
    return ABSENT if digits is None else int(digits)


def _precedence(prerelease: str | None) -> tuple[Identifier, ...]:
    if prerelease is None:
        return ((_RELEASE, 0, ""),)
    return tuple(map(_identifier, prerelease.split(".")))


def _identifier(word: str) -> Identifier:
    """Return a sort key: numbers come before words, and longer numbers are larger, without converting them."""
    return (_NUMERIC, len(word), word) if word.isdigit() else (_ALPHANUMERIC, 0, word)
