"""Surveys of the machine and of the files around the documents, made in a worker thread."""

import os
import stat
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wslgo.linter.check import check
from wslgo.linter.scene import asks_for_packages, launch_place, workspace_place
from wslgo.machine.host import UNKNOWN, Host
from wslgo.machine.own_files import family_of_own_file, own_files
from wslgo.syntax.family import CGO, GOMOD, GOWORK, LAUNCH, SETTINGS, TASKS, WORKSPACE, Family, by_name, family_of
from wslgo.syntax.file import read
from wslgo.system.reader import LeadsOutError, read_beginning
from wslgo.system.repository import current_folder, workspaces
from wslgo.system.world import World
from wslgo.text.source import Source, decode

if TYPE_CHECKING:
    from wslgo.golang.project import Project  # the parsers of Go: only for a workspace with a launch.json
    from wslgo.golang.workspace import Workspace

# The families that other files depend on; the rest of a workspace is read when it is opened.
SURVEYED = (GOMOD, GOWORK, LAUNCH, TASKS, SETTINGS, WORKSPACE)
SKIPPED = frozenset((".git", "node_modules", "vendor"))

_MOST_FOLDERS = 20_000  # of a workspace, which may be `/`
_MOST_CGO_FILES = 200
_MOST_WORKFLOWS = 200
_LARGEST = 1 << 20

Stamp = tuple[int, int]


class SurveyedFile(NamedTuple):
    """A file as it was on disk."""

    path: str
    family: Family
    source: Source


class KnownMachine(NamedTuple):
    """This machine, its files, and what the Go modules of the open folders need of it.

    `stamps` show changes, also on Windows drives, which send no events.
    """

    host: Host = UNKNOWN
    files: tuple[SurveyedFile, ...] = ()
    needs: tuple["Workspace", ...] = ()
    stamps: Mapping[str, Stamp | None] = {}


class Survey(NamedTuple):
    """The result of a survey; `machine` is None without trust."""

    workspace: tuple[SurveyedFile, ...] = ()
    projects: Mapping[str, "Project"] = {}
    machine: KnownMachine | None = None
    left_out: tuple[str, ...] = ()  # links that lead out of the workspace
    cgo_files: tuple[str, ...] = ()  # the paths of Go files that import "C"

    @property
    def host(self) -> Host:
        return UNKNOWN if self.machine is None else self.machine.host

    @property
    def is_asked(self) -> bool:
        return self.machine is not None

    @property
    def stamps(self) -> Mapping[str, Stamp | None]:
        return {} if self.machine is None else self.machine.stamps

    @property
    def globals(self) -> tuple[SurveyedFile, ...]:
        """The files that configure the whole machine: `.wslconfig`, `/etc/wsl.conf`, the go env file."""
        host = self.host
        paths = {
            host.goenv_path,
            *(snapshot.path for snapshot in (host.wslconfig, host.wslconf) if snapshot is not None),
        }
        return tuple(file for file in (self.machine.files if self.machine else ()) if file.path in paths)

    @property
    def found(self) -> Mapping[str, SurveyedFile]:
        """All files by path."""
        return {file.path: file for file in (*self.workspace, *(self.machine.files if self.machine else ()))}


def machine_survey(world: World, roots: tuple[str, ...], *, is_fresh: bool = False) -> KnownMachine:
    """Probe the machine, read its files and the code of the open folders; only for a trusted workspace."""
    host = _host(world, roots, is_fresh=is_fresh)
    paths = own_files(world, host)
    stamps = {path: _stamp(world, path) for path in paths}
    files = (_found(path, world.read(path), family_of_own_file(path, host)) for path in paths)
    known = tuple(file for file in files if file is not None)
    return KnownMachine(host, known, tuple(_needs(world, host, roots)), stamps)


