"""The table of every program that wslgo starts, and the environment of each.

A program that is not in this table is not started: `process.py` is the only door, and it takes an environment that was
made here. `docs/decisions/0001-programs.md` shows the table; `wslgo docs` writes it.
"""

from collections.abc import Callable, Iterable, Mapping

from wslgo.knowledge import go_variable_names
from wslgo.text.typing import NamedTuple

# Who chooses a program.
SYSTEM = "a fixed path of the system"
SEARCH_PATH = "the user's PATH, without workspaces"
GO_FOLDERS = "GOBIN, GOPATH and the user's PATH, without workspaces"
OF_GOROOT = "GOROOT of the go above: those of version managers would choose by files of the folder"
RUN = "this run: unpacked from a verified archive into a folder that only this user can write"
WINDOWS = "the mount table: System32 of the Windows drive"
SETTING = "the setting wslgo.interpreter, else PATH without workspaces"

# As whom it runs.
USER = "the user who runs wslgo"
ROOT = "root"

# Where it runs.
HERE = "this machine"
TREE = "the tree, by chroot, in namespaces of its own (mounts, IPC, host name)"

# When, and what an untrusted workspace sees of it.
TERMINAL = "a command in the terminal"
AGREED = "provisioning, after the yes"

SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"

# Where a person's programs find their files. Version managers find the real go command by theirs.
PERSON = (
    *("HOME", "USER", "LOGNAME", "LANG", "TZ", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    *("XDG_RUNTIME_DIR", "XDG_STATE_HOME", "ASDF_DATA_DIR", "ASDF_DIR", "GOENV_ROOT", "MISE_DATA_DIR"),
)
NETWORK = (
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR"),
)
# Commands that go would start, and that often carry a token.
WITHHELD = frozenset(("GOAUTH", "GOCACHEPROG"))
# `go env` starts a C compiler to answer these; where they come from is read without it.
COSTLY = frozenset(("CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_FFLAGS", "CGO_LDFLAGS", "PKG_CONFIG"))
ASKED = tuple(sorted(go_variable_names.KNOWN - WITHHELD - COSTLY | {"GOHOSTARCH", "GOVERSION"}))
# The variables that determine go's answers. It starts none of the compilers that some of these name.
GO = (*sorted(go_variable_names.KNOWN - WITHHELD - COSTLY - {"GOFLAGS", "GOTOOLCHAIN"}), "GOENV")

_LISTING = ("GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR", "GOWORK", "GO111MODULE", "GOEXPERIMENT")
_BUILDING = (
    *("GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR", "GOENV", "GOPROXY", "GOSUMDB", "GONOPROXY", "GONOSUMDB"),
    *("GOPRIVATE", "GOINSECURE", "GOVCS"),
)

# No file or variable may make go fetch a toolchain or start git, a cache program or a helper.
LOCAL = {"GOTOOLCHAIN": "local", "GOFLAGS": ""}
OFFLINE = {
    "GOTOOLCHAIN": "local",
    "GOENV": "off",
    "GOPROXY": "off",
    "GONOPROXY": "none",
    "GOVCS": "*:off",
    "GOAUTH": "off",
    "GIT_TERMINAL_PROMPT": "0",
}
NOWHERE = "127.0.0.1:9"  # the discard service, which no system offers today
# None of the tools needs C, so their build does not start a compiler. An empty variable would leave the choice to go's
# own env file, where users keep flags for other work (-mod=vendor) or another system (GOOS=windows).
BUILD = {
    "GOTOOLCHAIN": "local",
    "GOFLAGS": "-trimpath",
    "GOWORK": "off",
    "GO111MODULE": "on",
    "GOOS": "linux",
    "CGO_ENABLED": "0",
}


class Program(NamedTuple):
    """A row of the table. `inherits` are the variables that it gets from us, `sets` those that we set.

    A variable that leads into a workspace is left out, such as go's cache folder or the folder of a version manager.
    Only the go command that `reports` gets it, to report its value.
    """

    name: str
    chosen_by: str
    user: str
    root: str
    when: str
    inherits: tuple[str, ...] = ()
    sets: Mapping[str, str] = {}
    in_untrusted: bool = False  # of an editor; on the command line the user has chosen the folder
    reports: bool = False

    def environment(
        self, given: Mapping[str, str], workspaces: Iterable[str] = (), real: Callable[[str], str] = str
    ) -> dict[str, str]:
        """Return the environment of this program, made from `given`: the names it needs, PATH without `workspaces`."""
        kept = {name: given[name] for name in self.inherits if given.get(name)}
        reported = frozenset((*GO, "XDG_CONFIG_HOME")) if self.reports else frozenset[str]()
        return {"LC_ALL": "C", **without_workspaces(kept, workspaces, real, reported), **self.sets}


def without_workspaces(
    environment: Mapping[str, str],
    workspaces: Iterable[str],
    real: Callable[[str], str] = str,
    kept: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Return the environment without workspaces in PATH and without other variables that lead into one, but `kept`."""
    folders = tuple(workspaces)
    left = {name: value for name, value in environment.items() if name in kept or not _leads(value, folders, real)}
    if "PATH" in environment:
        left["PATH"] = search_path(environment["PATH"], folders, real)
    return left


def _leads(value: str, folders: tuple[str, ...], real: Callable[[str], str]) -> bool:
    """Return whether a value is a path in a workspace, or a list that contains one."""
    paths = (path for path in value.split(":") if path.startswith("/"))
    return any(is_within(path, folders, real) for path in paths)


def search_path(value: str, workspaces: Iterable[str], real: Callable[[str], str] = str) -> str:
    """Return PATH without relative and empty entries, and without those in a workspace, also through links."""
    folders = tuple(workspaces)
    entries = (entry for entry in value.split(":") if entry.startswith("/"))
    kept = (entry for entry in entries if not is_within(entry, folders, real))
    return ":".join(dict.fromkeys(kept)) or SYSTEM_PATH


def is_within(path: str, folders: Iterable[str], real: Callable[[str], str] = str) -> bool:
    """Return whether a path, or the path without its links, is in one of these folders or is one of them."""
    places = (path, real(path))
    return any(f"{place}/".startswith(f"{folder.rstrip('/')}/") for folder in folders for place in places)


GO_ENV = Program(
    "go env NAME...",
    SEARCH_PATH,
    USER,
    HERE,
    "looking at the machine",
    (*PERSON, "PATH", *GO),
    LOCAL,
    reports=True,
)
# As the user's own go: with the GOFLAGS, GOTOOLCHAIN and GOROOT that break it, but offline and without helpers. It
# cannot download a toolchain from a port where nothing listens.
GO_VERSION = GO_ENV._replace(
    name="go version",
    inherits=(*GO_ENV.inherits, "GOFLAGS", "GOTOOLCHAIN"),
    sets={
        **{name: value for name, value in OFFLINE.items() if name not in ("GOTOOLCHAIN", "GOENV")},
        **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), f"http://{NOWHERE}"),
    },
    reports=False,
)
GO_BUILD_INFO = GO_ENV._replace(name="go version -m FILE", reports=False)
GO_TARGET = GO_ENV._replace(
    name="go env GOOS GOARCH CGO_ENABLED GOFLAGS GOROOT",
    when="launch configurations",
    inherits=(*GO_ENV.inherits, "GOFLAGS"),
    sets={"GOTOOLCHAIN": "local"},
)
GO_LIST = Program("go list", OF_GOROOT, USER, HERE, "launch configurations", (*PERSON, "PATH", *_LISTING), OFFLINE)
TOOL = Program("dlv version, gopls version", GO_FOLDERS, USER, HERE, "looking at the machine", (*PERSON, "PATH"), LOCAL)
COMPILER = TOOL._replace(name="gcc, clang or cc -dumpfullversion -dumpversion", chosen_by=SEARCH_PATH, sets={})
NVIDIA_SMI = TOOL._replace(name="nvidia-smi", chosen_by=SYSTEM, sets={})
OF_WINDOWS = Program(
    "cmd.exe, powershell.exe, wsl.exe",
    WINDOWS,
    USER,
    "Windows, through interop",
    "looking at the machine",
    (*PERSON, "PATH", "WSL_INTEROP", "WSL_DISTRO_NAME"),
    {"WSL_UTF8": "1", "WSLENV": "WSL_UTF8"},
)
WSLINFO = OF_WINDOWS._replace(name="wslinfo", chosen_by=SYSTEM, root=HERE)
# Nothing of the user reaches a measurement, so that only the places differ: the folders of go are named for each run.
# Go itself never runs code of the module that it builds; `cc` runs only if the user asks for cgo.
GO_MEASURED = Program(
    "go build, go list of wslgo bench",
    OF_GOROOT,
    USER,
    HERE,
    TERMINAL,
    (),
    {**OFFLINE, "GOFLAGS": "", "GOSUMDB": "off", "GOWORK": "off", "CGO_ENABLED": "0", "PATH": SYSTEM_PATH},
)
APT_CACHE = Program(
    "apt-cache policy", SYSTEM, USER, "this machine, with the lists of the tree", "planning", (), {"PATH": SYSTEM_PATH}
)
GO_INSTALL = Program(
    "go install", SEARCH_PATH, USER, HERE, AGREED, (*PERSON, "PATH", *NETWORK, "NETRC", *_BUILDING), BUILD
)
# For a tree, the variables of its user do not count, and no program of the tree builds.
GO_INSTALL_FOR_TREE = GO_INSTALL._replace(
    name="go install, for a tree",
    chosen_by=f"{RUN}; else the Go of this machine, from PATH",
    inherits=NETWORK,
    sets={**BUILD, "GOENV": "off", "GOVCS": "*:off", "GOAUTH": "off", "PATH": SYSTEM_PATH},
)
# Only in copies of go.mod, go.sum and go.work; what `replace` and GOPRIVATE say leads it to git as its user's own go.
GO_MIRROR = GO_INSTALL._replace(
    name="go list -m, go mod download",
    chosen_by=OF_GOROOT,
    when="wslgo mirror",
    inherits=(*GO_INSTALL.inherits, "SSH_AUTH_SOCK"),
    sets={"GOTOOLCHAIN": "local", "GO111MODULE": "on", "GIT_TERMINAL_PROMPT": "0"},
)
# Its GOPROXY names servers on loopback, and all that it writes is in a temporary folder.
GO_DRILL = Program(
    "go mod download, in the drill",
    OF_GOROOT,
    USER,
    "this machine, from servers on loopback",
    "wslgo doctor --network --drill",
    (),
    {
        "PATH": SYSTEM_PATH,
        "GOTOOLCHAIN": "local",
        "GOENV": "off",
        "GOFLAGS": "-mod=mod -modcacherw",
        "GOSUMDB": "off",
        "GOAUTH": "off",
        "GOVCS": "*:off",
        "GOWORK": "off",
    },
)
# A repository names programs in its configuration; `run_copy.py` switches them off.
GIT_COPY = Program(
    "git clone, git ls-files",
    SEARCH_PATH,
    USER,
    HERE,
    "wslgo ci run",
    ("PATH",),
    {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_TERMINAL_PROMPT": "0",
        # An object that is missing is fetched by a program that the repository names.
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "file",
    },
)
# The script runs tests, so code of the repository, with as little of the user as on a runner: no token, no home.
CI_STEPS = Program(
    "/bin/sh, and by it the checks of a repository",
    SYSTEM,
    USER,
    HERE,
    "wslgo ci run, which a user types; the script is the generated one, or agreed to",
    (*NETWORK, "USER", "LOGNAME", "TZ"),
    {"CI": "true", "GOENV": "off", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
)
PACKAGES = Program(
    "apt-get, dpkg, ldconfig, update-ca-certificates, sysctl",
    SYSTEM,
    ROOT,
    HERE,
    AGREED,
    (),
    {"PATH": SYSTEM_PATH, "HOME": "/root", "DEBIAN_FRONTEND": "noninteractive"},
)
PACKAGES_OF_TREE = PACKAGES._replace(
    name="apt-get, dpkg, ldconfig, update-ca-certificates, sysctl of a tree",
    chosen_by="a fixed path in the tree",
    user=f"{ROOT}, where root runs wslgo",
    root=TREE,
)
BECOME_ROOT = Program(
    "sudo or wsl.exe -u root, and by it /bin/sh",
    f"{SYSTEM}; wsl.exe: {WINDOWS}",
    ROOT,
    HERE,
    "after the yes to what root does, in the user's terminal",
    (*PERSON, "TERM", "COLORTERM", "DISPLAY", "WAYLAND_DISPLAY", "SSH_AUTH_SOCK", "WSL_INTEROP", "WSL_DISTRO_NAME"),
    {"PATH": SYSTEM_PATH},
)
# Started by VS Code, not by `process.py`.
IN_VSCODE = Program(
    "/bin/sh, and by it the row above",
    SYSTEM,
    USER,
    "a terminal of VS Code",
    "after the yes to what root does, in VS Code",
    ("the environment of VS Code's terminals",),
)
PYTHON = Program(
    "python3, python3.N",
    SETTING,
    USER,
    HERE,
    "starting the language server and the task of wslgo check in VS Code",
    ("the environment of VS Code's extensions",),
    in_untrusted=True,
)

PROGRAMS = (
    *(GO_ENV, GO_VERSION, GO_BUILD_INFO, GO_TARGET, GO_LIST, TOOL, COMPILER, NVIDIA_SMI, WSLINFO, OF_WINDOWS),
    *(GO_MEASURED, APT_CACHE, GO_DRILL, GO_INSTALL),
    *(GO_INSTALL_FOR_TREE, GO_MIRROR, GIT_COPY, CI_STEPS, PACKAGES, PACKAGES_OF_TREE, BECOME_ROOT, IN_VSCODE, PYTHON),
)
