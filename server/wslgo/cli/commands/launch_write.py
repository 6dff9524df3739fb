"""What `wslgo launch --write` does: reads the two files of `.vscode`, merges, asks, and writes each of them whole."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from wslgo.cli import words
from wslgo.cli.arguments import Namespace
from wslgo.cli.consent import is_agreed
from wslgo.cli.files import Trouble, lies_in
from wslgo.cli.output.diff import show
from wslgo.cli.terminal import CLEAN, Terminal, fail, language, rendered, shown
from wslgo.golang.project import Project
from wslgo.launch.generate.entry import Generated
from wslgo.launch.merge import merge as launchmerge
from wslgo.launch.merge.merge import LAUNCH, TASKS, Conflict, Files, Place, Request
from wslgo.system.errors import reason
from wslgo.system.files import write_atomically
from wslgo.system.journal import ChangedError, Journal, folder_of
from wslgo.system.reader import ANYWHERE, LeadsOutError, leads_out, read_regular
from wslgo.system.repository import around
from wslgo.text.message import Language, Message
from wslgo.text.source import Source, decode
from wslgo.text.span import apply

WHO = "wslgo launch"

KEPT = Message(
    en="{path}: '{name}' was edited and stays as it is; --yes replaces it",
    zh="{path}：'{name}' 已被编辑，保持不变；--yes 可替换它",
)
OUTSIDE = Message(
    en="is a link out of the repository: nothing was read or written; --yes says that its file is meant",
    zh="是指向仓库之外的链接：未读取也未写入；如确指该文件，请加 --yes",
)
EDITED = Message(
    en="{path}: '{name}' was edited; this would replace it:", zh="{path}：'{name}' 已被编辑；替换后将变为："
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

        Raises OSError, also when somebody else has written the file meanwhile.
        """
        path = Path(self.path(name))
        if name not in self.outside and leads_out(path, _bounds(self._path)):
            raise LeadsOutError(str(path))
        path.parent.mkdir(exist_ok=True)
        if not lies_in(str(path), os.path.dirname(os.path.abspath(self._path))):
            return journal.write(path, new.encode(), WHO, expected=self._bytes[name]).id
        if _content(str(path)) != self._bytes[name]:
            raise ChangedError(str(path))
        write_atomically(path, new.encode())
        return ""


def merge(place: str, project: Project, generated: Generated, options: Namespace, terminal: Terminal) -> int:
    """Show or write the merged files; exit code 2, and nothing written, when one of them is doubtful."""
    spoken = language(options.lang, terminal.environment)
    folder = _opened(place, options, terminal)
    if isinstance(folder, Trouble):
        return fail([folder.sentence()], spoken, terminal)
    request = Request(tuple(options.profile), is_gone=lambda key: launchmerge.is_gone(project, key))
    done = launchmerge.merged(folder.files, generated, request)
    if done.refused:
        return fail((Trouble(folder.path(name), why).sentence() for name, why in done.refused), spoken, terminal)
    agreed = frozenset(_agreed(done.conflicts, folder, options, terminal))
    if agreed:
        done = launchmerge.merged(folder.files, generated, request._replace(agreed=agreed))
    if not terminal.is_interactive or options.diff:
        _name_kept(done.conflicts, folder, terminal, spoken)
    return _put(folder, done.files, options, terminal)


def _opened(place: str, options: Namespace, terminal: Terminal) -> Folder | Trouble:
    path = os.path.normpath(os.path.join(place, ".vscode"))
    names = (LAUNCH, TASKS)
    outside = frozenset(name for name in names if leads_out(os.path.join(path, name), _bounds(path)))
    # A link may come from the repository: only a person says that what is behind it is meant.
    may_leave = (options.yes or terminal.is_interactive) and not terminal.environment.get("CI")
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
    """The folders in which the files of a `.vscode` folder have to be: the workspace and its repository."""
    workspace = os.path.dirname(os.path.abspath(path))
    return (os.path.realpath(workspace), *around(workspace))


def _content(path: str, within: Sequence[str] | None = None) -> bytes | None:
    """The bytes of a file, None for no file; raises OSError for one that cannot be read."""
    try:
        return read_regular(path, within=within)
    except FileNotFoundError:
        return None


def _agreed(conflicts: tuple[Conflict, ...], folder: Folder, options: Namespace, terminal: Terminal) -> Iterator[Place]:
    """The edited entries that may be replaced."""
    for conflict in conflicts:
        if options.yes or (
            terminal.is_interactive and not options.diff and _is_agreed(conflict, folder, options, terminal)
        ):
            yield conflict.place


def _is_agreed(conflict: Conflict, folder: Folder, options: Namespace, terminal: Terminal) -> bool:
    spoken = language(options.lang, terminal.environment)
    path = folder.path(conflict.place.file)
    before = folder.files.launch if conflict.place.file == LAUNCH else folder.files.tasks
    terminal.say(rendered(EDITED(path=path, name=conflict.name), spoken))
    show(path, before, before._replace(text=apply(before.text, [conflict.edit])), terminal, spoken)
    return is_agreed(terminal, spoken)


def _name_kept(conflicts: tuple[Conflict, ...], folder: Folder, terminal: Terminal, spoken: Language) -> None:
    for conflict in conflicts:
        terminal.complain(rendered(KEPT(path=folder.path(conflict.place.file), name=conflict.name), spoken))


def _put(folder: Folder, after: Files, options: Namespace, terminal: Terminal) -> int:
    """Tasks first: a configuration that names one finds it, even if the second file cannot be written."""
    spoken = language(options.lang, terminal.environment)
    before = folder.files
    for name, old, new in ((TASKS, before.tasks, after.tasks), (LAUNCH, before.launch, after.launch)):
        if options.diff:
            show(folder.path(name), old, new, terminal, spoken)
        elif old == new:
            continue
        elif name in folder.outside and not _is_let_out(folder, name, new, options, terminal):
            return fail([Trouble(folder.path(name), words.NOT_AGREED()).sentence()], spoken, terminal)
        elif trouble := _write(folder, name, new, terminal, spoken):
            return fail([trouble.sentence()], spoken, terminal)
    return CLEAN


def _is_let_out(folder: Folder, name: str, new: Source, options: Namespace, terminal: Terminal) -> bool:
    """Whether a file outside of the workspace may be written: shown first, then a yes."""
    if options.yes:
        return True
    spoken = language(options.lang, terminal.environment)
    show(folder.path(name), folder.files.launch if name == LAUNCH else folder.files.tasks, new, terminal, spoken)
    return is_agreed(terminal, spoken)


def _write(folder: Folder, name: str, new: Source, terminal: Terminal, spoken: Language) -> Trouble | None:
    path = folder.path(name)
    try:
        kept = folder.write(name, new, Journal(folder_of(terminal.environment)))
    except OSError as error:
        return Trouble(path, words.UNWRITABLE(reason=reason(error)))
    terminal.say(shown(path))
    if kept:
        terminal.complain(rendered(words.UNDO(id=kept), spoken))
    return None
