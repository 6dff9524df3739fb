"""Checks of the entries of a tarball or a module zip before they are written.

A verified archive can still be malicious, if its publisher is. So no entry may leave the folder, be a link or a device,
share its name with another one, or grow beyond the limits.
"""

import re
import unicodedata
from typing import NamedTuple

from wslgo.provision.errors import ProvisionError
from wslgo.text.message import Message

ESCAPES = Message(
    en="The archive contains {name}, which would be written outside its folder; not unpacked",
    zh="压缩包中的 {name} 会写到目标文件夹之外；未解压",
)
ODD = Message(
    en="The archive contains {name}, which is not a regular file but a {kind}; not unpacked",
    zh="压缩包中的 {name} 不是普通文件，而是{kind}；未解压",
)
TWICE = Message(
    en="The archive contains {name} twice, or with different capitals; not unpacked",
    zh="压缩包中 {name} 出现两次，或仅大小写不同；未解压",
)
ELSEWHERE = Message(
    en="The archive contains {name}, but everything in it must be under {prefix}; not unpacked",
    zh="压缩包中有 {name}，但所有内容都必须位于 {prefix} 之下；未解压",
)
BOMB = Message(
    en="The archive would unpack to more than {limit} bytes; not unpacked", zh="压缩包解压后会超过 {limit} 字节；未解压"
)
TOO_MANY = Message(
    en="The archive contains more than {limit} files; not unpacked", zh="压缩包中的文件超过 {limit} 个；未解压"
)
TOO_LONG = Message(
    en="The archive contains {name}, a path of more than {limit} bytes; not unpacked",
    zh="压缩包中的路径 {name} 超过 {limit} 字节；未解压",
)
TOO_MANY_NAMES = Message(
    en="The paths in the archive have more than {limit} characters in total; not unpacked",
    zh="压缩包中所有路径合计超过 {limit} 个字符；未解压",
)
TOO_DEEP = Message(
    en="The archive contains {name}, which is more than {limit} folders deep; not unpacked",
    zh="压缩包中的 {name} 超过 {limit} 层文件夹；未解压",
)
UNREADABLE = Message(
    en="The archive contains {name}, a name with invisible characters or not in UTF-8; not unpacked",
    zh="压缩包中的名称 {name} 含有不可见字符或不是 UTF-8；未解压",
)
BROKEN = Message(en="The archive is damaged ({words}); not unpacked", zh="压缩包已损坏（{words}）；未解压")

SYMBOLIC_LINK = Message(en="symbolic link", zh="符号链接")
HARD_LINK = Message(en="hard link", zh="硬链接")
DEVICE = Message(en="device or pipe", zh="设备或管道")

MODULE_PREFIX = "golang.org/toolchain@"

# A toolchain of 2026 has 15,036 files and 270 MB, four times its archive; its paths have 154 bytes and 15 folders.
MOST_FILES = 65_535  # and folders; the most that a zip can list
MOST_BYTES = 2 << 30
MOST_RATIO = 50
LONGEST = 1000  # bytes of a path
DEEPEST = 100  # folders of a path
_MOST_NAMES = 16 << 20  # characters of all paths
_SHOWN = 100  # characters of a name in a message
_SMALL = 16 << 20  # what any archive may grow to: small ones are mostly padding

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]")
_PROGRAM = re.compile(r"(?:bin|pkg/tool)/.*|.*\.(?:bash|sh|pl|rc)|(?:.*/)?go_[^/][^/_]*_[^/]+_exec", re.DOTALL)


def broken(words: str) -> ProvisionError:
    return ProvisionError(BROKEN(words=words))


def shortened(name: str) -> str:
    """Return a name cut for a message: in an archive it can have a megabyte."""
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."


def mode(path: str) -> int:
    """Return the mode that Go's own archives give a file (cmd/distpack, `mode`, go1.21 to go1.27).

    The hash of a module does not cover modes, so those in the zip are ignored.
    """
    return 0o755 if _PROGRAM.fullmatch(path) else 0o644


