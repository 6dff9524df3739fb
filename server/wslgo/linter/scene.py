"""The input of a rule: the file, the files read with it, the machine, and the Go workspace."""

from collections.abc import Callable

from wslgo.machine.host import UNKNOWN, Host, Snapshot
from wslgo.syntax.family import (
    CGO,
    GITLAB,
    LAUNCH,
    OF_MODULES,
    SETTERS,
    SETTINGS,
    WORKFLOW,
    WORKSPACE,
    WSLCONF,
    WSLCONFIG,
)
from wslgo.syntax.file import File
from wslgo.text.typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:  # each costs milliseconds, and most runs need one of them
    from wslgo.goenv.assignment import Assignment
    from wslgo.golang.project import Project
    from wslgo.golang.workspace import Workspace
    from wslgo.linter.finding import Reported
    from wslgo.linter.policy import Policy
    from wslgo.syntax.go.cgo_file import CgoFile
    from wslgo.syntax.json.jsonc import Jsonc
    from wslgo.syntax.wsl.ini import Dialect
    from wslgo.syntax.wsl.ini_file import IniFile


AssignmentCheck = Callable[["Assignment", File], "list[Reported]"]


def _no_findings(_assignment: "Assignment", _file: File) -> "list[Reported]":
    return []


class Scene(NamedTuple):
    """The input of a rule: the file, related files, host facts, and the Go workspace.

    `others` may include the file itself. `check_assignment` returns the findings about an assignment of any file.
    `is_in_editor`: the user also sees what the editor reports about the file. `private` are patterns of modules that
    the team calls private. `policy` is what the file must keep to.
    """

    file: File
    others: tuple[File, ...] = ()
    host: Host = UNKNOWN
    check_assignment: AssignmentCheck = _no_findings
    project: "Project | None" = None
    is_in_editor: bool = False
    private: tuple[str, ...] = ()
    policy: "Policy | None" = None

    def other(self, family: str) -> "tuple[str, IniFile] | None":
        """Return path and tree of the one other WSL file of a family; None also if WSL cannot read it."""
        found = [file for file in self.others if file.family.name == family and file is not self.file]
        tree = cast("IniFile | None", found[0].tree if len(found) == 1 else None)
        return (found[0].path, tree) if tree is not None and not tree.is_garbled else None

    @property
    def snapshot(self) -> Snapshot | None:
        """The machine's snapshot of this file; None for any but its own `.wslconfig` and `/etc/wsl.conf`."""
        place, family = self.file.place, self.file.family.name
        if family == WSLCONF:
            known = self.host.wslconf
            return known if known and place == known.path else None
        known = self.host.wslconfig if family == WSLCONFIG else None
        return known if known and place.lower() == known.path.lower() else None  # as Windows compares names


class MachineScene(NamedTuple):
    """The input of a rule about the machine beside the `Host`: its files that were read, and the Go workspace.

    `workspace` is None without Go modules, and where they were not read.
    """

    files: tuple[File, ...] = ()
    workspace: "Workspace | None" = None
    policy: "Policy | None" = None

    def wsl_file(self, host: Host, family: str) -> "IniFile":
        """Return the `.wslconfig` or `wsl.conf` of the machine as WSL reads it; empty if there is none."""
        from wslgo.knowledge.wsl_keys import KEYS  # few rules ask
        from wslgo.syntax.wsl import ini_file
        from wslgo.text.source import Source

        known = host.wslconf if family == WSLCONF else host.wslconfig
        dialect: Dialect = "wslconf" if family == WSLCONF else "wslconfig"
        return ini_file.parse(Source(known.text or "" if known else ""), dialect, KEYS[dialect])


def sets_variables(file: File) -> bool:
    """Return whether a file sets a Go variable, one whose name may be a misspelt one, or one of proxies."""
    if file.family.name not in SETTERS:
        return False
    from wslgo.goenv.mention import mentions_proxy, mentions_variable  # neither WSL's files nor go.mod need it

    if mentions_proxy(file.source.text):
        from wslgo.goenv.http_proxies import proxy_assignments  # few files set one

        if proxy_assignments(file):
            return True
    if not mentions_variable(file.source.text):
        return False
    from wslgo.goenv.readers import assignments, other_assignments  # the variables of most files are not those of Go

    return bool(assignments(file) or other_assignments(file))


def asks_for_packages(file: File) -> bool:
    """Return whether a rule about a file, which sets variables of modules, looks at their packages."""
    return file.family.name in OF_MODULES and "CGO_ENABLED" in file.source.text


def holds_entries(file: File) -> bool:
    """Return whether a file has launch configurations, which a workspace or settings file may have, too."""
    family = file.family.name
    return family == LAUNCH or (family in (WORKSPACE, SETTINGS) and '"launch"' in file.source.text)


def asks_for_machine(file: File) -> bool:
    """Return whether rules about a Go file look at the libraries of the machine and at the other files of a package."""
    if file.family.name != CGO:
        return False
    tree = cast("CgoFile", file.tree)
    return bool(tree.lines or tree.includes)


def workspace_place(file: File) -> str:
    """Return the path of a `launch.json` in the folder whose Go workspace the rules about a file ask for; "" for none.

    For a workflow with `setup-go`, and a pipeline that includes files, that is the root of its repository.
    """
    path = file.path.replace("\\", "/")
    if file.family.name == GITLAB and "include" in file.source.text and f"/{path}".endswith("/.gitlab-ci.yml"):
        return path.removesuffix(".gitlab-ci.yml") + ".vscode/launch.json"
    if file.family.name != WORKFLOW:
        return launch_place(file)
    root, found, _ = f"/{path}".rpartition("/.github/workflows/")
    if not found or "actions/setup-go@" not in file.source.text:
        return ""
    return f"{root}/.vscode/launch.json"[1:]


def launch_place(file: File) -> str:
    """Return the path of a `launch.json` in the folder that the entries of a file are for; "" if that is unknown."""
    if file.family.name == LAUNCH or not holds_entries(file):
        return file.path if file.family.name == LAUNCH else ""
    path = file.path.replace("\\", "/")
    folder, _, _ = path.rpartition("/")
    if file.family.name == SETTINGS:
        return path if folder == ".vscode" or folder.endswith("/.vscode") else ""
    # With several folders, an entry of the workspace is for the one that `${workspaceFolder:NAME}` names.
    folders = cast("Jsonc", file.tree).at("folders")
    only = folders.elements[0].at("path") if folders is not None and len(folders.elements) == 1 else None
    if only is None or only.string not in (".", "./"):
        return ""
    return f"{folder}/.vscode/launch.json" if "/" in path else ".vscode/launch.json"
