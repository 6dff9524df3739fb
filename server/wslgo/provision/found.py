"""What a survey has found: the machine, the user, the files that steps may change, and what the network answered.

A plan is made of this alone, so it can be recorded, replayed and tested without a machine.
"""

from collections.abc import Mapping
from typing import NamedTuple

from wslgo.host import UNKNOWN, Host
from wslgo.message import Text
from wslgo.provision.step import Step


class File(NamedTuple):
    """A file as it is; `owner` is `root`, `user`, or the number of somebody else."""

    data: bytes
    mode: int = 0o644
    owner: str = "root"


class User(NamedTuple):
    """For whom a machine is provisioned."""

    name: str
    home: str
    shell: str = "/bin/bash"


class Source(NamedTuple):
    """Where a toolchain can be had: `kind` is `tarball` (with a list as go.dev has it) or `module` (a GOPROXY).

    `seconds` is how long its first answer took, None where it did not answer; `problem` says what it said instead.
    """

    url: str
    kind: str
    seconds: float | None = None
    problem: str = ""


class Release(NamedTuple):
    """A version of Go, and the archive of it for this machine at the source that was chosen."""

    version: str  # go1.27.3
    source: Source
    url: str
    digest: str | None = None  # sha256:HEX, or h1:BASE64 once the checksum database has said it
    size: int | None = None  # bytes


class Workspace(NamedTuple):
    """What the Go modules around ask of the machine. `folder` is where they lie on it, "" where they lie elsewhere.

    `packages` are those of the distribution that building them takes; `toolkits` open their windows. `uses_cuda`: a
    program launches kernels; `compiles_cuda`: it has sources for nvcc.
    """

    folder: str = ""
    uses_cgo: bool = False
    uses_cuda: bool = False
    compiles_cuda: bool = False
    toolkits: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Found(NamedTuple):
    """A machine to provision. `files` holds each path that was looked at, None where nothing is; `folders` likewise
    what lies in a folder, `links` what a symbolic link says. A path that could not be looked at is in none of them.

    `packages` are those that are installed, None where nobody knows. `asked` is the version of Go that the modules of
    the workspace ask for, `workspace` what else they need, None where there are none. `proxies` are module proxies with
    what they answered. `problems` are what a plan cannot mend.
    """

    host: Host = UNKNOWN
    user: User = User("", "")
    architecture: str = "amd64"
    files: Mapping[str, File | None] = {}
    folders: Mapping[str, tuple[str, ...] | None] = {}
    links: Mapping[str, str | None] = {}
    packages: frozenset[str] | None = None
    release: Release | None = None
    sources: tuple[Source, ...] = ()
    newest_tools: Mapping[str, str] = {}  # package path to the newest version that fits the Go in use
    asked: str = ""  # 1.27.3, or 1.27 for any of its releases
    workspace: Workspace | None = None
    proxies: tuple[Source, ...] = ()
    problems: tuple[Text, ...] = ()

    def knows(self, path: str) -> bool:
        """Whether it was looked at, be a file there or none."""
        return path in self.files

    def text(self, path: str) -> str | None:
        """What a file says, where it is text."""
        file = self.files.get(path)
        return None if file is None else file.data.decode("utf-8", "surrogateescape")

    def data(self, path: str) -> bytes | None:
        """What a file holds; None where there is no file."""
        file = self.files.get(path)
        return None if file is None else file.data

    def after(self, step: Step) -> "Found":
        """What will be found once a step is done, as far as files go: the next one is planned for that."""
        files = dict(self.files)
        for write in step.writes:
            there = self.files.get(write.path) or File(b"", write.mode, write.owner)
            files[write.path] = None if write.after is None else there._replace(data=write.after)
        return self._replace(files=files)
