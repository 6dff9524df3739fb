"""Names in folders that are held open: what others rename or swap for a link meanwhile cannot change what is meant.

A path is walked once, name by name, and its links are read on the way; in a tree they mean what they mean to a program
that is locked into it. Every call after that is relative to a descriptor and follows no link.

Root has one more thing to mind: who could have led it here. Once a path has passed through a folder that an ordinary
user can change, root does there only what that user could have done without it.
"""

import contextlib
import ctypes
import errno
import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from wslgo.system.errors import RefusedError
from wslgo.system.reader import LARGEST, beginning_of, open_regular, read_open
from wslgo.text.message import Message

NOT_THEIRS = Message(
    en="Its path leads through folders that others can change to something that only root can",
    zh="其路径经过他人可更改的文件夹，而最终指向只有 root 才能更改的内容",
)
ELSEWHERE = Message(
    en="Its path leads through a symbolic link that was not there before",
    zh="其路径现在经过一个之前不存在的符号链接",
)
_TOO_DEEP = Message(en="Folders are nested too deeply", zh="文件夹嵌套过深")

# The mode of a folder of ours that is not ready: no other program makes such folders, and only root those of root's.
UNREADY = stat.S_ISVTX | 0o700

_DEEPEST = 300  # folders in each other; each takes a descriptor
_AT_EMPTY_PATH = 0x1000

# Only to reach others from there: a folder may be passed that may not be listed.
OPEN_PATH = getattr(os, "O_PATH", os.O_RDONLY)
_FOLDER = OPEN_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Access(NamedTuple):
    """Who may do what with a file."""

    mode: int
    owner: int
    group: int


class Person(NamedTuple):
    """A user by number, the group of their files, and the `others` that they are in."""

    number: int
    group: int
    others: frozenset[int] = frozenset()

    def may_change(self, found: os.stat_result) -> bool:
        """Whether they may write, or may give themselves the right to."""
        return found.st_uid == self.number or self._has(found, stat.S_IWGRP, stat.S_IWOTH)

    def may_read(self, found: os.stat_result) -> bool:
        return found.st_uid == self.number or self._has(found, stat.S_IRGRP, stat.S_IROTH)

    def _has(self, found: os.stat_result, group: int, others: int) -> bool:
        is_member = found.st_gid == self.group or found.st_gid in self.others
        return bool(found.st_mode & (group if is_member else others))


ANYONE = Person(-1, -1)  # who only has the rights that all have


