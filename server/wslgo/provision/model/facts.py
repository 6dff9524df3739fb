"""What a survey has found: the machine, the user, the files that steps may change, and what the network answered.

A plan is made of this alone, so it can be recorded, replayed and tested without a machine.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wslgo.machine.host import UNKNOWN, Go, Host
from wslgo.provision.model.step import GoInstall, InstallPackages, MoveFolder, Step, WriteFile
from wslgo.text.message import Text

# How the problem of a server begins whose certificate is refused.
UNTRUSTED = "certificate: "
# What OpenSSL says where it knows no authority for it; a wrong name or time is another matter.
_UNKNOWN_AUTHORITY = re.compile(r"issuer|self.signed|first certificate")


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

    @property
    def distrust(self) -> str:
        """What OpenSSL says of its certificate, for which it knows no authority; "" where that is not its problem."""
        return distrust(self.problem)


class Certificate(NamedTuple):
    """An authority to trust, by the `name` of its subject ("" without) and in PEM: that of a `file` somebody named, or
    one that Windows trusts and without which `host` cannot be reached."""

    name: str
    pem: str
    file: str = ""
    host: str = ""


class Built(NamedTuple):
    """What a Go program was built from, and by which Go: v0.20.0 of golang.org/x/tools/gopls, by 1.27.3."""

    package: str
    version: str
    go: str


def distrust(problem: str) -> str:
    """What OpenSSL says of a certificate for which it knows no authority; "" for any other problem."""
    words = problem.partition(UNTRUSTED)[2].partition("\n")[0]
    return words if _UNKNOWN_AUTHORITY.search(words) else ""


class Release(NamedTuple):
    """A version of Go, and the archive of it for this machine at the source that was chosen."""

    version: str  # go1.27.3
    source: Source
    url: str
    digest: str | None = None  # sha256:HEX, or h1:BASE64 once the checksum database has said it
    size: int | None = None  # bytes


class Apt(NamedTuple):
    """What apt has to offer: of the packages that were asked for those that it can install. `is_old`: its lists are so
    old that files they name may be gone."""

    candidates: frozenset[str] = frozenset()
    is_old: bool = False


class Workspace(NamedTuple):
    """What the Go modules around ask of the machine. `folder` is where they lie on it, "" where they lie elsewhere.

    `packages` are those of the distribution that building them takes; `toolkits` open their windows. `uses_cuda`: a
    program launches kernels; `compiles_cuda`: building it takes the CUDA toolkit.
    """

    folder: str = ""
    uses_cgo: bool = False
    uses_cuda: bool = False
    compiles_cuda: bool = False
    toolkits: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Facts(NamedTuple):
    """A machine to provision. `files` holds each path that was looked at, None where nothing is; `folders` likewise
    what lies in a folder, `links` what a symbolic link says. A path that could not be looked at is in none of them.

    `packages` are those that are installed, None where nobody knows, `provided` the names that those stand in for;
    `apt` is known where something is lacking and apt has lists. `asked` is the version of Go that the modules of
    the workspace ask for, `workspace` what else they need, None where there are none. `proxies` are module proxies with
    what they answered, `certificates` are authorities to trust. `problems` are what a plan cannot mend.
    """

    host: Host = UNKNOWN
    user: User = User("", "")
    architecture: str = "amd64"
    files: Mapping[str, File | None] = {}
    folders: Mapping[str, tuple[str, ...] | None] = {}
    links: Mapping[str, str | None] = {}
    packages: frozenset[str] | None = None
    provided: frozenset[str] = frozenset()
    apt: Apt | None = None
    release: Release | None = None
    sources: tuple[Source, ...] = ()
    is_tree: bool = False
    builder: Go | None = None  # the go command of the machine that wslgo runs on, which may build for a tree
    archive: Release | None = (
        None  # of the Go that is fetched to build for a tree, where `builder` is missing or too old
    )
    tools: Mapping[str, Built] = {}  # those that lie where `go install` puts them, by their files
    newest_tools: Mapping[
        str, str
    ] = {}  # package path to the newest version that fits the Go in use, "" if none is told
    asked: str = ""  # 1.27.3, or 1.27 for any of its releases
    workspace: Workspace | None = None
    proxies: tuple[Source, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    generated: Mapping[str, bytes] = {}  # files of the workspace as `wslgo launch` would leave them
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

    def after(self, step: Step) -> "Facts":
        """What will be found once a step is done, in files, folders and packages: the next one is planned for that."""
        files, folders, packages = dict(self.files), dict(self.folders), self.packages
        for action in step.actions:
            if isinstance(action, WriteFile):
                there = self.files.get(action.path) or File(b"", action.mode, action.owner)
                files[action.path] = None if action.after is None else there._replace(data=action.after)
            elif isinstance(action, MoveFolder):
                folders |= _moved(folders, action)
            elif isinstance(action, GoInstall):
                folders[action.folder] = tuple({*(folders.get(action.folder) or ()), action.program})
            elif isinstance(action, InstallPackages) and packages is not None:
                packages |= frozenset(action.names)
        return self._replace(files=files, folders=folders, packages=packages)


def _moved(folders: Mapping[str, tuple[str, ...] | None], move: MoveFolder) -> dict[str, tuple[str, ...] | None]:
    """The folders that a move takes along, in both places."""
    inside = [path for path in folders if f"{path}/".startswith(f"{move.source}/")]
    return {
        **{f"{move.target}{path[len(move.source) :]}": folders[path] for path in inside},
        **dict.fromkeys(inside),
    }