def _needs(world: World, host: Host, roots: tuple[str, ...]) -> Iterator["Workspace"]:
    """Yield what the Go modules of each open folder need of the machine, read without the go command."""
    from wslgo.provision.survey.workspace import surroundings, workspace_of  # the first diagnostics do not wait for it
    from wslgo.provision.target import this_machine

    around = surroundings(host.go_values(), world.environment, has_libraries=True)
    target = this_machine(None, world.environment.get("HOME", ""))
    for root in real_folders(roots):
        try:
            found = workspace_of(Path(root), target, around)
        except OSError:  # a file that cannot be read hides no fact of the machine
            continue
        if found is not None:
            yield found


def survey(roots: tuple[str, ...], machine: KnownMachine | None, *, is_trusted: bool) -> Survey:
    """Survey the workspace; without trust, nothing outside it is read."""
    left_out: dict[str, None] = {}
    workspace = tuple(_of_workspace(roots, left_out))
    host = UNKNOWN if machine is None else machine.host
    projects = dict(_projects(workspace, host, None if is_trusted else real_folders(roots)))
    setters = (*workspace, *(machine.files if machine is not None else ()))
    projects |= _projects_of_setters(workspace, setters, host, None if is_trusted else real_folders(roots))
    sources = tuple(_cgo_files(roots))
    projects |= _projects_of_workflows(roots, host, None if is_trusted else real_folders(roots))
    projects |= _projects_of_cgo(sources, host, None if is_trusted else real_folders(roots))
    return Survey(workspace, projects, machine, tuple(left_out), tuple(file.path for file in sources))


