"""`wslgo launch --write`: read the two files of `.vscode`, merge, confirm, and write each of them whole."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wslgo.cli import words
from wslgo.cli.call import Call
from wslgo.cli.consent import is_agreed
from wslgo.cli.files import Trouble, is_below
from wslgo.cli.options import LaunchOptions
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, shown
from wslgo.golang.project import Project
from wslgo.launch.generate.entry import Generated
from wslgo.launch.merge.merge import (
    LAUNCH,
    TASKS,
    Conflict,
    EntryPlace,
    Files,
    MergeRequest,
    is_obsolete,
    merge_entries,
)
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import ChangedError, Journal, folder_of
from wslgo.system.reader import ANYWHERE, LeadsOutError, leads_out, read_regular
from wslgo.system.repository import around
from wslgo.text.message import Message
from wslgo.text.source import Source, decode
from wslgo.text.span import apply

WHO = "wslgo launch"

KEPT = Message(
    en="{path}: '{name}' was edited and is kept; replace it with --yes",
    zh="{path}：'{name}' 已被编辑，保持不变；--yes 可替换它",
)
OUTSIDE = Message(
    en="is a link to outside the repository: nothing was read or written; use its target with --yes",
    zh="是指向仓库之外的链接：未读取也未写入；如确指该文件，请加 --yes",
)
EDITED = Message(
    en="{path}: '{name}' was edited; this change would replace it:", zh="{path}：'{name}' 已被编辑；替换后将变为："
)


class Folder:
    """A `.vscode` folder with the bytes of its two files as they were read, None for one that is not there.

    `outside` are those that are neither in the workspace nor in its repository.
    """

    def __init__(self, path: str, found: Mapping[str, bytes | None], outside: frozenset[str]) -> None:
        self._path = path
        self._bytes = found
        self.outside = outside

    def path(self, name: str) -> str:
        return os.path.join(self._path, name)

    @property
    def files(self) -> Files:
        return Files(*(decode(self._bytes[name] or b"") for name in (LAUNCH, TASKS)))

    def write(self, name: str, new: Source, journal: Journal) -> str:
        """Write a file, through its link; the id under which the journal has it where that leads out of the workspace.

        Raises OSError, also when another program has changed the file in between.
        """
        path = Path(self.path(name))
        if name not in self.outside and leads_out(path, _bounds(self._path)):
            raise LeadsOutError(str(path))
        path.parent.mkdir(exist_ok=True)
        if not is_below(str(path), os.path.dirname(os.path.abspath(self._path))):
            return journal.write(path, new.encode(), WHO, expected=self._bytes[name]).id
        if _content(str(path)) != self._bytes[name]:
            raise ChangedError(str(path))
        write_atomically(path, new.encode())
        return ""


def merge(place: str, project: Project, generated: Generated, call: Call[LaunchOptions]) -> int:
    """Show or write the merged files; exit code 2, and nothing written, when one of them cannot be edited."""
    folder = _opened(place, call)
    if isinstance(folder, Trouble):
        return call.fail([folder.sentence()])
    request = MergeRequest(tuple(call.options.profile), is_obsolete=lambda key: is_obsolete(project, key))
    done = merge_entries(folder.files, generated, request)
    if done.unwritable:
        return call.fail((Trouble(folder.path(name), why).sentence() for name, why in done.unwritable))
    accepted = frozenset(_agreed(done.conflicts, folder, call))
    if accepted:
        done = merge_entries(folder.files, generated, request._replace(accepted=accepted))
    if not call.terminal.is_interactive or call.options.diff:
        _name_kept(done.conflicts, folder, call)
    return _put(folder, done.files, call)


def _opened(place: str, call: Call[LaunchOptions]) -> Folder | Trouble:
    path = os.path.normpath(os.path.join(place, ".vscode"))
    names = (LAUNCH, TASKS)
    outside = frozenset(name for name in names if leads_out(os.path.join(path, name), _bounds(path)))
    # A link may come from the repository: only a person says that what is behind it is meant.
    may_leave = (call.options.yes or call.terminal.is_interactive) and not call.terminal.environment.get("CI")
    found = {}
    for name in names:
        file = os.path.join(path, name)
        if name in outside and not may_leave:
            return Trouble(file, OUTSIDE())
        try:
            found[name] = _content(file, ANYWHERE if name in outside else _bounds(path))
        except OSError as error:
            return Trouble(file, words.UNREADABLE(reason=reason(error)))
    return Folder(path, found, outside)


def _bounds(path: str) -> tuple[str, ...]:
    """Return the folders in which the files of a `.vscode` folder have to be: the workspace and its repository."""
    workspace = os.path.dirname(os.path.abspath(path))
    return (os.path.realpath(workspace), *around(workspace))


def _content(path: str, within: Sequence[str] | None = None) -> bytes | None:
    """Return the bytes of a file, None for no file; raises OSError for one that cannot be read."""
    try:
        return read_regular(path, within=within)
    except FileNotFoundError:
        return None


def _agreed(conflicts: tuple[Conflict, ...], folder: Folder, call: Call[LaunchOptions]) -> Iterator[EntryPlace]:
    """Yield the edited entries that may be replaced."""
    for conflict in conflicts:
        if call.options.yes or (
            call.terminal.is_interactive and not call.options.diff and _is_agreed(conflict, folder, call)
        ):
            yield conflict.place


def _is_agreed(conflict: Conflict, folder: Folder, call: Call[LaunchOptions]) -> bool:
    path = folder.path(conflict.place.file)
    before = folder.files.launch if conflict.place.file == LAUNCH else folder.files.tasks
    call.say(EDITED(path=path, name=conflict.name))
    show(path, before, before._replace(text=apply(before.text, [conflict.edit])), call)
    return is_agreed(call)


def _name_kept(conflicts: tuple[Conflict, ...], folder: Folder, call: Call[LaunchOptions]) -> None:
    for conflict in conflicts:
        call.complain(KEPT(path=folder.path(conflict.place.file), name=conflict.name))


def _put(folder: Folder, after: Files, call: Call[LaunchOptions]) -> int:
    """Write the files, tasks first: a configuration finds its task even if the second file cannot be written."""
    before = folder.files
    for name, old, new in ((TASKS, before.tasks, after.tasks), (LAUNCH, before.launch, after.launch)):
        if call.options.diff:
            show(folder.path(name), old, new, call)
        elif old == new:
            continue
        elif name in folder.outside and not _is_let_out(folder, name, new, call):
            return call.fail([Trouble(folder.path(name), words.NOT_AGREED()).sentence()])
        elif trouble := _write(folder, name, new, call):
            return call.fail([trouble.sentence()])
    return CLEAN


def _is_let_out(folder: Folder, name: str, new: Source, call: Call[LaunchOptions]) -> bool:
    """Return whether a file outside of the workspace may be written: shown first, then a yes."""
    if call.options.yes:
        return True
    show(folder.path(name), folder.files.launch if name == LAUNCH else folder.files.tasks, new, call)
    return is_agreed(call)


def _write(folder: Folder, name: str, new: Source, call: Call[LaunchOptions]) -> Trouble | None:
    path = folder.path(name)
    try:
        kept = folder.write(name, new, Journal(folder_of(call.terminal.environment)))
    except OSError as error:
        return Trouble(path, words.UNWRITABLE(reason=reason(error)))
    call.terminal.say(shown(path))
    if kept:
        call.complain(words.UNDO(id=kept))
    return None
