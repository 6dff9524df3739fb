"""The journal of every write outside the workspace: what a file was, what it has become, who asked; and the way back.

It lies in a folder for this user alone. `objects/` keeps the bytes of each version under their hash; `journal.jsonl`
gets one line before a write and one after it, and no line ever changes. Whoever is killed between the two lines
leaves the answer on the disk: the file holds either the one version or the other. What is old is forgotten when
something new is written, but never what a run of provisioning needs for its undo.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from wslgo.system import jsonlines
from wslgo.system.errors import RefusedError, reason
from wslgo.system.files import access_of, sweep, write_atomically
from wslgo.system.place import ANYONE, Access, Person, Place, held, is_for_root, noted, root
from wslgo.system.reader import LARGEST_PROGRAM
from wslgo.text.message import Message

DONE = "done"
FAILED = "failed"

# The writes that are kept when another one comes: the newest, none of them older than so many days; and besides, until
# it is undone, every write of a run of provisioning, whose id begins with the year.
MOST = 200
DAYS = 90
RUN = "wslgo provision "
_OF_RUN = re.compile(rf"{RUN}\d")

_STATE = ".local/state"
_FOLDER = "wslgo/journal"
_LINES = "journal.jsonl"
_OBJECTS = "objects"
_LOCK = "lock"
_HASH = re.compile(r"[0-9a-f]{64}")
_CHECKED = ("who", "path", "before", "after", "undoes")
_NUMBERS = (1 << 32) - 2  # of users and groups: the last one means none

_CHANGED = Message(en="it has changed meanwhile", zh="文件在此期间已更改")
_LOST = Message(en="the journal no longer has its bytes", zh="日志中已没有它的内容")
_FOREIGN = Message(en="the journal in {folder} belongs to somebody else", zh="{folder} 中的日志属于其他用户")
_NO_JOURNAL = Message(
    en="the journal in {folder} cannot be written: {reason}", zh="无法写入 {folder} 中的日志：{reason}"
)


class Version(NamedTuple):
    """A file at one time: its bytes by their hash, and who may do what with it."""

    sha256: str
    access: Access


class Entry(NamedTuple):
    """One write. No version before: the file was created; none after: it was removed. `end` is empty while it lasts."""

    id: str
    time: str
    who: str
    path: str
    before: Version | None
    after: Version | None
    undoes: str = ""
    end: str = ""


class Notes(NamedTuple):
    """What a journal says: the writes, the oldest first; the numbers of the lines that cannot be understood; and the
    ids of writes that came about and are in none of the others."""

    entries: list[Entry]
    strange: tuple[int, ...]
    lost: tuple[str, ...]


class ChangedError(RefusedError):
    """Somebody else has written the file: what was shown would not be what is done."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ESTALE, _CHANGED(), path)


def folder_of(environment: Mapping[str, str]) -> Path:
    """Where the journal of a user lies. That of root does not lie in the home of a user who has called sudo."""
    state = environment.get("XDG_STATE_HOME", "")
    home = environment.get("HOME") or "~"
    folder = Path(state if state.startswith("/") else f"{home}/{_STATE}").expanduser() / _FOLDER
    return folder if is_for_root(str(folder)) else Path("/root", _STATE, _FOLDER)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


