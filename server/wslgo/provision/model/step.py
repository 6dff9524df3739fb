"""A plan as data: steps with their reasons, made of actions that say everything about what will be written.

Paths are those of the machine that is provisioned, also when that is a tree somewhere else. What cannot be known before
(the bytes of a download) is described by what will be checked.
"""

import hashlib
import json
from typing import NamedTuple, Union

from wslgo.text.message import Text

ROOT = "root"
USER = "user"

# What a change needs before it acts.
TERMINATE = "terminate"  # this distribution
SHUTDOWN = "shutdown"  # the virtual machine, with every distribution
LOGIN = "login"  # a new shell


class WriteFile(NamedTuple):
    """Give a file new bytes. `before` is what it holds now, None for no file; `after` is None where it is removed.

    `owner` and `mode` are those of a new file: one that is there keeps its own. `is_mounted`: it lies on a drive that
    may be gone, and then nothing is made in its place.
    """

    path: str
    before: bytes | None
    after: bytes | None
    owner: str = USER
    mode: int = 0o644
    is_mounted: bool = False


class InstallToolchain(NamedTuple):
    """Put a Go toolchain into a folder that does not exist.

    `source` is the URL of its archive. `digest` is `sha256:HEX` of a tarball or `h1:BASE64` of a module, None
    where it is resolved when it is applied, from what the source or the checksum database signs. `size` is that of the
    archive in bytes, where a list tells it.
    """

    version: str  # go1.27.3
    source: str
    folder: str
    digest: str | None = None
    size: int | None = None


class Switch(NamedTuple):
    """Let a symbolic link point elsewhere, in one rename; `before` is where it points now."""

    link: str
    before: str | None
    target: str


class GoInstall(NamedTuple):
    """Build a program for the go command `go` into `folder`. `proxy` is the GOPROXY to ask, "" for the machine's.

    On this machine `go` itself builds it. No program of a tree is run, so for a tree it is built by a copy of
    `toolchain`, which is fetched and verified again into a folder that the tree's users cannot reach, or else by
    `builder`, the go command of this machine.
    """

    package: str  # golang.org/x/tools/gopls
    version: str  # v0.20.0
    go: str
    folder: str
    proxy: str = ""
    builder: str = ""
    toolchain: InstallToolchain | None = None

    @property
    def program(self) -> str:
        """The name of its file."""
        return self.package.rpartition("/")[2]


class MoveFolder(NamedTuple):
    """Move a folder with what it holds to a place that is empty."""

    source: str
    target: str


class InstallPackages(NamedTuple):
    """Install packages of the distribution."""

    names: tuple[str, ...]


class RunFixed(NamedTuple):
    """Run one of a few fixed commands of the system."""

    words: tuple[str, ...]


Action = Union[WriteFile, InstallToolchain, Switch, GoInstall, MoveFolder, InstallPackages, RunFixed]  # noqa: UP007 - a value


class Step(NamedTuple):
    """A part of a plan that makes sense alone. `after` names what has to be started anew before it acts.

    `warnings` are true besides: an export that wins over what is written, an entry that stays slow.
    """

    id: str
    title: Text
    reason: Text
    actions: tuple[Action, ...]
    needs_root: bool = False
    reversible: bool = True
    after: tuple[str, ...] = ()
    warnings: tuple[Text, ...] = ()

    @property
    def writes(self) -> tuple[WriteFile, ...]:
        """The files that it changes, byte by byte."""
        return tuple(one for one in self.actions if isinstance(one, WriteFile))


class Plan(NamedTuple):
    """What will be done, in this order. An empty one says that the machine is right.

    `notes` are what only a person can do or decide.
    """

    steps: tuple[Step, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def needs_root(self) -> bool:
        return any(step.needs_root for step in self.steps)

    @property
    def digest(self) -> str:
        """A hash of everything that will be done: what was shown is what is applied."""
        said = [[step.id, step.needs_root, [_said(action) for action in step.actions]] for step in self.steps]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _said(action: Action) -> list[object]:
    members = (one.hex() if isinstance(one, bytes) else one for one in action)
    return [type(action).__name__, *members]