class Folder:
    """A folder that is held open, as long as something refers to it. No name has a slash.

    `watched` is the user whose rights root minds; `ruler` is who can change a folder that has been passed.
    """

    def __init__(
        self, descriptor: int, path: str, watched: Person | None = None, ruler: Person | None = None, depth: int = 0
    ) -> None:
        self.descriptor = descriptor
        self.path = path
        self.watched = watched
        self.ruler = ruler
        self.depth = depth
        self._above = ruler

    def __del__(self) -> None:
        os.close(self.descriptor)

    def __repr__(self) -> str:
        return f"Folder({self.path!r})"

    def place(self, name: str) -> "Place":
        return Place(self, name)

    def enter(self, name: str) -> "Folder":
        """Open a folder in this one. Raises OSError, also for a link."""
        if self.depth >= _DEEPEST:
            raise RefusedError(errno.ELOOP, _TOO_DEEP(), self.path_of(name))
        try:
            descriptor = os.open(name, _FOLDER, dir_fd=self.descriptor)
        except OSError as error:
            raise about(error, self.path_of(name)) from None
        entered = Folder(descriptor, self.path_of(name), self.watched, self.ruler, self.depth + 1)
        entered._mind()
        return entered

    def path_of(self, name: str) -> str:
        return f"{self.path.rstrip('/')}/{name}"

    def stat(self) -> os.stat_result:
        return os.fstat(self.descriptor)

    @property
    def is_theirs(self) -> bool:
        """Whether whoever could have led us here may change what is in it."""
        return self.ruler is None or self.ruler.may_change(self.stat())

    def demand(self) -> "Folder":
        """This folder, to be changed. Raises OSError where it is not theirs who could have led us here."""
        if not self.is_theirs:
            raise RefusedError(errno.EACCES, NOT_THEIRS(), self.path)
        return self

    def _mind(self) -> None:
        """Look who can change what is in it."""
        if self.watched is not None:
            found = self.stat()
            self.ruler = _ruler(found, self.watched, self._above)
            if self.ruler is None and found.st_mode & stat.S_IWGRP and _has_list(self.descriptor):
                self.ruler = self.watched

    def through_link_of(self, ruler: Person) -> "Folder":
        """The same folder, to which someone's link has led."""
        return Folder(os.dup(self.descriptor), self.path, self.watched, self.ruler or ruler, self.depth)

    def trust(self) -> "Folder":
        """This folder, which is known to be the one that is meant, however its name has led here."""
        self._above = None
        self._mind()
        return self

    def reopen(self) -> int:
        """A descriptor that lists, locks, syncs and changes the folder."""
        try:
            return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    @contextlib.contextmanager
    def readable(self) -> Iterator[int]:
        """The same, closed at the end."""
        descriptor = self.reopen()
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def names(self) -> list[str]:
        with self.readable() as descriptor:
            return sorted(os.listdir(descriptor))  # noqa: PTH208 - a descriptor

    def sync(self) -> None:
        """What was renamed or made in it reaches the disk; some file systems cannot sync a folder."""
        with contextlib.suppress(OSError), self.readable() as descriptor:
            os.fsync(descriptor)

    def make(self, name: str, access: Access | None = None) -> "Folder":
        """Make a folder, which without `access` stays unready: nobody else gets into it.

        Raises OSError, also where others have put one in its place in which root changes nothing.
        """
        try:
            os.mkdir(name, UNREADY, dir_fd=self.descriptor)
        except OSError as error:
            raise about(error, self.path_of(name)) from None
        made = self.enter(name).demand()
        if access is not None:
            made.ready(access)
        return made

    @property
    def is_unready(self) -> bool:
        """Whether it is one of ours that nobody else gets into."""
        return _is_unready(self.stat(), os.geteuid())

    def ready(self, access: Access) -> None:
        """Give an unready folder its owner and mode. What has them, or is not of our making, is left alone."""
        found = self.stat()
        if not _is_unready(found, os.geteuid(), access.owner):
            return
        with self.readable() as descriptor:
            if os.geteuid() == 0 and (found.st_uid, found.st_gid) != (access.owner, access.group):
                os.fchown(descriptor, access.owner, access.group)
            os.fchmod(descriptor, access.mode)
        self._mind()