class Journal:
    """The journal in a folder. `step` hears how far a write has come: tests end the process there."""

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
    ) -> Entry:
        """Replace what the file behind `path` holds, which must be `expected` (None: no file, and for `data` removal).

        Raises OSError when the file or the journal cannot be written; then the file is as it was.
        """
        with self._locked():
            target = held(path)
            entry = self._begin(target, data, who, expected, access, undoes)
            try:
                _put(target, data, access, lambda: self._step("temporary"))
            except BaseException:  # be it that somebody stops us when the new bytes are there
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
    ) -> Entry:
        """Note a write that somebody else will do, such as root; `end` looks what has come of it."""
        with self._locked():
            return self._begin(held(path), data, who, expected, access, undoes)

    def end(self, entry: Entry) -> bool:
        """Note whether the write has come about: a file that holds something else now is not of its making."""
        with self._locked():
            return self._end(entry, _now(entry))

    def undo(self, entry: Entry, who: str, place: Place | None = None) -> Entry:
        """Give a file, which is at `place` now, back what it was before a write: bytes, and mode and owner unless they
        were changed since.

        Raises `ChangedError` when it is neither what the write has made of it nor what it was before.
        """
        target = place or _now(entry, ANYONE)
        now = content(target)
        if now_is(entry, now):
            target.folder.demand()
            access = access_back(entry, target)
            return self.write(target, self.bytes_before(entry), who, expected=now, access=access, undoes=entry.id)
        if was(entry, now):
            return self.note_undone(entry, who, target)
        raise ChangedError(entry.path)

    def note_undone(self, entry: Entry, who: str, place: Place | None = None) -> Entry:
        """Note that a write is undone, for a file that somebody has put back; the file is left as it is."""
        target = place or _now(entry)
        now = content(target)
        begun = self.begin(target, now, who, expected=now, undoes=entry.id)
        self.end(begun)
        return begun._replace(end=DONE)

    def _end(self, entry: Entry, target: Place) -> bool:
        is_written = now_is(entry, content(target))
        self._append({"id": entry.id, "end": DONE if is_written else FAILED})
        return is_written

    def _begin(
        self, target: Place, data: bytes | None, who: str, expected: bytes | None, access: Access | None, undoes: str
    ) -> Entry:
        if not undoes:  # whoever takes back several writes still needs those that come next
            self._forget()
        self._settle()
        now = content(target)
        if now != expected:
            raise ChangedError(target.path)
        found = target.found()
        old = access_of(found) if found is not None else Access(0o644, os.geteuid(), os.getegid())
        before = None if now is None else self._kept(now, old)
        after = None if data is None else self._kept(data, access or old)
        self._step("kept")
        number, moment = numbered()
        entry = Entry(number, moment, who, target.path, before, after, undoes)
        self._append(_line(entry))
        self._step("begun")
        return entry

    def _forget(self) -> None:
        """Drop what is old: first the lines, all at once, then the versions that no line names any more.

        What was cut off has not been settled yet: it stays until its outcome has been there to be seen.
        """
        old = outdated(self.entries(), _moment(time.time() - DAYS * 86400))
        if not old:
            return
        lines = (content(self.lines) or b"").split(b"\n")
        kept = b"\n".join(line for line in lines if _id(line) not in old)
        write_atomically(self.lines, kept)
        self._step("forgotten")
        # In every line, also in one that we cannot read, such as that of a later wslgo.
        named = set(_HASH.findall(kept.decode("utf-8", "replace")))
        for path in (self._folder / _OBJECTS).iterdir():
            version = _HASH.search(path.name)
            if version and version[0] not in named:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _settle(self) -> None:
        """Note what has become of writes that were cut off, and take away what they left."""
        for entry in self.entries():
            if not entry.end:
                self._append({"id": entry.id, "end": DONE if _is_written(entry) else FAILED})
                with contextlib.suppress(OSError):
                    sweep(_now(entry))

    # Reading

    @property
    def lines(self) -> Path:
        """The file of its lines."""
        return self._folder / _LINES

    def entries(self) -> list[Entry]:
        """All writes, the oldest first. A line that was cut off when the power went is none."""
        return self.read().entries

    def read(self) -> Notes:
        """All that can be understood of it."""
        found: dict[str, Entry] = {}
        strange: list[int] = []
        ended: list[str] = []
        for line in jsonlines.read(self.lines):
            try:
                _take(line.said, found)
            except (ValueError, TypeError, KeyError):
                strange.append(line.number)
                if line.said is not None and line.said.get("end") == DONE and isinstance(line.said.get("id"), str):
                    ended.append(line.said["id"])
        taken_back = {entry.undoes for entry in found.values()}
        lost = tuple(number for number in ended if number not in found and number not in taken_back)
        return Notes(list(found.values()), tuple(strange), lost)

    def bytes_before(self, entry: Entry) -> bytes | None:
        return self._bytes(entry.before)

    def bytes_after(self, entry: Entry) -> bytes | None:
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
        """Alone with the journal; the kernel opens the lock when its holder dies."""
        try:
            self._provide()
            descriptor = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            words = _NO_JOURNAL(folder=str(self._folder), reason=reason(error))
            raise RefusedError(error.errno or errno.EIO, words) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _provide(self) -> None:
        (self._folder / _OBJECTS).mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self._folder, self._folder / _OBJECTS):
            found = folder.stat()
            if found.st_uid != os.geteuid():
                raise RefusedError(errno.EPERM, _FOREIGN(folder=str(self._folder)))
            if found.st_mode & 0o077:
                folder.chmod(0o700)

    def _kept(self, data: bytes, access: Access) -> Version:
        version = Version(digest(data), access)
        path = self._folder / _OBJECTS / version.sha256
        if content(path) != data:
            write_atomically(path, data, Access(0o600, os.geteuid(), os.getegid()))
        return version

    def _append(self, said: dict[str, Any]) -> None:
        jsonlines.append(self.lines, said)


def content(path: Path | Place) -> bytes | None:
    """The bytes of a file, None for no file; raises OSError for one that cannot be read."""
    return held(path).content(LARGEST_PROGRAM)


def _now(entry: Entry, watched: Person | None = None) -> Place:
    """Where the file of a write is now. Root goes through no link that was not there when it was noted."""
    return held(entry.path) if os.geteuid() else noted(root(watched=watched), entry.path)


def now_is(entry: Entry, now: bytes | None) -> bool:
    """Whether a file is still what a write has made of it."""
    return _matches(entry.after, now)