def real_folders(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Return the folders of a workspace with links resolved; those of other file systems are left out."""
    return tuple(os.path.realpath(root) for root in roots if root.startswith("/"))


def is_stale(world: World, known: Survey) -> bool:
    """Return whether a file of the machine has changed since the survey."""
    return any(_stamp(world, path) != stamp for path, stamp in known.stamps.items())


def _host(world: World, roots: tuple[str, ...], *, is_fresh: bool) -> Host:
    from wslgo.machine.probe import probe  # the first diagnostics do not wait for it

    foreign = workspaces(roots, world.environment.get("HOME", ""), here=current_folder())
    return probe(world, workspaces=foreign, folders=roots, is_fresh=is_fresh)


def _stamp(world: World, path: str) -> Stamp | None:
    found = world.stat(path)
    return None if found is None else (found.st_mtime_ns, found.st_size)


def _found(path: str, data: bytes | None, family: Family | None) -> SurveyedFile | None:
    return SurveyedFile(path, family, decode(data)) if family is not None and data is not None else None


# The workspace


def _of_workspace(roots: tuple[str, ...], left_out: dict[str, None]) -> Iterator[SurveyedFile]:
    places = real_folders(roots)
    for path in dict.fromkeys(path for root in roots for path in _paths(root)):
        family = family_of(path)
        if family is not None and family.name in SURVEYED:
            try:
                yield SurveyedFile(path, family, decode(read_beginning(path, _LARGEST, within=places)))
            except LeadsOutError:
                left_out[path] = None
            except OSError:
                continue


def _paths(root: str) -> Iterator[str]:
    """Yield every file under a folder; links to folders are not followed."""
    if not root.startswith("/"):
        return
    for number, (folder, folders, files) in enumerate(os.walk(root)):
        if number == _MOST_FOLDERS:
            return
        folders[:] = sorted(name for name in folders if name not in SKIPPED)
        yield from (f"{folder.rstrip('/')}/{name}" for name in sorted(files))


def _cgo_files(roots: tuple[str, ...]) -> Iterator[SurveyedFile]:
    """Yield the Go files that import "C", of those that the go command builds."""
    family, places = by_name(CGO), real_folders(roots)
    found = 0
    for root in roots:
        for path in _paths(root):
            inside = path[len(root) :].split("/")
            if family is None or not path.endswith(".go") or any(_is_not_built(name) for name in inside):
                continue
            stamp = _stamp_of(path)
            text = _text_with_cgo(path, stamp, places) if stamp is not None else b""
            if text:
                yield SurveyedFile(path, family, decode(text))
                found += 1
                if found == _MOST_CGO_FILES:
                    return


def _is_not_built(name: str) -> bool:
    return name == "testdata" or name.startswith(("_", "."))


def _stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a regular file; None for others, and for links, which may lead anywhere."""
    try:
        found = Path(path).lstat()
    except OSError:
        return None
    return (found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None


@lru_cache(maxsize=_MOST_FOLDERS)
def _text_with_cgo(path: str, _stamp: Stamp, places: tuple[str, ...]) -> bytes:
    """Return the bytes of a Go file that may import "C", b"" for others: each survey reads only what has changed."""
    try:
        text = read_beginning(path, _LARGEST, within=places)
    except OSError:
        return b""
    return text if b'"C"' in text else b""


def _projects_of_cgo(
    files: tuple[SurveyedFile, ...], host: Host, within: tuple[str, ...] | None
) -> Mapping[str, "Project"]:
    """Return the Go workspace of each Go file with cgo, with the files of its package read."""
    projects: dict[str, Project] = {}
    of_folders: dict[str, Project] = {}
    for found in files:
        from wslgo.golang.disk import project_of

        folder = str(Path(found.path).parent)
        if folder not in of_folders:
            of_folders[folder] = project_of(f"{folder}/.vscode/launch.json", within)
        project = projects[found.path] = of_folders[folder]
        check(read(found.path, found.family, found.source, found.path), host=host, project=project)
    return projects


def _projects_of_workflows(
    roots: tuple[str, ...], host: Host, within: tuple[str, ...] | None
) -> Mapping[str, "Project"]:
    """Return the repository of each workflow and pipeline, with the files read that its rules look at."""
    projects: dict[str, Project] = {}
    for root in roots:
        for path in _pipelines(root):
            family = family_of(path)
            try:
                data = read_beginning(path, _LARGEST, within=real_folders(roots)) if family is not None else b""
            except OSError:
                continue
            file = read(path, family, decode(data), path) if family is not None else None
            place = workspace_place(file) if file is not None else ""
            if file is None or not place:
                continue
            from wslgo.golang.disk import project_of

            project = projects[path] = project_of(place, within)
            check(file, host=host, project=project)
    return projects


def _pipelines(root: str) -> Iterator[str]:
    """Yield the files of a repository that CI reads."""
    yield f"{root}/.gitlab-ci.yml"
    try:
        yield from sorted(map(str, Path(f"{root}/.github/workflows").iterdir()))[:_MOST_WORKFLOWS]
    except OSError:
        return


def _projects(files: tuple[SurveyedFile, ...], host: Host, within: tuple[str, ...] | None) -> Mapping[str, "Project"]:
    """Return the Go workspace of each file with launch configurations, with everything read that its rules need."""
    projects = {}
    for found in files:
        file = read(found.path, found.family, found.source, found.path)
        place = launch_place(file)
        if place:
            from wslgo.golang.disk import project_of

            project = projects[file.path] = project_of(place, within)
            check(file, host=host, project=project)
    return projects


def _projects_of_setters(
    workspace: tuple[SurveyedFile, ...], setters: tuple[SurveyedFile, ...], host: Host, within: tuple[str, ...] | None
) -> Mapping[str, "Project"]:
    """Return the Go workspace of the first module for each file whose rules look at packages, with those read."""
    files = [read(file.path, file.family, file.source, file.path) for file in setters]
    files = [file for file in files if asks_for_packages(file)]
    module = next((file.path for file in workspace if file.family.name == GOMOD), None)
    if not files or module is None:
        return {}
    from wslgo.golang.disk import project_of

    project = project_of(str(Path(module).parent / ".vscode" / "launch.json"), within)
    for file in files:
        check(file, host=host, project=project)
    return {file.path: project for file in files}
