"""The journal of every write outside the workspace: the file before and after it, who wrote it, and its undo.

It is a folder that only this user can read. `objects/` keeps the bytes of each version under their hash;
`journal.jsonl` gets one line before a write and one after it, and no line ever changes. If the process dies between the
two lines, the file itself shows which version it has. A new write removes old entries, but never what the undo of a
provisioning run needs.
"""

import contextlib
import errno
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from wslgo.system import journal_lines, jsonlines, lock
from wslgo.system.errors import RefusedError, reason
from wslgo.system.files import access_of, sweep, write_atomically
from wslgo.system.journal_lines import DONE, FAILED, HASH, JournalEntry, Notes, Version, digest
from wslgo.system.place import ANYONE, Access, Person, Place
from wslgo.system.reader import LARGEST_PROGRAM
from wslgo.system.walk import is_for_root, place_of, recorded_place, root
from wslgo.text.message import Message
from wslgo.text.typing import Any

# A new write keeps the newest writes up to this number and this age, and every write of a provisioning run, whose id
# begins with the year, until the run is undone.
MOST = 200
DAYS = 90
RUN = "wslgo provision "
_OF_RUN = re.compile(rf"{RUN}\d")

_STATE = ".local/state"
_FOLDER = "wslgo/journal"
_LINES = "journal.jsonl"
_OBJECTS = "objects"
_LOCK = "lock"

_CHANGED = Message(en="the file changed in the meantime", zh="文件在此期间已更改")
_LOST = Message(en="the journal no longer has its bytes", zh="日志中已没有它的内容")
_FOREIGN = Message(en="the journal in {folder} is owned by another user", zh="{folder} 中的日志属于其他用户")
_NO_JOURNAL = Message(
    en="the journal in {folder} cannot be written: {reason}", zh="无法写入 {folder} 中的日志：{reason}"
)