class Placed(NamedTuple):
    """The path of a file under the folder of the toolchain."""

    folder: str
    name: str

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Guard:
    """The checks of one archive, applied to one entry after the other.

    `prefix` is the folder of all entries, `size` that of the archive in bytes, `most` the limit of its unpacked size.
    """

    def __init__(self, prefix: str, size: int, most: int = MOST_BYTES) -> None:
        self._prefix = prefix
        self._limit = min(most, max(_SMALL, size * MOST_RATIO))
        self._bytes = 0
        self._files = 0
        self._names = 0
        # Each path as a file system that ignores capitals stores it, with its spelling.
        self._spelled: dict[str, str] = {}
        self._taken: set[str] = set()

    def grow(self, count: int) -> None:
        """Count unpacked bytes; raise ProvisionError above the limit."""
        self._bytes += count
        if self._bytes > self._limit:
            raise ProvisionError(BOMB(limit=self._limit))

    def place(self, name: str) -> Placed:
        """Return where a file goes. Raises ProvisionError if it must not be written."""
        self._count()
        folder, _, last = self._inside(name).rpartition("/")
        self._enter(folder)
        last = "go.mod" if last == "_go.mod" and self._prefix.startswith(MODULE_PREFIX) else last
        placed = Placed(folder, last)
        key = _key(placed.path)
        if key in self._taken or key in self._spelled:
            raise ProvisionError(TWICE(name=shortened(name)))
        self._taken.add(key)
        return placed

    def enter(self, name: str) -> str:
        """Return where a folder goes; "" for that of the toolchain itself."""
        self._count()
        plain = name.removesuffix("/")
        if f"{plain}/" == self._prefix or self._prefix.startswith(f"{plain}/"):
            return ""
        folder = self._inside(plain)
        self._enter(folder)
        return folder

    def _count(self) -> None:
        self._files += 1
        if self._files > MOST_FILES:
            raise ProvisionError(TOO_MANY(limit=MOST_FILES))

    def _remember(self, path: str) -> None:
        self._names += len(path)
        if self._names > _MOST_NAMES:
            raise ProvisionError(TOO_MANY_NAMES(limit=_MOST_NAMES))

    def _inside(self, name: str) -> str:
        """Return the path under the prefix."""
        if len(name.encode("utf-8", "surrogateescape")) > LONGEST:
            raise ProvisionError(TOO_LONG(name=shortened(name), limit=LONGEST))
        self._remember(name)
        parts = name.split("/")
        if name.startswith("/") or _UNSAFE.search(name) or ".." in parts:
            raise ProvisionError(ESCAPES(name=shortened(name)))
        if not name.isprintable():  # bytes that are not UTF-8 became surrogates, which are not printable either
            raise ProvisionError(UNREADABLE(name=shortened(name)))
        if not name.startswith(self._prefix):
            raise ProvisionError(ELSEWHERE(name=shortened(name), prefix=self._prefix))
        path = name[len(self._prefix) :]
        if not path or "" in parts or "." in parts:
            raise ProvisionError(ESCAPES(name=shortened(name)))
        if len(parts) > DEEPEST:
            raise ProvisionError(TOO_DEEP(name=shortened(name), limit=DEEPEST))
        return path

    def _enter(self, folder: str) -> None:
        """Enter a folder and those above it, none of which is a file, or another folder in other capitals."""
        while folder:
            key = _key(folder)
            known = self._spelled.get(key)
            if known == folder:
                return
            if known is not None or key in self._taken:
                raise ProvisionError(TWICE(name=shortened(folder)))
            self._count()
            self._remember(folder)
            self._spelled[key] = folder
            folder = folder.rpartition("/")[0]


def _key(path: str) -> str:
    """Return the key that all spellings of a path share on a file system that ignores capitals and composes accents."""
    return path.casefold() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
