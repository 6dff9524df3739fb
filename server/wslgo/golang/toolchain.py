"""The toolchain that a go command runs for a module, and what keeps it from having that one.

A port of `Select` in cmd/go/internal/toolchain/select.go (go1.26.8), with what older go commands do instead.
"""

from enum import Enum

from wslgo.knowledge.go_releases import SWITCHES_SINCE, completes_go_line, switches_toolchains
from wslgo.knowledge.version import ABSENT, GoVersion, go_version, toolchain_version
from wslgo.text.typing import NamedTuple

MODES = ("auto", "path")
LOCAL = "local"


class GoCommand(NamedTuple):
    """A go command and the variables that decide which toolchain it runs; None if unknown.

    An empty GOTOOLCHAIN acts like `local`: that of a Go package whose `go.env` lacks the line.
    """

    version: GoVersion
    gotoolchain: str | None = None
    goproxy: str | None = None
    gosumdb: str | None = None
    module_mode: str = ""


class Obstacle(Enum):
    """Why a go command does not build a module."""

    SYNTAX = "it cannot read the go line"
    DIRECTIVE = "it does not know the toolchain line"
    TOO_OLD = "it is older than the go line, and cannot download another Go"
    LOCAL = "GOTOOLCHAIN keeps it from running another Go"
    NAME = "it asks for a toolchain that does not exist"
    PATH = "GOTOOLCHAIN lets it look only in PATH"
    PROXY = "GOPROXY keeps it from downloading"
    CHECKSUM = "GOSUMDB keeps it from verifying a download"


class Lines(NamedTuple):
    """The `go` and the `toolchain` line of a go.mod or go.work; "" without one."""

    go: str = ""
    toolchain: str = ""


class Choice(NamedTuple):
    """The name of the toolchain that go runs instead of itself, and the mode in which it looks for it."""

    name: str
    mode: str
    is_of_go_line: bool


def obstacle(lines: Lines, command: GoCommand) -> Obstacle | None:
    """Return why a go command does not build a module with these lines; None also if a fact is unknown."""
    wanted = go_version(lines.go)
    if not switches_toolchains(command.version):
        return _obstacle_before_switching(lines, wanted, command.version)
    if command.gotoolchain is None or command.module_mode == "off" or lines.toolchain == "default":
        return None
    choice = chosen(lines, command)
    if choice is None:
        least = least_version(command)
        is_newer = wanted is not None and least is not None and wanted > least
        return Obstacle.LOCAL if is_newer else None
    if choice.is_of_go_line and _is_series(wanted) and not completes_go_line(command.version):
        return Obstacle.NAME
    if choice.mode == "path":
        return Obstacle.PATH
    return _obstacle_to_download(command)


def chosen(lines: Lines, command: GoCommand) -> Choice | None:
    """Return the toolchain that a go command runs instead of itself; None if it runs itself, or would fail."""
    value = command.gotoolchain or ""
    mode = value if value in MODES else value.partition("+")[2]
    least = least_version(command)
    if mode not in MODES or least is None:
        return None
    name, is_of_go_line = "", False
    suggested, wanted = toolchain_version(lines.toolchain), go_version(lines.go)
    if suggested is not None and suggested > least:
        name, least = lines.toolchain, suggested
    if wanted is not None and wanted > least:
        name, is_of_go_line = f"go{completed(lines.go)}", True
    return Choice(name, mode, is_of_go_line) if name else None


def least_version(command: GoCommand) -> GoVersion | None:
    """Return the version of the toolchain that GOTOOLCHAIN asks for without any module; None if it is invalid."""
    if command.gotoolchain is None:
        return None
    name = (command.gotoolchain or LOCAL).partition("+")[0]
    return command.version if name in (*MODES, LOCAL) else toolchain_version(name)


def completed(line: str) -> str:
    """Return the first release that a go line admits: 1.24.0 for 1.24."""
    return f"{line}.0" if _is_series(go_version(line)) else line


def _obstacle_before_switching(lines: Lines, wanted: GoVersion | None, version: GoVersion) -> Obstacle | None:
    has_patch = lines.go.count(".") > 1 or (wanted is not None and wanted.kind != "")
    if has_patch:
        return Obstacle.SYNTAX
    if lines.toolchain:
        return Obstacle.DIRECTIVE
    is_newer = wanted is not None and wanted > version and wanted >= SWITCHES_SINCE
    return Obstacle.TOO_OLD if is_newer else None


def _is_series(version: GoVersion | None) -> bool:
    """Return whether a version names a series of releases, and none of them: 1.24."""
    return version is not None and version.patch == ABSENT and not version.kind


def _obstacle_to_download(command: GoCommand) -> Obstacle | None:
    from wslgo.syntax.go import goproxy  # few modules ask for another Go

    entries = goproxy.parse(command.goproxy).steps if command.goproxy is not None else ()
    if entries and entries[0].text == "off":
        return Obstacle.PROXY
    # go does not verify what comes from a single folder.
    is_folder = len(entries) == 1 and entries[0].url.startswith("file://")
    return Obstacle.CHECKSUM if command.gosumdb == "off" and entries and not is_folder else None
