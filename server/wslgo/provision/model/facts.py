"""The facts of a survey: the machine, the user, the files that steps may change, and the answers of the network.

A plan depends on nothing else, so it can be recorded, replayed and tested without a machine.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from wslgo.golang.workspace import Workspace
from wslgo.linter.policy import Policy
from wslgo.machine.host import UNKNOWN, Go, Host
from wslgo.provision.model.step import GoInstall, InstallPackages, MoveFolder, Step, WriteFile
from wslgo.text.message import Text

# The start of the problem of a server whose certificate is rejected.
UNTRUSTED = "certificate: "
# OpenSSL's words for an unknown CA; a wrong name or time is another matter.
_UNKNOWN_AUTHORITY = re.compile(r"issuer|self.signed|first certificate")


class File(NamedTuple):
    """A file as it is; `owner` is `root`, `user`, or the number of another user."""

    data: bytes
    mode: int = 0o644
    owner: str = "root"


class User(NamedTuple):
    """The user for whom a machine is provisioned."""

    name: str
    home: str
    shell: str = "/bin/bash"


class Source(NamedTuple):
    """A place to download toolchains: `kind` is `tarball` (with a list, like go.dev) or `module` (a GOPROXY).

    `seconds` is how long its first answer took, None if it has nothing to offer; `problem` is the error. With `answers`
    it did answer, if only that it has nothing.
    """

    url: str
    kind: str
    seconds: float | None = None
    problem: str = ""
    answers: bool = False

    @property
    def distrust(self) -> str:
        """Return OpenSSL's words for its certificate of an unknown CA; "" if that is not its problem."""
        return distrust(self.problem)


class Certificate(NamedTuple):
    """A CA certificate to trust, with the `name` of its subject ("" without) and as PEM.

    It comes from a `file` of `--certificate`, or Windows trusts it and `host` cannot be verified without it.
    """

    name: str
    pem: str
    file: str = ""
    host: str = ""


class BuildInfo(NamedTuple):
    """The package (golang.org/x/tools/gopls) and version (v0.20.0) of a program, and the Go that built it (1.27.3).

    `module` and `sum` are the path and the hash (`h1:...`) of the module of the package; "" if they are not recorded.
    """

    package: str
    version: str
    go: str
    module: str = ""
    sum: str = ""


def distrust(problem: str) -> str:
    """Return OpenSSL's words for a certificate of an unknown CA; "" for any other problem."""
    words = problem.partition(UNTRUSTED)[2].partition("\n")[0]
    return words if _UNKNOWN_AUTHORITY.search(words) else ""


class Release(NamedTuple):
    """A version of Go, and its archive for this machine at the chosen source."""

    version: str  # go1.27.3
    source: Source
    url: str
    digest: str | None = None  # sha256:HEX, or h1:BASE64 from the checksum database
    size: int | None = None  # bytes
    pinned: str = ""  # the digest in wslgo.lock


class Apt(NamedTuple):
    """The packages that apt can install, of those it was asked about.

    `is_old`: its lists are so old that files they name may be gone.
    """

    candidates: frozenset[str] = frozenset()
    is_old: bool = False


class Facts(NamedTuple):
    """A machine to provision.

    `files` has each path that was read, None if nothing is there; so has `folders` with the content of folders, and
    `links` with the text of symbolic links. A path that could not be read is in none of them.

    `packages` are the installed ones, None if unknown, and `provided` the virtual ones; `apt` is known if a package is
    missing and apt has lists. `asked` is the Go version that the modules of the workspace ask for, `workspace` what
    else they need, None without modules. `proxies` are module proxies with their answers, `certificates` are those of
    CAs to trust. `problems` are what a plan cannot fix.
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
    builder: Go | None = None  # the go command of this machine, which may build for a tree
    archive: Release | None = None  # the Go to fetch to build for a tree, if `builder` is missing or too old
    tools: Mapping[str, BuildInfo] = {}  # those in the folder of `go install`, by their file names
    tool_proxies: tuple[Source, ...] = ()  # those that were asked for the tools, with their answers
    newest_tools: Mapping[str, str] = {}  # package path to the newest version for the Go in use, "" if unknown
    asked: str = ""  # 1.27.3, or 1.27 for any of its releases
    workspace: Workspace | None = None
    policy: Policy | None = None
    proxies: tuple[Source, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    generated: Mapping[str, bytes] = {}  # files of the workspace as `wslgo launch` would leave them
    problems: tuple[Text, ...] = ()

    def knows(self, path: str) -> bool:
        """Return whether the path was read, even if no file is there."""
        return path in self.files

    def text(self, path: str) -> str | None:
        """Return the text of a file; None without a file."""
        file = self.files.get(path)
        return None if file is None else file.data.decode("utf-8", "surrogateescape")

    def data(self, path: str) -> bytes | None:
        """Return the bytes of a file; None without a file."""
        file = self.files.get(path)
        return None if file is None else file.data

    def after(self, step: Step) -> "Facts":
        """Return the files, folders and packages after a step, for which the next one is planned."""
        files, folders, packages = dict(self.files), dict(self.folders), self.packages
        for action in step.actions:
            if isinstance(action, WriteFile):
                before = self.files.get(action.path) or File(b"", action.mode, action.owner)
                files[action.path] = None if action.after is None else before._replace(data=action.after)
            elif isinstance(action, MoveFolder):
                folders |= _folders_after(action, folders)
            elif isinstance(action, GoInstall):
                folders[action.folder] = tuple({*(folders.get(action.folder) or ()), action.program})
            elif isinstance(action, InstallPackages) and packages is not None:
                packages |= frozenset(action.names)
        return self._replace(files=files, folders=folders, packages=packages)


def _folders_after(
    move: MoveFolder, folders: Mapping[str, tuple[str, ...] | None]
) -> dict[str, tuple[str, ...] | None]:
    """Return the folders inside of a moved folder, at both places."""
    inside = [path for path in folders if f"{path}/".startswith(f"{move.source}/")]
    return {
        **{f"{move.target}{path[len(move.source) :]}": folders[path] for path in inside},
        **dict.fromkeys(inside),
    }
