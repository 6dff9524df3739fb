"""Names in folders that are held open, so that another process cannot swap what a name means between two calls.

A path is walked once (`walk.py`). Every later call is relative to the descriptor of an open folder and follows no link.

Root must also keep track of who could have led it to a folder. After a path has passed through a folder that an
ordinary user can change, root does there only what that user could have done alone.
"""

import contextlib
import ctypes
import errno
import os
import stat
from collections.abc import Iterator

from wslgo.system.errors import RefusedError
from wslgo.system.reader import LARGEST, beginning_of, open_regular, read_open
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

NOT_THEIRS = Message(
    en="Its path leads through folders that others can change to something that only root can",
    zh="其路径经过他人可更改的文件夹，而最终指向只有 root 才能更改的内容",
)
ELSEWHERE = Message(
    en="Its path leads through a symbolic link that was not there before",
    zh="其路径现在经过一个之前不存在的符号链接",
)
_TOO_DEEP = Message(en="Folders are nested too deeply", zh="文件夹嵌套过深")

# The mode of our folders that are not ready yet; no other program creates such folders.
UNREADY = stat.S_ISVTX | 0o700

_DEEPEST = 300  # nested folders; each needs a descriptor
_AT_EMPTY_PATH = 0x1000

# Enough to walk on from there, even if the folder may not be listed.
OPEN_PATH = getattr(os, "O_PATH", os.O_RDONLY)
_FOLDER = OPEN_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Access(NamedTuple):
    """Mode, owner and group of a file."""

    mode: int
    owner: int
    group: int


class Person(NamedTuple):
    """A user by number, the group of their files, and the `others` that they are in."""

    number: int
    group: int
    others: frozenset[int] = frozenset()

    def may_change(self, found: os.stat_result) -> bool:
        """Return whether they may write, or may give themselves the right to."""
        return found.st_uid == self.number or self._has(found, stat.S_IWGRP, stat.S_IWOTH)

    def may_read(self, found: os.stat_result) -> bool:
        return found.st_uid == self.number or self._has(found, stat.S_IRGRP, stat.S_IROTH)

    def _has(self, found: os.stat_result, group: int, others: int) -> bool:
        is_member = found.st_gid == self.group or found.st_gid in self.others
        return bool(found.st_mode & (group if is_member else others))


ANYONE = Person(-1, -1)  # has only the rights of others


class Folder:
    """A folder that stays open as long as an object refers to it; names in it have no slash.

    `watched` is the user whose rights limit root; `ruler` is the user who can change a folder on the path to it.
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
        entered._update_ruler()
        return entered

    def path_of(self, name: str) -> str:
        return f"{self.path.rstrip('/')}/{name}"

    def stat(self) -> os.stat_result:
        return os.fstat(self.descriptor)

    @property
    def is_theirs(self) -> bool:
        """Return whether the user who could have led root here may change its content."""
        return self.ruler is None or self.ruler.may_change(self.stat())

    def demand(self) -> "Folder":
        """Return this folder for a change. Raises OSError if the user who could have led root here may not."""
        if not self.is_theirs:
            raise RefusedError(errno.EACCES, NOT_THEIRS(), self.path)
        return self

    def _update_ruler(self) -> None:
        """Find out who can change its content."""
        if self.watched is not None:
            found = self.stat()
            self.ruler = _ruler(found, self.watched, self._above)
            if self.ruler is None and found.st_mode & stat.S_IWGRP and _has_list(self.descriptor):
                self.ruler = self.watched

    def through_link_of(self, ruler: Person) -> "Folder":
        """Return the same folder, reached through a link of `ruler`."""
        return Folder(os.dup(self.descriptor), self.path, self.watched, self.ruler or ruler, self.depth)

    def trust(self) -> "Folder":
        """Trust this folder, which is known to be the intended one, however its name led here."""
        self._above = None
        self._update_ruler()
        return self

    def reopen(self) -> int:
        """Return a descriptor that can list, lock, sync and change the folder."""
        try:
            return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    @contextlib.contextmanager
    def readable(self) -> Iterator[int]:
        """Yield such a descriptor, and close it at the end."""
        descriptor = self.reopen()
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def names(self) -> list[str]:
        with self.readable() as descriptor:
            return sorted(os.listdir(descriptor))  # noqa: PTH208 - a descriptor

    def sync(self) -> None:
        """Write renames and new names in it to the disk; some file systems cannot sync a folder."""
        with contextlib.suppress(OSError), self.readable() as descriptor:
            os.fsync(descriptor)

    def make(self, name: str, access: Access | None = None) -> "Folder":
        """Create a folder, which without `access` stays unready: no other user can enter it.

        Raises OSError, also if another user has put a folder in its place that root must not change.
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
        """Return whether it is one of our unready folders."""
        return _is_unready(self.stat(), os.geteuid())

    def ready(self, access: Access) -> None:
        """Give an unready folder its owner and mode. Any other folder is left alone."""
        found = self.stat()
        if not _is_unready(found, os.geteuid(), access.owner):
            return
        with self.readable() as descriptor:
            if os.geteuid() == 0 and (found.st_uid, found.st_gid) != (access.owner, access.group):
                os.fchown(descriptor, access.owner, access.group)
            os.fchmod(descriptor, access.mode)
        self._update_ruler()


