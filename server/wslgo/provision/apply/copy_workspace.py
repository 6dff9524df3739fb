"""A workspace is copied beside its new place, compared file by file, and only then gets its name.

The source is only read. An interrupted copy grows on as `.NAME.wslgo-copy`; undo removes a copy in which nothing was
done since. Nothing of the workspace is run: what git knows is read from its files.
"""

import hashlib
import os
import stat
from collections.abc import Iterator

from wslgo.provision.apply.context import DriftError, Event
from wslgo.provision.apply.ledger import COPIED, REPLICATED, ActionRecord
from wslgo.provision.apply.step_run import StepRun
from wslgo.provision.errors import CancelledError, ProvisionError
from wslgo.provision.model.step import USER, CopyWorkspace
from wslgo.provision.net.progress import COPY, VERIFY, Meter, Progress
from wslgo.provision.survey.checkouts import GIT, Checkout, contents, join
from wslgo.provision.toolchain import folder as folders
from wslgo.syntax import git_index, git_move
from wslgo.syntax.git_move import Route
from wslgo.system.place import Folder, Place
from wslgo.text.message import Message

IN_THE_WAY = Message(
    en="{path} exists and is not empty, so nothing was copied there", zh="{path} 已存在且不为空，因此未向其复制任何内容"
)
RESTLESS = Message(
    en="{path} keeps changing while it is copied. Close what works in the old folder, and retry",
    zh="{path} 在复制期间不断变化。请关闭正在使用旧文件夹的程序，然后重试",
)
DIFFERS = Message(
    en="{path} stays: {name} is not as in the old folder. Remove the copy yourself once you do not need it",
    zh="{path} 保留：{name} 与旧文件夹中的不同。不再需要该副本时请自行删除",
)
ONLY_ONE = Message(
    en="{path} stays: the old folder {source} is gone, so this is the only copy",
    zh="{path} 保留：旧文件夹 {source} 已不存在，这是唯一的副本",
)

_PIECE = 1 << 20  # bytes
_ROUNDS = 3
_HEAD = 4
_ADAPTED = frozenset(("config", "config.worktree", "gitdir", "alternates", GIT))
# What git and editors write into a repository that is only looked at.
_OF_GIT = frozenset(("index", "FETCH_HEAD", "gc.log", "gc.pid"))


def copy(action: CopyWorkspace, step_run: StepRun) -> None:
    """Make or finish the copy. Raises ProvisionError or OSError; then the new place has no folder."""
    machine = step_run.context.target
    source, target = machine.open(action.source, follows=False), machine.open(action.target, follows=False)
    begun = step_run.run.record_of(REPLICATED, source=source.path, target=target.path)
    if not source.is_folder:
        raise DriftError(action.source)
    if _is_occupied(target):
        if begun is not None and _is_ours(target, step_run):
            return  # killed after the copy got its name
        raise ProvisionError(IN_THE_WAY(path=action.target))
    target = step_run.make_folders(target)
    if begun is None:
        step_run.note(REPLICATED, source=source.path, target=target.path)
    growing = copy_place(target)
    if growing.stat() is not None and not growing.enter().is_unready:
        folders.remove(growing)
    if growing.stat() is None:
        growing.make()
    grown = growing.enter()
    if not _is_ours(growing, step_run):
        step_run.note(COPIED, path=target.path, number=[grown.stat().st_ino])
    _Copying(action, step_run).whole(source.enter(), grown)
    folders.sync(grown)
    grown.ready(machine.access(USER, 0o755))
    growing.rename(target)
    target.folder.sync()


def remove_copy(record: ActionRecord, step_run: StepRun) -> bool:
    """Undo a copy; return whether there was one.

    Raises ProvisionError if something was done in it since, or the source is gone.
    """
    target = step_run.recorded_place(record, "target")
    growing = copy_place(target)
    is_there = False
    if growing.stat() is not None and _is_ours(growing, step_run):
        folders.remove(growing)
        is_there = True
    folders.sweep(target)
    if target.stat() is None or not _is_ours(target, step_run):
        return is_there
    source = step_run.context.target.open(record.facts["source"], follows=False)
    if not source.is_folder:
        raise ProvisionError(ONLY_ONE(path=target.path, source=source.path))
    action = next(
        action
        for action in step_run.run.plan.steps[record.step].actions
        if isinstance(action, CopyWorkspace) and step_run.context.target.place(action.target) == _path(target)
    )
    other = _Copying(action, step_run).first_difference(source.enter(), target.enter())
    if other is not None:
        raise ProvisionError(DIFFERS(path=target.path, name=other))
    folders.discard(target)
    return True


