"""A download that survives being killed: it goes on where it stopped, and is called whole only when it was verified.

While it grows it is `NAME.part`, beside `NAME.tag` with what the server calls that version of it (ETag, else its date).
A lock lets a second run wait for the first one.
"""

import contextlib
import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from wslgo.provision.errors import CancelledError, ProvisionError, not_written
from wslgo.provision.net import digest
from wslgo.provision.net.http import ERRORS, Answer, StatusError, Web, asked, never, words_of
from wslgo.provision.net.pace import Pace
from wslgo.provision.net.progress import DOWNLOAD, Listener, Meter, silent
from wslgo.system import lock
from wslgo.system.reader import read_regular
from wslgo.text.message import Message

if TYPE_CHECKING:
    from hashlib import _Hash

TRUNCATED = Message(
    en="The download of {url} broke off after {count} bytes ({words}); it is continued next time",
    zh="{url} 的下载在 {count} 字节后中断（{words}）；下次会继续",
)
OTHER_SIZE = Message(
    en="{url} announces {found} bytes where the list says {wanted}; nothing was downloaded",
    zh="{url} 声明的大小为 {found} 字节，而列表给出的是 {wanted}；未下载任何内容",
)
LARGER = Message(en="{url} sends more than the {limit} bytes it may have", zh="{url} 发送的内容超过允许的 {limit} 字节")

LARGEST = 1 << 30  # bytes of an archive whose size nobody tells; the largest of 2026 has 80 MB
_MOST_ANSWERS = 1000
_PIECE = 1 << 18
_RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/(?:[0-9]{1,15}|\*)")
_TAG = re.compile(r"[ -~]{1,200}")
_PARTIAL = 206
_UNSATISFIABLE = 416

Verify = Callable[[BinaryIO, str], None]


class Wanted(NamedTuple):
    """What is to be downloaded. `name` is that of its file, `size` its bytes where a list tells them.

    `verify` gets the whole file and its SHA-256 in hex, and raises ProvisionError when that is not what it must be.
    """

    url: str
    name: str
    size: int | None
    verify: Verify


class _CutError(Exception):
    """The connection ended too early; leaves only `_downloaded`."""

    def __init__(self, count: int, words: str) -> None:
        super().__init__(words)
        self.count = count
        self.words = words


class _Download(NamedTuple):
    """What a download works with; `file` is the part, open for reading and writing."""

    wanted: Wanted
    file: BinaryIO
    tag: Path
    web: Web
    listener: Listener
    cancelled: Callable[[], bool]

    def restart(self) -> None:
        """Forget what has come so far."""
        self.file.seek(0)
        self.file.truncate()
        self.tag.unlink(missing_ok=True)


def fetch(
    wanted: Wanted, folder: Path, web: Web, listener: Listener = silent, cancelled: Callable[[], bool] = never
) -> BinaryIO:
    """The whole file, verified; from `folder` if it lies there already.

    Raises ProvisionError. What was refused is removed; what is merely not whole is kept.
    """
    whole, part = folder / wanted.name, folder / f"{wanted.name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(folder / f"{wanted.name}.lock", cancelled):
            was_whole = whole.exists()
            if was_whole:  # of an earlier run; not believed without being looked at
                whole.rename(part)
            file = _opened(part)
            tag = folder / f"{wanted.name}.tag"
            download = _Download(wanted, file, tag, web, listener, cancelled)
            try:
                _check_size(wanted, wanted.size or 0)
                if not was_whole or not _is_right(download):
                    _complete(download)
            except BaseException:
                _close(file, part)
                raise
            part.rename(whole)
            download.tag.unlink(missing_ok=True)
            return file
    except OSError as error:
        raise not_written(str(folder), error) from error


def forget(name: str, folder: Path) -> None:
    """Remove a whole file that is no longer needed; one that another run is about to make stays."""
    with contextlib.suppress(OSError):
        (folder / name).unlink()
    with contextlib.suppress(OSError):
        (folder / f"{name}.lock").unlink()


def _opened(part: Path) -> BinaryIO:
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    descriptor = os.open(part, flags, 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(part))
    return cast("BinaryIO", open(descriptor, "r+b", buffering=0))  # noqa: PTH123 - a descriptor


def _close(file: BinaryIO, part: Path) -> None:
    """What holds nothing is not worth being kept."""
    is_empty = not _size(file)
    file.close()
    if is_empty:
        part.unlink()