class Place(NamedTuple):
    """A name in an open folder.

    `missing` are the names of folders between, the first of which cannot be entered: `why` has the reason, and
    `behind` is the path of the symbolic link that says that name, if one does.
    """

    folder: Folder
    name: str
    missing: tuple[str, ...] = ()
    why: OSError | None = None
    behind: str = ""

    @property
    def path(self) -> str:
        """How it was found, for words and notes."""
        return self.folder.path_of("/".join((*self.missing, self.name))) if self.name != "." else self.folder.path

    def beside(self, name: str) -> "Place":
        """Another name in the same folder."""
        return self._replace(name=name)

    def stat(self) -> os.stat_result | None:
        """What it is, be it a link; None where there is nothing. Raises OSError for what may not be looked at."""
        if self.why is not None:
            if self.why.errno in (errno.ENOENT, errno.ENOTDIR):
                return None
            raise about(self.why, self.path)
        try:
            return os.stat(self.name, dir_fd=self.folder.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise about(error, self.path) from None

    @property
    def is_folder(self) -> bool:
        found = self.stat()
        return found is not None and stat.S_ISDIR(found.st_mode)

    def link_target(self) -> str | None:
        """What a symbolic link says; None for anything else."""
        if self.why is not None:
            return None
        try:
            return os.readlink(self.name, dir_fd=self.folder.descriptor)
        except OSError:
            return None

    def names(self) -> tuple[str, ...] | None:
        """What a folder holds; None where there is none, or it cannot be listed."""
        try:
            return tuple(self.enter().names())
        except OSError:
            return None

    def content(self, limit: int = LARGEST) -> bytes | None:
        """The bytes of a file, None for no file. Raises OSError for one that cannot be read, or that is root's and
        not for those to read who could have led us here."""
        try:
            descriptor = self.descriptor()
        except FileNotFoundError:
            return None
        return read_open(descriptor, self.path, limit)

    def beginning(self, limit: int = LARGEST) -> bytes:
        """The first bytes of a file. Raises OSError as `content` does, and for no file."""
        return beginning_of(self.descriptor(), limit)

    def descriptor(self) -> int:
        """A descriptor for reading a regular file. Raises OSError."""
        self.reach()
        try:
            descriptor = open_regular(self.name, folder=self.folder.descriptor, follows=False)
        except OSError as error:
            if error.errno == errno.ELOOP:  # since it was walked to
                raise RefusedError(errno.ELOOP, ELSEWHERE(), self.path) from None
            raise about(error, self.path) from None
        ruler = self.folder.ruler
        found = os.fstat(descriptor)
        if ruler is not None and found.st_uid == 0 and not ruler.may_read(found):
            os.close(descriptor)
            raise RefusedError(errno.EACCES, NOT_THEIRS(), self.path)
        return descriptor

    def enter(self) -> Folder:
        """Open the folder that it is. Raises OSError, also for a link."""
        self.reach()
        return self.folder.enter(self.name)

    def make(self, access: Access | None = None) -> Folder:
        """Make a folder, which without `access` stays unready."""
        self.reach()
        return self.folder.make(self.name, access)

    def create(self) -> int:
        """A descriptor of a new file for us alone. Raises OSError where the name is taken, be it by a link."""
        self.reach()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            return os.open(self.name, flags, 0o600, dir_fd=self.folder.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    def link(self, target: str, access: Access | None = None) -> None:
        """Make a symbolic link, which belongs to whom `access` says."""
        self.reach()
        os.symlink(target, self.name, dir_fd=self.folder.descriptor)
        if access is not None:
            _give_link(self, target, access)

    def remove(self) -> None:
        """Remove a file or a link."""
        self.reach()
        try:
            os.unlink(self.name, dir_fd=self.folder.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    def remove_folder(self) -> None:
        """Remove an empty folder."""
        self.reach()
        try:
            os.rmdir(self.name, dir_fd=self.folder.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    def rename(self, other: "Place") -> None:
        """Give what it is another name."""
        for place in (self, other):
            place.reach()
        try:
            os.rename(self.name, other.name, src_dir_fd=self.folder.descriptor, dst_dir_fd=other.folder.descriptor)
        except OSError as error:
            raise about(error, other.path) from None

    def reach(self) -> None:
        """Raise OSError where the folder is not there."""
        if self.why is not None:
            raise about(self.why, self.path)


def _give_link(place: Place, target: str, access: Access) -> None:
    """Give a new link to its owner, unless something else has its name by now; links have no mode."""
    descriptor = os.open(place.name, OPEN_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place.folder.descriptor)
    try:
        found = os.fstat(descriptor)
        is_ours = stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1
        if is_ours and os.readlink("", dir_fd=descriptor) == target and found.st_uid != access.owner:
            # Python has no call that takes a descriptor of a link.
            ctypes.CDLL(None).fchownat(descriptor, b"", access.owner, access.group, _AT_EMPTY_PATH)
    finally:
        os.close(descriptor)


def _ruler(found: os.stat_result, watched: Person, before: Person | None) -> Person | None:
    """Who else than root can have put what a folder holds there. Only root gets into one of root's that is unready."""
    if _is_unready(found, 0):
        return None
    if before is not None:
        return before
    if found.st_uid not in (0, watched.number):
        return Person(found.st_uid, -1)
    is_shared = found.st_uid == 0 and found.st_mode & stat.S_ISVTX  # what root has in it is root's to rename
    return watched if watched.may_change(found) and not is_shared else None


def _has_list(folder: int) -> bool:
    """Whether an access control list says who else may write; then the bits of the group say that somebody may."""
    try:
        return bool(os.getxattr(f"/proc/self/fd/{folder}", "system.posix_acl_access"))
    except OSError:
        return False


def _is_unready(found: os.stat_result, *owners: int) -> bool:
    """Whether it is a folder of these owners that is not ready; it may have inherited a bit from the one above."""
    return found.st_mode & 0o7777 & ~stat.S_ISGID == UNREADY and found.st_uid in owners


def about(error: OSError, path: str) -> OSError:
    """The same error about the whole path."""
    if isinstance(error, RefusedError):
        return RefusedError(error.errno or errno.EIO, error.words, path)
    return OSError(error.errno, error.strerror, path)