def copy_place(target: Place) -> Place:
    return target.beside(f".{target.name}.wslgo-copy")


def _path(place: Place) -> object:
    from pathlib import Path

    return Path(place.path)


def _is_occupied(place: Place) -> bool:
    found = place.stat()
    if found is None:
        return False
    return not stat.S_ISDIR(found.st_mode) or bool(place.enter().names())


def _is_ours(place: Place, step_run: StepRun) -> bool:
    """Return whether this run made the folder."""
    found = place.stat()
    run = step_run.context.ledger.run(step_run.run.id)
    numbers = [number for record in run.records if record.kind == COPIED for number in record.facts.get("number", ())]
    return found is not None and found.st_ino in numbers


class _Copying:
    """The copy of one workspace: what git tracks in it, and the checksums of what was read so far."""

    def __init__(self, action: CopyWorkspace, step_run: StepRun) -> None:
        self._action = action
        self._step_run = step_run
        self._left_out = frozenset(action.left_out)
        self._route = Route(action.source, action.target, step_run.context.host.linux_path)
        cancelled = step_run.context.cancelled
        self._contents = contents(self._route, self._left_out, cancelled)
        self._work_trees = {checkout.folder: checkout for checkout in self._contents.checkouts}
        self._spelling = dict(_spellings(self._contents.checkouts)) if action.is_from_windows else {}
        self._tracked = {
            part for checkout in self._contents.checkouts for path in checkout.modes for part in _parts(path)
        }
        self._digests: dict[str, tuple[int, int, bytes]] = {}
        self._wrong: frozenset[str] = frozenset()
        self._done = 0
        self._meter: Meter | None = None

    def whole(self, source: Folder, target: Folder) -> None:
        """Copy everything, compare it, and copy again what differs, as long as the source changes."""
        self._begin(COPY)
        self._fill(source, target, "", None)
        for _ in range(_ROUNDS):
            self._begin(VERIFY)
            wrong = list(self._differences(source, target, "", None, removes=True))
            if not wrong:
                return
            self._begin(COPY)
            self._wrong = frozenset(wrong)
            self._fill(source, target, "", None)
        raise ProvisionError(RESTLESS(path=join(self._action.source, wrong[0])))

    def first_difference(self, source: Folder, target: Folder) -> str | None:
        """Return a path in the copy that is not as in the source; what git writes by itself does not count."""
        found = self._differences(source, target, "", None, removes=False)
        return next((path for path in found if not _is_of_git(path)), None)

    def _begin(self, stage: str) -> None:
        step = self._step_run.run.plan.steps[self._step_run.step]

        def report(progress: Progress) -> None:
            self._step_run.context.report(Event(step, progress=progress))

        self._done, self._meter = 0, Meter(report, stage, self._contents.size)

    def _advance(self, size: int) -> None:
        if self._step_run.context.cancelled():
            raise CancelledError
        self._done += size
        if self._meter is not None:
            self._meter.at(self._done)

    # Names and modes

    def _names(self, folder: Folder, path: str) -> Iterator[tuple[str, str, str]]:
        """Yield the names in a folder that are copied, with their paths, and their names in the copy."""
        names = folder.names()
        known = set(names)
        for name in names:
            place = join(path, name)
            if place not in self._left_out:
                yield name, place, self._new_name(place, name, known)

    def _new_name(self, path: str, name: str, others: set[str]) -> str:
        """Return the name as git has it, if the drive ignores the case and has another one."""
        spelled = self._spelling.get(path.casefold())
        if spelled is None or path in self._tracked or spelled in others:
            return name
        return spelled

    def _mode(self, path: str, found: os.stat_result, checkout: Checkout | None, head: bytes) -> int:
        """Return the mode of a file: as it is, or as git or its content says where the drive does not keep it."""
        recorded = None if checkout is None else self._recorded(path, checkout)
        own = stat.S_IMODE(found.st_mode) & 0o777
        if not self._action.is_from_windows:
            return own
        is_trusted = self._action.keeps_modes and (checkout is None or checkout.trusts_modes or recorded is None)
        if is_trusted:
            return own
        if recorded is not None:
            return 0o755 if recorded == git_index.EXECUTABLE else 0o644
        if f"/{GIT}/" in f"/{path}" and "/objects/" in path:
            return 0o444
        return 0o755 if head.startswith((b"#!", b"\x7fELF")) else 0o644

    def _recorded(self, path: str, checkout: Checkout) -> int | None:
        found = checkout.modes.get(path)
        if found is None and checkout.folds_case:
            found = next(
                (checkout.modes[other] for other in (self._tracked_as(path),) if other in checkout.modes), None
            )
        return found

    def _tracked_as(self, path: str) -> str:
        """Return the path as git has it."""
        parts, found = path.split("/"), ""
        for number, part in enumerate(parts):
            found = join(found, self._spelling.get("/".join(parts[: number + 1]).casefold(), part))
        return found

    def _is_written_link(self, path: str, checkout: Checkout | None) -> bool:
        """Return whether a file holds the target of a link, because git made no links on the drive."""
        is_ours = self._action.is_from_windows and checkout is not None and not checkout.has_links
        return is_ours and checkout is not None and self._recorded(path, checkout) == git_index.LINK

    def _adapted(self, folder: Folder, path: str, name: str, data: bytes) -> bytes:
        """Return a file of git as it has to be at the new place."""
        text = data.decode("utf-8", "surrogateescape")
        place = os.path.dirname(join(self._action.source, path))
        above = path.split("/")
        if name == GIT:
            after = git_move.pointer_after(text, place, self._route)
        elif name == "gitdir" and above[-3:-2] == ["worktrees"]:
            after = git_move.place_after(text, place, self._route)
        elif name == "alternates" and above[-3:-1] == ["objects", "info"]:
            after = git_move.alternates_after(text, os.path.dirname(place), self._route)
        elif name.startswith("config") and (folder.place("HEAD").stat() is not None):
            after = git_move.config_after(text, place, self._route, is_from_windows=self._action.is_from_windows)
        else:
            return data
        return after.encode("utf-8", "surrogateescape")

    def _is_adapted(self, path: str, name: str) -> bool:
        return name in _ADAPTED and (name == GIT or GIT in path.split("/"))

    # Copying

    def _fill(self, old: Folder, new: Folder, path: str, checkout: Checkout | None) -> None:
        """Copy what is missing or differs in size or time."""
        checkout = self._work_trees.get(path, checkout)
        for name, below, named in self._names(old, path):
            before, after = old.place(name), new.place(named)
            found = before.stat()
            if found is None:
                continue  # removed in the meantime
            there = after.stat()
            if stat.S_ISDIR(found.st_mode):
                if there is not None and not stat.S_ISDIR(there.st_mode):
                    after.remove()
                    there = None
                mode = stat.S_IMODE(found.st_mode) & 0o777 | 0o700 if self._keeps_folders() else 0o755
                into = after.make(self._step_run.context.target.access(USER, mode)) if there is None else after.enter()
                self._fill(before.enter(), into, below, checkout)
            elif stat.S_ISREG(found.st_mode) or stat.S_ISLNK(found.st_mode):
                self._copy_entry(old, before, after, below, found, checkout)

    def _keeps_folders(self) -> bool:
        return self._action.keeps_modes or not self._action.is_from_windows

    def _copy_entry(
        self, folder: Folder, old: Place, new: Place, path: str, found: os.stat_result, checkout: Checkout | None
    ) -> None:
        says = old.link_target() if stat.S_ISLNK(found.st_mode) else None
        if says is None and self._is_written_link(path, checkout):
            says = _target_in(old)
        if says is not None:
            if new.link_target() != says:
                _clear(new)
                new.link(says)
            self._advance(0)
            return
        there = new.stat()
        if self._is_adapted(path, old.name):
            self._write_adapted(folder, old, new, path, found, checkout)
            self._advance(found.st_size)
            return
        is_same = there is not None and stat.S_ISREG(there.st_mode) and path not in self._wrong
        if is_same and there is not None and (there.st_size, there.st_mtime_ns) == (found.st_size, found.st_mtime_ns):
            self._advance(found.st_size)
            return
        _clear(new)
        self._copy_file(old, new, path, checkout)

    def _write_adapted(
        self, folder: Folder, old: Place, new: Place, path: str, found: os.stat_result, checkout: Checkout | None
    ) -> None:
        data = self._adapted(folder, path, old.name, old.content() or b"")
        if new.stat() is not None and new.content() == data:
            return
        _clear(new)
        with open(new.create(), "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), self._mode(path, found, checkout, data[:_HEAD]))
            os.utime(file.fileno(), ns=(found.st_atime_ns, found.st_mtime_ns))

    def _copy_file(self, old: Place, new: Place, path: str, checkout: Checkout | None) -> None:
        """Copy a file; it gets its time last, so an interrupted copy differs and is repeated."""
        digest, head, size = hashlib.sha256(), b"", 0
        with open(old.descriptor(), "rb") as source, open(new.create(), "wb") as target:
            found = os.fstat(source.fileno())
            while piece := source.read(_PIECE):
                head = head or piece[:_HEAD]
                digest.update(piece)
                target.write(piece)
                size += len(piece)
                self._advance(len(piece))
            target.flush()
            access = self._step_run.context.target.access(USER, self._mode(path, found, checkout, head))
            if os.geteuid() == 0 and access.owner != os.geteuid():
                os.fchown(target.fileno(), access.owner, access.group)
            os.fchmod(target.fileno(), access.mode)
            os.utime(target.fileno(), ns=(found.st_atime_ns, found.st_mtime_ns))
        self._digests[path] = (size, found.st_mtime_ns, digest.digest())
        self._advance(0)

    # Comparing

    def _differences(
        self, old: Folder, new: Folder, path: str, checkout: Checkout | None, *, removes: bool
    ) -> Iterator[str]:
        """Yield the paths at which a copy differs; with `removes`, what is in the copy alone goes."""
        checkout = self._work_trees.get(path, checkout)
        expected: set[str] = set()
        for name, below, named in self._names(old, path):
            before, after = old.place(name), new.place(named)
            found, there = before.stat(), after.stat()
            is_copied = found is not None and stat.S_IFMT(found.st_mode) in (stat.S_IFDIR, stat.S_IFREG, stat.S_IFLNK)
            if not is_copied or found is None:
                continue
            expected.add(named)
            if stat.S_ISDIR(found.st_mode):
                if there is None or not stat.S_ISDIR(there.st_mode):
                    yield below
                else:
                    yield from self._differences(before.enter(), after.enter(), below, checkout, removes=removes)
            elif there is None or not self._is_equal(old, before, after, below, found, checkout):
                yield below
        for name in new.names():
            if name not in expected:
                if removes:
                    folders.remove(new.place(name)) if new.place(name).is_folder else new.place(name).remove()
                yield join(path, name)

    def _is_equal(
        self, folder: Folder, old: Place, new: Place, path: str, found: os.stat_result, checkout: Checkout | None
    ) -> bool:
        self._advance(found.st_size)
        says = old.link_target() if stat.S_ISLNK(found.st_mode) else None
        if says is None and self._is_written_link(path, checkout):
            says = _target_in(old)
        if says is not None or new.link_target() is not None:
            return new.link_target() == says
        if self._is_adapted(path, old.name):
            return new.content() == self._adapted(folder, path, old.name, old.content() or b"")
        size, time, digest = self._digests.get(path, (-1, -1, b""))
        is_known = (size, time) == (found.st_size, found.st_mtime_ns)
        return _digest(new) == (digest if is_known else _digest(old))


def _digest(place: Place) -> bytes:
    digest = hashlib.sha256()
    with open(place.descriptor(), "rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.digest()


def _clear(place: Place) -> None:
    """Make room for a file in our own copy."""
    if place.is_folder:
        folders.remove(place)
    elif place.stat() is not None:
        place.remove()


def _target_in(place: Place) -> str | None:
    """Return the target of a link that a file holds; None if it cannot be one."""
    data = place.content() or b""
    return data.decode("utf-8", "surrogateescape") if 0 < len(data) < 4096 and b"\0" not in data else None


def _parts(path: str) -> Iterator[str]:
    yield path
    while path := path.rpartition("/")[0]:
        yield path


def _spellings(checkouts: tuple[Checkout, ...]) -> Iterator[tuple[str, str]]:
    """Yield the name that git has for each path, by the path without its case, where git ignores that."""
    for checkout in checkouts:
        if checkout.folds_case:
            for path in checkout.modes:
                yield from ((part.casefold(), part.rpartition("/")[2]) for part in _parts(path))


def _is_of_git(path: str) -> bool:
    above, _, name = path.rpartition("/")
    return name in _OF_GIT and GIT in above.split("/")