class Place(NamedTuple):
    """A name in an open folder.

    `missing` are the names of folders between, the first of which cannot be entered: `why` has the reason, and
    `behind` is the path of the symbolic link that contains that name, if there is one.
    """

    folder: Folder
    name: str
    missing: tuple[str, ...] = ()
    why: OSError | None = None
    behind: str = ""

    @property
    def path(self) -> str:
        """The path, as it was found, for messages and notes."""
        return self.folder.path_of("/".join((*self.missing, self.name))) if self.name != "." else self.folder.path

    def beside(self, name: str) -> "Place":
        """Return another name in the same folder."""
        return self._replace(name=name)

    def stat(self) -> os.stat_result | None:
        """Return its status without following a link, None if it does not exist. Raises OSError if not allowed."""
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
        """Return the target of a symbolic link; None for anything else."""
        if self.why is not None:
            return None
        try:
            return os.readlink(self.name, dir_fd=self.folder.descriptor)
        except OSError:
            return None

    def names(self) -> tuple[str, ...] | None:
        """Return the names in a folder; None if it does not exist or cannot be listed."""
        try:
            return tuple(self.enter().names())
        except OSError:
            return None

    def content(self, limit: int = LARGEST) -> bytes | None:
        """Return the bytes of a file, None if it does not exist.

        Raises OSError if it cannot be read, or if it is root's and the user who could have led root here may not read
        it.
        """
        try:
            descriptor = self.descriptor()
        except FileNotFoundError:
            return None
        return read_open(descriptor, self.path, limit)

    def beginning(self, limit: int = LARGEST) -> bytes:
        """Return the first bytes of a file. Raises OSError as `content` does, and for a missing file."""
        return beginning_of(self.descriptor(), limit)

    def descriptor(self) -> int:
        """Return a descriptor for reading a regular file. Raises OSError."""
        self.reach()
        try:
            descriptor = open_regular(self.name, folder=self.folder.descriptor, follows=False)
        except OSError as error:
            if error.errno == errno.ELOOP:  # it became a link after the walk
                raise RefusedError(errno.ELOOP, ELSEWHERE(), self.path) from None
            raise about(error, self.path) from None
        ruler = self.folder.ruler
        found = os.fstat(descriptor)
        if ruler is not None and found.st_uid == 0 and not ruler.may_read(found):
            os.close(descriptor)
            raise RefusedError(errno.EACCES, NOT_THEIRS(), self.path)
        return descriptor

    def enter(self) -> Folder:
        """Open the folder of this name. Raises OSError, also for a link."""
        self.reach()
        return self.folder.enter(self.name)

    def make(self, access: Access | None = None) -> Folder:
        """Create a folder, which without `access` stays unready."""
        self.reach()
        return self.folder.make(self.name, access)

    def create(self) -> int:
        """Return a descriptor of a new file that only this user can access. Raises OSError if the name is taken."""
        self.reach()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            return os.open(self.name, flags, 0o600, dir_fd=self.folder.descriptor)
        except OSError as error:
            raise about(error, self.path) from None

    def link(self, target: str, access: Access | None = None) -> None:
        """Create a symbolic link with the owner of `access`."""
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
        """Rename it to `other`."""
        for place in (self, other):
            place.reach()
        try:
            os.rename(self.name, other.name, src_dir_fd=self.folder.descriptor, dst_dir_fd=other.folder.descriptor)
        except OSError as error:
            raise about(error, other.path) from None

    def reach(self) -> None:
        """Raise OSError if its folder does not exist."""
        if self.why is not None:
            raise about(self.why, self.path)


def _give_link(place: Place, target: str, access: Access) -> None:
    """Give a new link to its owner, unless another file has its name by now; links have no mode."""
    descriptor = os.open(place.name, OPEN_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place.folder.descriptor)
    try:
        found = os.fstat(descriptor)
        is_ours = stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid() and found.st_nlink == 1
        if is_ours and os.readlink("", dir_fd=descriptor) == target and found.st_uid != access.owner:
            # Python has no such call for the descriptor of a link.
            ctypes.CDLL(None).fchownat(descriptor, b"", access.owner, access.group, _AT_EMPTY_PATH)
    finally:
        os.close(descriptor)


def _ruler(found: os.stat_result, watched: Person, before: Person | None) -> Person | None:
    """Return the user, other than root, who can have put anything into a folder; None for an unready one of root's."""
    if _is_unready(found, 0):
        return None
    if before is not None:
        return before
    if found.st_uid not in (0, watched.number):
        return Person(found.st_uid, -1)
    is_shared = found.st_uid == 0 and found.st_mode & stat.S_ISVTX  # others cannot rename what root has in it
    return watched if watched.may_change(found) and not is_shared else None


def _has_list(folder: int) -> bool:
    """Return whether the folder has an access control list; if so, its group bits are those of all named users."""
    try:
        return bool(os.getxattr(f"/proc/self/fd/{folder}", "system.posix_acl_access"))
    except OSError:
        return False


def _is_unready(found: os.stat_result, *owners: int) -> bool:
    """Return whether it is an unready folder of these owners; it may have inherited setgid from its parent."""
    return found.st_mode & 0o7777 & ~stat.S_ISGID == UNREADY and found.st_uid in owners


def about(error: OSError, path: str) -> OSError:
    """Return the same error for the whole path."""
    if isinstance(error, RefusedError):
        return RefusedError(error.errno or errno.EIO, error.words, path)
    return OSError(error.errno, error.strerror, path)
