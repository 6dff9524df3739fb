"""Folders of Go on a Windows drive: moved to the Linux disk, and the setting removed.

Every build opens thousands of files in them, and each one is a round trip to Windows. Go's defaults are on the Linux
disk.
"""

from collections.abc import Iterator
from typing import NamedTuple

from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT, Assignment
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
from wslgo.machine.host import Host, Variable
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import LOGIN, MoveFolder, Step, WriteFile
from wslgo.provision.plan.file_fixes import write_of
from wslgo.syntax.family import GOENV, by_name, family_of
from wslgo.syntax.file import File, read
from wslgo.text.message import Message, Text
from wslgo.text.source import decode
from wslgo.text.span import Edit, apply

ID = "caches"
RESOLVES = ("goenv/folder-on-windows-drive",)
TITLE = Message(en="Move {names} to the Linux disk", zh="将 {names} 移到 Linux 磁盘")
REASON = Message(
    en="A build opens thousands of files there, and on a Windows drive ({folders}) each one is a slow round trip",
    zh="构建会打开其中的数千个文件；在 Windows 驱动器上（{folders}），每个文件都要往返一次，很慢",
)
STAYS = Message(
    en="{target} is not empty, so the content of {source} is not moved",
    zh="{target} 不为空，因此不移动 {source} 中的内容",
)
# GOTMPDIR is empty between builds; GOROOT belongs to the step `toolchain`.
_NAMES = ("GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR")


class _Stray(NamedTuple):
    """A variable whose folder is on a Windows drive, and the places in the user's files that set it."""

    variable: Variable
    places: tuple[tuple[File, Edit], ...]

    @property
    def name(self) -> str:
        return self.variable.name

    @property
    def folder(self) -> str:
        return self.variable.value.rstrip("/")


def reads(user: User, host: Host) -> tuple[str, ...]:
    inside = ("", "/pkg/mod", "/bin")  # later steps ask for the content of `bin` once it has moved
    folders = [f"{variable.value.rstrip('/')}{name}" for variable in _on_windows(host) for name in inside]
    goenv = (host.goenv_path,) if host.goenv_path else ()
    return (*layout.shell_files(user), *goenv, *folders, *_defaults(user).values())


def steps(facts: Facts, _spec: Spec) -> Iterator[Step]:
    strays = [_Stray(variable, tuple(_places(variable, facts))) for variable in _on_windows(facts.host)]
    fixable = [stray for stray in strays if stray.places]
    if fixable:
        moves = tuple(_moves(fixable, facts))
        yield Step(
            ID,
            TITLE(names=tuple(stray.name for stray in fixable)),
            REASON(folders=tuple(stray.folder for stray in fixable)),
            (*moves, *_writes(fixable, facts)),
            after=(LOGIN,),
            warnings=tuple(_warnings(fixable, moves, facts)),
        )


def _on_windows(host: Host) -> Iterator[Variable]:
    """Yield the variables that are set to a folder on a Windows drive; in WSL 1 such a drive is not slow.

    A list in GOPATH has folders to keep, so it is left to the user.
    """
    if host.wsl.generation == 1:
        return
    for name in _NAMES:
        known = host.variable(name)
        if known is None or known.origin == DEFAULT or ":" in known.value:
            continue
        if host.is_on_windows(known.value):
            yield known


# The settings


def _places(variable: Variable, facts: Facts) -> Iterator[tuple[File, Edit]]:
    """Yield the lines that always set it, in the go env file or in the files that the user's shell reads."""
    paths = layout.shell_files(facts.user) if variable.origin == ENVIRONMENT else (variable.origin,)
    for path in paths:
        file = _file(path, facts)
        for assignment in assignments(file) if file else ():
            is_certain = assignment.name == variable.name and assignment.is_certain
            edit = removal_edit(assignment) if is_certain else None
            if file and edit and _sets(assignment, variable, facts.host):
                yield file, edit


def _file(path: str, facts: Facts) -> File | None:
    """Return a file as the rules see it; GOENV may be any file."""
    family = by_name(GOENV) if path == facts.host.goenv_path else family_of(path)
    data = facts.data(path)
    return None if family is None or data is None else read(path, family, decode(data), path)


def _sets(assignment: Assignment, variable: Variable, host: Host) -> bool:
    """Return whether it sets this value; if only a shell knows the value, whether its start is on a Windows drive."""
    if assignment.value is not None:
        return assignment.value == variable.value
    head = assignment.head
    return bool(head) and variable.value.startswith(head) and bool(host.is_on_windows(head.rstrip("/")))


def _writes(strays: list[_Stray], facts: Facts) -> Iterator[WriteFile]:
    """Yield one write for each file, without the lines."""
    edits: dict[str, list[Edit]] = {}
    files: dict[str, File] = {}
    for file, edit in (place for stray in strays for place in stray.places):
        files[file.path] = file
        edits.setdefault(file.path, []).append(edit)
    for path, file in files.items():
        write = write_of(facts, path, file.source._replace(text=apply(file.source.text, edits[path])))
        if write is not None:
            yield write


# Moves


def _moves(strays: list[_Stray], facts: Facts) -> Iterator[MoveFolder]:
    """Yield a move to Go's default for each folder that exists, if that place is empty."""
    defaults = _defaults(facts.user)
    gopath = next((stray.folder for stray in strays if stray.name == "GOPATH"), None)
    for stray in strays:
        target = defaults.get(stray.name)
        if target is None or facts.folders.get(stray.folder) is None or facts.folders.get(target):
            continue
        if stray.name == "GOMODCACHE" and gopath is not None and facts.folders.get(f"{gopath}/pkg/mod") is not None:
            continue  # it moves with GOPATH, or the one in GOPATH takes its place
        yield MoveFolder(stray.folder, target)


def _warnings(strays: list[_Stray], moves: tuple[MoveFolder, ...], facts: Facts) -> Iterator[Text]:
    sources = tuple(f"{move.source}/" for move in moves)
    for stray in strays:
        target = _defaults(facts.user).get(stray.name)
        if target and facts.folders.get(stray.folder) and not f"{stray.folder}/".startswith(sources):
            yield STAYS(source=stray.folder, target=target)


def _defaults(user: User) -> dict[str, str]:
    """Return Go's default folders."""
    go = f"{user.home}/{layout.MODULES}"
    return {"GOPATH": go, "GOMODCACHE": f"{go}/pkg/mod", "GOCACHE": f"{user.home}/.cache/go-build"}