def was(entry: Entry, now: bytes | None) -> bool:
    """Whether a file is what it was before a write, such as one that its user has put back."""
    return _matches(entry.before, now)


def access_back(entry: Entry, place: Place | None = None) -> Access | None:
    """Mode and owner for the file that a write is undone in: those from before it, unless they were changed since."""
    found = (place or _now(entry)).found()
    if entry.before is None or entry.after is None or found is None:
        return entry.before.access if entry.before else None
    before, after, now = entry.before.access, entry.after.access, access_of(found)
    mode = before.mode if now.mode == after.mode else now.mode
    owner = before if (now.owner, now.group) == (after.owner, after.group) else now
    return Access(mode, owner.owner, owner.group)


def _matches(version: Version | None, data: bytes | None) -> bool:
    return (version is None) == (data is None) and (version is None or digest(data or b"") == version.sha256)


def written(entries: Iterable[Entry]) -> list[Entry]:
    """The writes that have come about."""
    return [one for one in entries if one.end == DONE or (not one.end and _is_written(one))]


def undone(entries: Iterable[Entry]) -> set[str]:
    """The ids of writes that were taken back; an undo can be taken back, too."""
    gone: set[str] = set()
    for entry in reversed(written(entries)):
        if entry.undoes and entry.id not in gone:
            gone.add(entry.undoes)
    return gone


def undoable(entries: list[Entry]) -> list[Entry]:
    """The writes that stand, the newest first; an undo is taken back only by its id."""
    gone = undone(entries)
    return [one for one in reversed(written(entries)) if not one.undoes and one.id not in gone]


def outdated(entries: list[Entry], oldest: str) -> set[str]:
    """The ids of the finished writes that are too many, or older than a time, which is written as that of an entry."""
    many = len(entries) - MOST
    old = {one.id for place, one in enumerate(entries) if one.end and (place < many or one.time < oldest)}
    old -= {one.id for one in undoable(entries) if _OF_RUN.match(one.who)}
    kept: set[str] = set()
    for entry in entries:  # whether a write was undone is known for as long as the write is
        if entry.id not in old or entry.undoes in kept:
            kept.add(entry.id)
    return old - kept


def _is_written(entry: Entry) -> bool:
    """What the disk says of a write that was cut off; of a file that holds neither version, that somebody saw it."""
    try:
        now = content(_now(entry))
    except OSError:
        return False
    return not _matches(entry.before, now)


def _put(target: Place, data: bytes | None, access: Access | None, before_rename: Callable[[], None]) -> None:
    if data is None:
        with contextlib.suppress(FileNotFoundError):
            target.remove()
    else:
        write_atomically(target, data, access, before_rename)


def numbered() -> tuple[str, str]:
    """The id of something that begins now, which tells when and is that of nothing else; and the time."""
    seconds = time.time()
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(seconds))}-{os.urandom(3).hex()}", _moment(seconds)


def _moment(seconds: float) -> str:
    """A time in such a way that of two texts the later one is greater."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _id(line: bytes) -> str:
    """The write that a line is about, "" where it does not say so."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""


def _line(entry: Entry) -> dict[str, Any]:
    said = entry._asdict() | {"version": 1, "before": _said(entry.before), "after": _said(entry.after)}
    del said["end"]
    return said | {"check": _check(said)}


def _check(said: Mapping[str, Any]) -> str:
    """A hash by which a line is known that a disk has damaged."""
    return digest(json.dumps([said[name] for name in _CHECKED], sort_keys=True).encode())


def _said(version: Version | None) -> dict[str, Any] | None:
    return None if version is None else {"sha256": version.sha256, **version.access._asdict()}


def _take(said: dict[str, Any] | None, found: dict[str, Entry]) -> None:
    """Add a line to what is known. Raises ValueError, TypeError or KeyError for one that does not fit."""
    if said is None:
        raise ValueError("not an object")
    if "end" not in said:
        entry = _entry(said)
        found[entry.id] = entry
    elif said["end"] in (DONE, FAILED):
        found[said["id"]] = found[said["id"]]._replace(end=said["end"])
    else:
        raise ValueError(said["end"])


def _entry(said: dict[str, Any]) -> Entry:
    if said.get("check", "") not in ("", _check(said)):
        raise ValueError("damaged")
    words = {name: jsonlines.text(said[name]) for name in ("id", "time", "who", "undoes")}
    return Entry(
        **words, path=jsonlines.path(said["path"]), before=_version(said["before"]), after=_version(said["after"])
    )


def _version(said: dict[str, Any] | None) -> Version | None:
    if said is None:
        return None
    if not _HASH.fullmatch(said["sha256"]):
        raise ValueError(said["sha256"])
    mode = jsonlines.number(said["mode"], 0, 0o7777)
    owner, group = (jsonlines.number(said[name], 0, _NUMBERS) for name in ("owner", "group"))
    return Version(said["sha256"], Access(mode, owner, group))