class ChangedError(RefusedError):
    """Another program wrote the file after the change was shown, so the change would no longer be the same."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ESTALE, _CHANGED(), path)


def folder_of(environment: Mapping[str, str]) -> Path:
    """Return the folder of a user's journal. With sudo, root's journal is not in the home of the calling user."""
    state = environment.get("XDG_STATE_HOME", "")
    home = environment.get("HOME") or "~"
    folder = Path(state if state.startswith("/") else f"{home}/{_STATE}").expanduser() / _FOLDER
    return folder if is_for_root(str(folder)) else Path("/root", _STATE, _FOLDER)


class Journal:
    """The journal in a folder. `step` is called after each stage of a write: tests end the process there."""

    def __init__(self, folder: Path, step: Callable[[str], None] = lambda _: None) -> None:
        self._folder = folder
        self._step = step

    # Writing

    def write(
        self,
        path: Path | Place,
        data: bytes | None,
        who: str,
        *,
        expected: bytes | None,
        access: Access | None = None,
        undoes: str = "",
    ) -> JournalEntry:
        """Replace the content of the file that `path` leads to, which must be `expected`; None means no file.

        Raises OSError if the file or the journal cannot be written; the file is then unchanged.
        """
        with self._locked():
            target = place_of(path)
            entry = self._begin(target, data, who, expected, access, undoes)
            try:
                _put(target, data, access, lambda: self._step("temporary"))
            except BaseException:  # also Ctrl-C after the new bytes are in the file
                with contextlib.suppress(OSError):
                    self._end(entry, target)
                raise
            self._step("written")
            self._append({"id": entry.id, "end": DONE})
            self._step("ended")
            return entry._replace(end=DONE)

    def begin(
        self,
        path: Path | Place,
        data: bytes | None,
        who: str,
        *,
        expected: bytes | None,
        access: Access | None = None,
        undoes: str = "",
    ) -> JournalEntry:
        """Record a write that another program will make, such as one of root; `end` checks the result."""
        with self._locked():
            return self._begin(place_of(path), data, who, expected, access, undoes)

    def end(self, entry: JournalEntry) -> bool:
        """Record and return whether the file now has the new content."""
        with self._locked():
            return self._end(entry, _place_now(entry))

    def undo(self, entry: JournalEntry, who: str, place: Place | None = None) -> JournalEntry:
        """Restore the content that a file, now at `place`, had before a write, and mode and owner unless they changed.

        Raises `ChangedError` if the file has neither the content from after the write nor that from before it.
        """
        target = place or _place_now(entry, ANYONE)
        now = content(target)
        if is_result(entry, now):
            target.folder.demand()
            access = restored_access(entry, target)
            return self.write(target, self.bytes_before(entry), who, expected=now, access=access, undoes=entry.id)
        if is_original(entry, now):
            return self.note_undone(entry, who, target)
        raise ChangedError(entry.path)

    def note_undone(self, entry: JournalEntry, who: str, place: Place | None = None) -> JournalEntry:
        """Record that another program has undone a write; the file stays as it is."""
        target = place or _place_now(entry)
        now = content(target)
        started = self.begin(target, now, who, expected=now, undoes=entry.id)
        self.end(started)
        return started._replace(end=DONE)

    def _end(self, entry: JournalEntry, target: Place) -> bool:
        is_written = is_result(entry, content(target))
        self._append({"id": entry.id, "end": DONE if is_written else FAILED})
        return is_written

    def _begin(
        self, target: Place, data: bytes | None, who: str, expected: bytes | None, access: Access | None, undoes: str
    ) -> JournalEntry:
        if not undoes:  # an undo of several writes still needs the ones that come next
            self._forget()
        self._settle()
        now = content(target)
        if now != expected:
            raise ChangedError(target.path)
        status = target.stat()
        old = access_of(status) if status is not None else Access(0o644, os.geteuid(), os.getegid())
        before = None if now is None else self._keep(now, old)
        after = None if data is None else self._keep(data, access or old)
        self._step("kept")
        number, moment = journal_lines.new_id_and_time()
        entry = JournalEntry(number, moment, who, target.path, before, after, undoes)
        self._append(journal_lines.to_json(entry))
        self._step("begun")
        return entry

    def _forget(self) -> None:
        """Remove old entries: first their lines, in one step, then the versions that no remaining line names.

        A write without an outcome stays until `_settle` has recorded one that users could see.
        """
        old = outdated_ids(self.entries(), journal_lines.sortable_time(time.time() - DAYS * 86400))
        if not old:
            return
        lines = (content(self.lines) or b"").split(b"\n")
        kept = b"\n".join(line for line in lines if journal_lines.id_of(line) not in old)
        write_atomically(self.lines, kept)
        self._step("forgotten")
        # Also in lines that this version cannot read, such as those of a newer wslgo.
        named = set(HASH.findall(kept.decode("utf-8", "replace")))
        for path in (self._folder / _OBJECTS).iterdir():
            version = HASH.search(path.name)
            if version and version[0] not in named:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _settle(self) -> None:
        """Record the outcome of interrupted writes, and remove their temporary files."""
        for entry in self.entries():
            if not entry.end:
                self._append({"id": entry.id, "end": DONE if _is_written(entry) else FAILED})
                with contextlib.suppress(OSError):
                    sweep(_place_now(entry))

    # Reading

    @property
    def lines(self) -> Path:
        """The file of the lines."""
        return self._folder / _LINES

    def entries(self) -> list[JournalEntry]:
        """Return all writes, oldest first."""
        return self.read().entries

    def read(self) -> Notes:
        """Return all that can be read of the journal."""
        return journal_lines.notes(self.lines)

    def bytes_before(self, entry: JournalEntry) -> bytes | None:
        return self._bytes(entry.before)

    def bytes_after(self, entry: JournalEntry) -> bytes | None:
        return self._bytes(entry.after)

    def _bytes(self, version: Version | None) -> bytes | None:
        if version is None:
            return None
        data = content(self._folder / _OBJECTS / version.sha256)
        if data is None or digest(data) != version.sha256:
            raise RefusedError(errno.ENODATA, _LOST())
        return data

    # The folder

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Hold the lock of the journal."""
        try:
            self._provide()
            descriptor = lock.acquire(self._folder / _LOCK)
        except OSError as error:
            words = _NO_JOURNAL(folder=str(self._folder), reason=reason(error))
            raise RefusedError(error.errno or errno.EIO, words) from error
        try:
            yield
        finally:
            if descriptor is not None:
                os.close(descriptor)

    def _provide(self) -> None:
        (self._folder / _OBJECTS).mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self._folder, self._folder / _OBJECTS):
            status = folder.stat()
            if status.st_uid != os.geteuid():
                raise RefusedError(errno.EPERM, _FOREIGN(folder=str(self._folder)))
            if status.st_mode & 0o077:
                folder.chmod(0o700)

    def _keep(self, data: bytes, access: Access) -> Version:
        version = Version(digest(data), access)
        path = self._folder / _OBJECTS / version.sha256
        if content(path) != data:
            write_atomically(path, data, Access(0o600, os.geteuid(), os.getegid()))
        return version

    def _append(self, values: dict[str, Any]) -> None:
        jsonlines.append(self.lines, values)


