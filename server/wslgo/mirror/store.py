"""The folder of a mirror. Each file in it appears at once, whole, under its name; a link in it is never followed.

`.wslgo` in it holds what is ours: the lock, and the list of what each workspace needs. Only an empty folder, or one
with that list, becomes a mirror.
"""

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from wslgo.provision.errors import ProvisionError, not_written
from wslgo.system import lock
from wslgo.system.errors import reason
from wslgo.system.files import umask, write_atomically
from wslgo.system.place import Access, Folder, Place
from wslgo.system.reader import open_regular
from wslgo.system.walk import place_of, root
from wslgo.text.message import Message

NOT_A_MIRROR = Message(
    en="{path} has other files and is not a mirror: choose an empty folder",
    zh="{path} 中有其他文件，且不是镜像：请选择空文件夹",
)
UNREADABLE = Message(en="{path} cannot be read: {words}", zh="无法读取 {path}：{words}")
NO_FOLDER = Message(en="{path} is not a folder", zh="{path} 不是文件夹")
NOT_MADE = Message(
    en="{path} is not a mirror: fill it with wslgo mirror DIR", zh="{path} 不是镜像：请先用 wslgo mirror DIR 填充"
)

OWN = ".wslgo"
_LOCK = f"{OWN}/lock"
_NEEDS = f"{OWN}/needs.json"
_TEMPORARY = ".wslgo"  # the end of the names of files that are being written
_LARGEST = 64 << 20  # bytes of a file that is read as a whole
_PIECE = 1 << 20


class Store:
    """The open folder of a mirror; names are relative, with slashes."""

    def __init__(self, path: str) -> None:
        self.path = os.path.realpath(path)
        self._root = root(self.path)
        self._access = Access(0o755 & ~umask(), os.geteuid(), os.getegid())

    def read(self, name: str, limit: int = _LARGEST) -> bytes | None:
        """Return the bytes of a file, None without one. Raises ProvisionError."""
        try:
            return self._place(name).content(limit)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ProvisionError(UNREADABLE(path=f"{self.path}/{name}", words=reason(error))) from error

    def open(self, name: str) -> int | None:
        """Return a descriptor of a regular file, None without one. Raises OSError for a link or another kind."""
        try:
            return self._place(name).descriptor()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def has(self, name: str) -> bool:
        try:
            return self._place(name).stat() is not None
        except OSError:
            return False

    def write(self, name: str, data: bytes) -> None:
        """Write a file, unless it has these bytes. Raises ProvisionError."""
        try:
            place = self._place(name, makes=True)
            if place.stat() is None or self.read(name) != data:
                write_atomically(place, data)
        except OSError as error:
            raise not_written(f"{self.path}/{name}", error) from error

    def take(self, name: str, source: Path) -> None:
        """Move a finished file here, from another file system, too. Raises ProvisionError."""
        try:
            place = self._place(name, makes=True)
            with os.fdopen(open_regular(source, follows=False), "rb", buffering=0) as file:
                os.fsync(file.fileno())
                try:
                    place_of(source, follows=False).rename(place)
                except OSError as error:
                    if error.errno != errno.EXDEV:
                        raise
                    self._copy(file.fileno(), place)
            place.folder.sync()
        except OSError as error:
            raise not_written(f"{self.path}/{name}", error) from error
        with contextlib.suppress(OSError):
            source.unlink()

    def remove(self, name: str) -> None:
        """Remove a file, and the folders that this leaves empty."""
        with contextlib.suppress(OSError):
            self._place(name).remove()
            above = name.rpartition("/")[0]
            while above:
                self._place(above).remove_folder()  # fails at the first one that is not empty
                above = above.rpartition("/")[0]

    def names(self) -> Iterator[str]:
        """Yield the names of all files but our own."""
        for folder, folders, files in os.walk(self.path):
            folders.sort()
            if folder == self.path and OWN in folders:
                folders.remove(OWN)
            inside = os.path.relpath(folder, self.path)
            for file in sorted(files):
                if not file.endswith(_TEMPORARY):
                    yield file if inside == "." else f"{inside}/{file}"

    def size(self, name: str) -> int:
        with contextlib.suppress(OSError):
            found = self._place(name).stat()
            return found.st_size if found is not None else 0
        return 0

    def sweep(self) -> None:
        """Remove the temporary files of a killed run."""
        for folder, _, files in os.walk(self.path):
            for file in files:
                if file.startswith(".") and file.endswith(_TEMPORARY):
                    self.remove(os.path.relpath(f"{folder}/{file}", self.path))

    @contextlib.contextmanager
    def locked(self, waits: Callable[[], None]) -> Iterator[None]:
        """Hold the lock of the mirror; another run releases it at its end, however it ends."""
        try:
            self._place(_LOCK, makes=True)
            held = lock.acquire(Path(self.path, _LOCK), waits)
        except OSError as error:
            raise not_written(f"{self.path}/{_LOCK}", error) from error
        try:
            yield
        finally:
            if held is not None:
                os.close(held)

    def needs(self) -> dict[str, Any]:
        """Return what each workspace and tool needs; a damaged list is an empty one, and made again."""
        try:
            found = json.loads(self.read(_NEEDS) or b"{}")
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def write_needs(self, needs: dict[str, Any]) -> None:
        self.write(_NEEDS, json.dumps(needs, indent=1, sort_keys=True).encode() + b"\n")

    def _copy(self, source: int, place: Place) -> None:
        """Copy an open file beside its name, and give it the name."""
        temporary = place.beside(f".{place.name[:64]}.{os.urandom(6).hex()}{_TEMPORARY}")
        descriptor = temporary.create()
        try:
            os.lseek(source, 0, os.SEEK_SET)
            while piece := os.read(source, _PIECE):
                left = memoryview(piece)
                while left:
                    left = left[os.write(descriptor, left) :]
            with contextlib.suppress(OSError):  # a Windows drive without metadata
                os.fchmod(descriptor, 0o644 & ~umask())
            os.fsync(descriptor)
            temporary.rename(place)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.remove()
            raise
        finally:
            os.close(descriptor)

    def _place(self, name: str, *, makes: bool = False) -> Place:
        """Return the place of a name; raise OSError for a link on the way, and for a missing folder unless `makes`."""
        *folders, last = name.split("/")
        here: Folder = self._root
        for folder in folders:
            try:
                here = here.enter(folder)
            except FileNotFoundError:
                if not makes:
                    raise
                here = here.make(folder, self._access)
        return here.place(last)


def mirror_in(path: str) -> Store:
    """Open the folder of a mirror to fill it, and create it if needed. Raises ProvisionError for any other folder."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
        store = Store(path)
        names = os.listdir(store.path)  # noqa: PTH208 - the names alone
    except FileExistsError:
        raise ProvisionError(NO_FOLDER(path=path)) from None
    except OSError as error:
        raise not_written(path, error) from error
    if names and not store.has(_NEEDS) and names != [OWN]:
        raise ProvisionError(NOT_A_MIRROR(path=path))
    return store


def existing_mirror(path: str) -> Store:
    """Open the folder of a mirror to serve it. Raises ProvisionError if it is none."""
    try:
        store = Store(path)
    except OSError as error:
        raise ProvisionError(UNREADABLE(path=path, words=reason(error))) from error
    if not store.has(_NEEDS):
        raise ProvisionError(NOT_MADE(path=path))
    return store