@contextlib.contextmanager
def _locked(path: Path, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Hold the lock of a download; another run releases it when its download ends."""
    descriptor = lock.acquire(path, is_cancelled=cancelled)
    if descriptor is None:
        raise CancelledError
    try:
        yield
    finally:
        os.close(descriptor)


def _is_right(download: _Download) -> bool:
    """Whether a file that was whole once still is what it must be; if not, it is forgotten."""
    download.file.seek(0)
    found = digest.sha256(cast("digest.Readable", download.file)).hexdigest()
    try:
        download.wanted.verify(download.file, found)
    except CancelledError:
        raise
    except ProvisionError:
        download.restart()
        return False
    return True


def _complete(download: _Download) -> None:
    """Download what is missing and verify the whole; once more from the start where what was there may be to blame."""
    while True:
        is_continued = _size(download.file) > 0
        hashed = _downloaded(download)
        try:
            download.wanted.verify(download.file, hashed.hexdigest())
            return
        except CancelledError:
            raise
        except ProvisionError:
            download.restart()
            if not is_continued:
                raise


def _downloaded(download: _Download) -> "_Hash":
    """Return the hash of the whole, from as many answers as it takes, as long as each brings something."""
    reached = 0
    pace = download.web.steady(download.wanted.url)  # of all connections: each may bring a byte
    for _ in range(_MOST_ANSWERS):
        try:
            return _continued(download, pace)
        except _CutError as cut:
            if not cut.count and _size(download.file):
                download.restart()  # no sense in what it says of parts: all of it, then
            elif cut.count <= reached:
                text = TRUNCATED(url=download.wanted.url, count=cut.count, words=cut.words)
                raise ProvisionError(text) from cut
            else:
                reached = cut.count
        except StatusError as error:
            if error.status != _UNSATISFIABLE or not _size(download.file):
                raise
            download.restart()  # it is shorter there than here
    raise ProvisionError(TRUNCATED(url=download.wanted.url, count=reached, words=f"in {_MOST_ANSWERS} answers"))


def _continued(download: _Download, pace: Pace) -> "_Hash":
    """The rest, from one answer."""
    wanted, file = download.wanted, download.file
    if _size(file) != wanted.size:
        # One byte less: so a server has something to send also where all of it is here.
        file.truncate(max(0, _size(file) - 1))
    file.seek(0)
    hashed = digest.sha256(cast("digest.Readable", file))
    there = file.tell()
    if there and there == wanted.size:
        return hashed
    headers = {"Range": f"bytes={there}-", **_condition(download)} if there else {}
    with asked(download.web, wanted.url, headers, download.cancelled, pace) as answer:
        if _start(answer) != there:
            download.restart()
            hashed, there = digest.nothing(), 0
        total = _total(answer, there, wanted)
        _remember(download.tag, answer)
        _copy(answer, download, hashed, total)
    return hashed


def _condition(download: _Download) -> dict[str, str]:
    """Return what makes a server send the rest only of the same version."""
    try:
        tag = read_regular(download.tag, follows=False).decode("latin-1")
    except OSError:
        return {}
    return {"If-Range": tag} if _TAG.fullmatch(tag) else {}


def _remember(tag: Path, answer: Answer) -> None:
    version = answer.headers.get("etag", "")
    version = answer.headers.get("last-modified", "") if version.startswith("W/") or not version else version
    tag.unlink(missing_ok=True)
    if _TAG.fullmatch(version):
        descriptor = os.open(tag, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor
            file.write(version.encode("latin-1"))


def _start(answer: Answer) -> int:
    """Return the place of the first byte that comes: 0 from a server without ranges, or with another version."""
    if answer.status != _PARTIAL:
        return 0
    match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    if match is None:
        raise _CutError(0, "a part without its place")
    start, last = int(match[1]), int(match[2])
    if answer.size not in (None, last + 1 - start):
        raise _CutError(0, "a part of two sizes")
    return start


def _total(answer: Answer, there: int, wanted: Wanted) -> int | None:
    """Return how many bytes the whole will have; what the list says otherwise is refused before any comes."""
    if answer.status == _PARTIAL and _start(answer) != there:
        raise _CutError(0, "another part than was asked for")
    total = None if answer.size is None else there + answer.size
    if total is not None and wanted.size is not None and total != wanted.size:
        raise ProvisionError(OTHER_SIZE(url=wanted.url, found=total, wanted=wanted.size))
    _check_size(wanted, total or 0)
    return wanted.size if total is None else total


def _check_size(wanted: Wanted, size: int) -> None:
    limit = min(wanted.size or LARGEST, LARGEST)
    if size > limit:
        raise ProvisionError(LARGER(url=wanted.url, limit=limit))


def _copy(answer: Answer, download: _Download, hashed: "_Hash", total: int | None) -> None:
    """From the connection to the file and the hash, piece by piece."""
    file = download.file
    done = file.tell()
    meter = Meter(download.listener, DOWNLOAD, total, done)
    while piece := _received(answer, download, done):
        done += len(piece)
        _check_size(download.wanted, done)
        hashed.update(piece)
        _write(file, piece)
        meter.at(done)
    if total is not None and done < total:
        raise _CutError(done, "connection closed")
    meter.end(done)


def _received(answer: Answer, download: _Download, done: int) -> bytes:
    """What has come by now, at least something; nothing at the end."""
    words = ""
    try:
        piece = answer.body.read1(_PIECE)
    except ERRORS as error:
        words = words_of(error)
    if download.cancelled():
        raise CancelledError
    if words:
        raise _CutError(done, words)
    return piece


def _write(file: BinaryIO, piece: bytes) -> None:
    """Raises ProvisionError, since an OSError here is not the server's."""
    left = memoryview(piece)
    try:
        while left:
            left = left[file.write(left) :]
    except OSError as error:
        raise not_written(str(file.name), error) from error


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size