def content(path: Path | Place) -> bytes | None:
    """Return the bytes of a file, None without a file; raise OSError if it cannot be read."""
    return place_of(path).content(LARGEST_PROGRAM)


def _place_now(entry: JournalEntry, watched: Person | None = None) -> Place:
    """Return where the file of a write is now. Root follows no link that was not there when the entry was made."""
    return place_of(entry.path) if os.geteuid() else recorded_place(root(watched=watched), entry.path)


def is_result(entry: JournalEntry, now: bytes | None) -> bool:
    """Return whether a file still has the content that a write gave it."""
    return _matches(entry.after, now)


def is_original(entry: JournalEntry, now: bytes | None) -> bool:
    """Return whether a file has the content from before a write, for example because its user restored it."""
    return _matches(entry.before, now)


def restored_access(entry: JournalEntry, place: Place | None = None) -> Access | None:
    """Return mode and owner for the file after an undo: those from before the write, unless they changed since."""
    status = (place or _place_now(entry)).stat()
    if entry.before is None or entry.after is None or status is None:
        return entry.before.access if entry.before else None
    before, after, now = entry.before.access, entry.after.access, access_of(status)
    mode = before.mode if now.mode == after.mode else now.mode
    owner = before if (now.owner, now.group) == (after.owner, after.group) else now
    return Access(mode, owner.owner, owner.group)


def _matches(version: Version | None, data: bytes | None) -> bool:
    return (version is None) == (data is None) and (version is None or digest(data or b"") == version.sha256)


def completed_writes(entries: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Return the writes that changed their file."""
    return [entry for entry in entries if entry.end == DONE or (not entry.end and _is_written(entry))]


def undone_ids(entries: Iterable[JournalEntry]) -> set[str]:
    """Return the ids of the writes that were undone; the undo itself may have been undone, too."""
    gone: set[str] = set()
    for entry in reversed(completed_writes(entries)):
        if entry.undoes and entry.id not in gone:
            gone.add(entry.undoes)
    return gone


def undoable_writes(entries: list[JournalEntry]) -> list[JournalEntry]:
    """Return the writes that are still in effect, newest first; an undo can be undone only by its id."""
    gone = undone_ids(entries)
    return [entry for entry in reversed(completed_writes(entries)) if not entry.undoes and entry.id not in gone]


def outdated_ids(entries: list[JournalEntry], oldest: str) -> set[str]:
    """Return the ids of the finished writes that exceed `MOST` or are older than the time `oldest`."""
    many = len(entries) - MOST
    old = {entry.id for place, entry in enumerate(entries) if entry.end and (place < many or entry.time < oldest)}
    old -= {entry.id for entry in undoable_writes(entries) if _OF_RUN.match(entry.who)}
    kept: set[str] = set()
    for entry in entries:  # the undo of a write is kept as long as the write
        if entry.id not in old or entry.undoes in kept:
            kept.add(entry.id)
    return old - kept


def _is_written(entry: JournalEntry) -> bool:
    """Return whether an interrupted write took place, judging by the file. Other content counts: a user has seen it."""
    try:
        now = content(_place_now(entry))
    except OSError:
        return False
    return not _matches(entry.before, now)


def _put(target: Place, data: bytes | None, access: Access | None, before_rename: Callable[[], None]) -> None:
    if data is None:
        with contextlib.suppress(FileNotFoundError):
            target.remove()
    else:
        write_atomically(target, data, access, before_rename)
