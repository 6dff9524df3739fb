"""A plan as data: steps with their reasons, made of actions that describe everything that will be written.

Paths are those of the machine to provision, even if that is a tree. What is unknown before (the bytes of a download) is
described by its checksum.
"""

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple, Union

from wslgo.text.message import Text

ROOT = "root"
USER = "user"

# The restarts that a change needs to take effect.
TERMINATE = "terminate"  # this distribution
SHUTDOWN = "shutdown"  # the virtual machine, with every distribution
LOGIN = "login"  # a new shell


class WriteFile(NamedTuple):
    """Give a file new bytes. `before` is its content now, None for no file; `after` is None to remove it.

    `owner` and `mode` are those of a new file: an existing one keeps its own. `is_mounted`: it is on a drive that may
    be gone, and then nothing is created in its place.
    """

    path: str
    before: bytes | None
    after: bytes | None
    owner: str = USER
    mode: int = 0o644
    is_mounted: bool = False


class InstallToolchain(NamedTuple):
    """Put a Go toolchain into a folder that does not exist.

    `source` is the URL of its archive. `digest` is `sha256:HEX` of a tarball or `h1:BASE64` of a module; None if the
    source or the checksum database tells it when the plan is applied. `size` is that of the archive in bytes, if known.
    `pinned` is the digest in `wslgo.lock`, which must be the same.
    """

    version: str  # go1.27.3
    source: str
    folder: str
    digest: str | None = None
    size: int | None = None
    pinned: str = ""


class Switch(NamedTuple):
    """Point a symbolic link elsewhere, in one rename; `before` is where it points now."""

    link: str
    before: str | None
    target: str


class GoInstall(NamedTuple):
    """Build a program for the go command `go` into `folder`. `proxy` is the GOPROXY to ask, "" for the machine's.

    On this machine `go` itself builds it. No program of a tree runs, so for a tree a copy of `toolchain` builds it,
    which is downloaded and verified again into a folder that the tree's users cannot reach, or else `builder`, the go
    command of this machine. `pinned` is the hash of the module in `wslgo.lock`.
    """

    package: str  # golang.org/x/tools/gopls
    version: str  # v0.20.0
    go: str
    folder: str
    proxy: str = ""
    builder: str = ""
    toolchain: InstallToolchain | None = None
    pinned: str = ""

    @property
    def program(self) -> str:
        """Return the name of its file."""
        return self.package.rpartition("/")[2]


class MoveFolder(NamedTuple):
    """Move a folder with its content to an empty place."""

    source: str
    target: str


class CopyWorkspace(NamedTuple):
    """Copy a folder with its repositories to an empty place, compare the copy, and leave the folder as it is.

    `left_out` are paths in it that are not copied. With `is_from_windows`, the files of git are adapted to Linux, and
    the modes of its index count unless the drive `keeps_modes`.
    """

    source: str
    target: str
    left_out: tuple[str, ...] = ()
    is_from_windows: bool = False
    keeps_modes: bool = True


class InstallPackages(NamedTuple):
    """Install packages of the distribution."""

    names: tuple[str, ...]


class RunFixed(NamedTuple):
    """Run one of a few fixed commands of the system."""

    words: tuple[str, ...]


Action = Union[WriteFile, InstallToolchain, Switch, GoInstall, MoveFolder, CopyWorkspace, InstallPackages, RunFixed]  # noqa: UP007 - a value


class Step(NamedTuple):
    """A part of a plan that makes sense alone. `after` are the restarts that it needs to take effect.

    `resolves` are the ids of the rules whose findings it ends; none if it was only requested. `warnings` are about what
    the step does not change: an export that wins over a written value, an entry that stays slow.
    """

    id: str
    title: Text
    reason: Text
    actions: tuple[Action, ...]
    needs_root: bool = False
    reversible: bool = True
    after: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()
    resolves: tuple[str, ...] = ()

    @property
    def writes(self) -> tuple[WriteFile, ...]:
        """Return the actions that write files."""
        return tuple(action for action in self.actions if isinstance(action, WriteFile))


class Plan(NamedTuple):
    """The steps, in their order; none if the machine is up to date. `notes` are manual steps."""

    steps: tuple[Step, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def needs_root(self) -> bool:
        return any(step.needs_root for step in self.steps)

    @property
    def digest(self) -> str:
        """Return a hash of all actions, to apply exactly what was shown."""
        steps = [[step.id, step.needs_root, [_plain(action) for action in step.actions]] for step in self.steps]
        return hashlib.sha256(json.dumps(steps).encode()).hexdigest()


def _plain(action: Action) -> list[object]:
    members = (member.hex() if isinstance(member, bytes) else member for member in _members(action))
    return [type(action).__name__, *members]


def _members(action: NamedTuple) -> Iterator[object]:
    """Yield the members, without an empty pin: it has no part in the hashes of plans that were recorded without it."""
    for name, member in action._asdict().items():
        if isinstance(member, InstallToolchain):
            yield [*_members(member)]
        elif name != "pinned" or member:
            yield member
