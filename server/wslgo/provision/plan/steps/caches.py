"""The folders of Go off the drives of Windows: moved with all that is in them, and the setting gone that led there.

Every build looks at thousands of files in them, each look a round trip to Windows. Go's defaults are on the Linux disk.
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
from wslgo.provision.plan.file_fixes import written
from wslgo.syntax.family import GOENV, by_name, family_of
from wslgo.syntax.file import File, read
from wslgo.text.message import Message, Text
from wslgo.text.source import decode
from wslgo.text.span import Edit, apply

ID = "caches"
TITLE = Message(en="Take {names} off the drives of Windows", zh="将 {names} 移出 Windows 驱动器")
REASON = Message(
    en="A build looks at thousands of files there, and on a drive of Windows ({folders}) each is a round trip",
    zh="在 Windows 驱动器上（{folders}），构建要查看的数千个文件每个都要往返一次",
)
STAYS = Message(
    en="{target} is not empty, so what is in {source} stays there",
    zh="{target} 不为空，因此 {source} 中的内容保留在原处",
)
ELSEWHERE = Message(
    en="{name}={value} lies on a drive of Windows, and no file of yours sets it: open a new terminal if one did until "
    "now, else unset it where it comes from",
    zh="{name}={value} 位于 Windows 驱动器上，但没有您的文件设置它：若设置刚被移除，请打开新终端；"
    "否则请在其来源处取消设置",
)
A_LIST = Message(
    en="GOPATH={value} is a list with a folder on a drive of Windows, where every build is slow: take that out",
    zh="GOPATH={value} 列表中有位于 Windows 驱动器上的文件夹，会使每次构建变慢：请将其去掉",
)

# GOTMPDIR holds nothing between builds; where GOROOT lies is the business of the toolchain.
_NAMES = ("GOPATH", "GOMODCACHE", "GOCACHE", "GOTMPDIR")


class _Stray(NamedTuple):
    """A variable that leads to a drive of Windows, and the places in files of the user that set it."""

    variable: Variable
    places: tuple[tuple[File, Edit], ...]

    @property
    def name(self) -> str:
        return self.variable.name

    @property
    def folder(self) -> str:
        return self.variable.value.rstrip("/")


def reads(user: User, host: Host) -> tuple[str, ...]:
    inside = ("", "/pkg/mod", "/bin")  # `bin` for who asks what is in it once it has moved
    folders = [f"{one.value.rstrip('/')}{name}" for one in _led_away(host) for name in inside]
    goenv = (host.goenv_path,) if host.goenv_path else ()
    return (*layout.shell_files(user), *goenv, *folders, *_defaults(user).values())


def steps(facts: Facts, _spec: Spec) -> Iterator[Step | Text]:
    strays = [_Stray(one, tuple(_places(one, facts))) for one in _led_away(facts.host)]
    yield from _notes(strays, facts.host)
    led = [one for one in strays if one.places]
    if led:
        moves = tuple(_moves(led, facts))
        yield Step(
            ID,
            TITLE(names=", ".join(one.name for one in led)),
            REASON(folders=", ".join(one.folder for one in led)),
            (*moves, *_writes(led, facts)),
            after=(LOGIN,),
            warnings=tuple(_stays(led, moves, facts)),
        )


def _led_away(host: Host) -> Iterator[Variable]:
    """What somebody has set to a folder on a drive of Windows; WSL 1 has no virtual machine before the drive."""
    if host.wsl.generation == 1:
        return
    for name in _NAMES:
        known = host.variable(name)
        if known is not None and known.origin != DEFAULT and host.is_on_windows(known.value):
            yield known


def _notes(strays: list[_Stray], host: Host) -> Iterator[Text]:
    for one in strays:
        if not one.places:
            yield ELSEWHERE(name=one.name, value=one.folder)
    gopath = host.variable("GOPATH")
    if gopath is not None and ":" in gopath.value and any(map(host.is_on_windows, gopath.value.split(":"))):
        yield A_LIST(value=gopath.value)


# Where it is set


def _places(variable: Variable, facts: Facts) -> Iterator[tuple[File, Edit]]:
    """The lines that set it, in the go env file or in what the user's shell reads; only those that always do."""
    paths = layout.shell_files(facts.user) if variable.origin == ENVIRONMENT else (variable.origin,)
    for path in paths:
        file = _file(path, facts)
        for one in assignments(file) if file else ():
            edit = removal_edit(one) if one.name == variable.name and one.is_certain else None
            if file and edit and _leads_there(one, variable, facts.host):
                yield file, edit


def _file(path: str, facts: Facts) -> File | None:
    """A file as the rules see it; GOENV may name any."""
    family = by_name(GOENV) if path == facts.host.goenv_path else family_of(path)
    data = facts.data(path)
    return None if family is None or data is None else read(path, family, decode(data), path)


def _leads_there(one: Assignment, variable: Variable, host: Host) -> bool:
    """Whether it sets this value; of one that only a shell knows, whether its beginning lies on a drive."""
    if one.value is not None:
        return one.value == variable.value
    return bool(one.head) and variable.value.startswith(one.head) and bool(host.is_on_windows(one.head.rstrip("/")))


def _writes(led: list[_Stray], facts: Facts) -> Iterator[WriteFile]:
    """Each file once, without the lines."""
    edits: dict[str, list[Edit]] = {}
    files: dict[str, File] = {}
    for file, edit in (place for one in led for place in one.places):
        files[file.path] = file
        edits.setdefault(file.path, []).append(edit)
    for path, file in files.items():
        write = written(facts, path, file.source._replace(text=apply(file.source.text, edits[path])))
        if write is not None:
            yield write


# What is moved


def _moves(led: list[_Stray], facts: Facts) -> Iterator[MoveFolder]:
    """The folders that exist, to where Go looks by default, as far as nothing is there."""
    defaults = _defaults(facts.user)
    gopath = next((one.folder for one in led if one.name == "GOPATH"), None)
    for one in led:
        target = defaults.get(one.name)
        if target is None or facts.folders.get(one.folder) is None or facts.folders.get(target):
            continue
        if one.name == "GOMODCACHE" and gopath is not None and facts.folders.get(f"{gopath}/pkg/mod") is not None:
            continue  # it goes along, or that one has its place
        yield MoveFolder(one.folder, target)


def _stays(led: list[_Stray], moves: tuple[MoveFolder, ...], facts: Facts) -> Iterator[Text]:
    moved = tuple(f"{move.source}/" for move in moves)
    for one in led:
        target = _defaults(facts.user).get(one.name)
        if target and facts.folders.get(one.folder) and not f"{one.folder}/".startswith(moved):
            yield STAYS(source=one.folder, target=target)


def _defaults(user: User) -> dict[str, str]:
    """Where Go looks when nobody says otherwise."""
    go = f"{user.home}/{layout.MODULES}"
    return {"GOPATH": go, "GOMODCACHE": f"{go}/pkg/mod", "GOCACHE": f"{user.home}/.cache/go-build"}
