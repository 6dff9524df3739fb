"""Resumable downloads, which get their name only once they are verified.

Until then it is `NAME.part`, beside `NAME.tag` with the server's name for that version (ETag, else its date). A lock
makes a second run wait for the first one.
"""

import contextlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from wslgo.provision.errors import CancelledError, ProvisionError, not_written
from wslgo.provision.net import digest
from wslgo.provision.net.http import ERRORS, Answer, StatusError, Web, never, open_url, words_of
from wslgo.provision.net.pace import Pace
from wslgo.provision.net.progress import DOWNLOAD, Listener, Meter, silent
from wslgo.system import lock
from wslgo.system.reader import open_own, read_regular
from wslgo.text.message import Message

if TYPE_CHECKING:
    from hashlib import _Hash

TRUNCATED = Message(
    en="The download of {url} stopped after {count} bytes ({words}). The next run resumes it",
    zh="{url} 的下载在 {count} 字节后中断（{words}）。下次运行会继续",
)
OTHER_SIZE = Message(
    en="{url} announces {found} bytes, but the list of releases has {wanted}. Nothing was downloaded",
    zh="{url} 声明的大小为 {found} 字节，而发布列表给出的是 {wanted}。未下载任何内容",
)
LARGER = Message(
    en="{url} is larger than the {limit} bytes that are allowed; the download was stopped",
    zh="{url} 超过允许的 {limit} 字节；已停止下载",
)

LARGEST = 1 << 30  # bytes of an archive whose size is not published; the largest of 2026 has 80 MB
_MOST_ANSWERS = 1000
_PIECE = 1 << 18
_RANGE = re.compile(r"bytes ([0-9]{1,15})-([0-9]{1,15})/(?:[0-9]{1,15}|\*)")
_TAG = re.compile(r"[ -~]{1,200}")
_PARTIAL = 206
_UNSATISFIABLE = 416

Verify = Callable[[BinaryIO, str], None]


class Wanted(NamedTuple):
    """A file to download. `name` is that of its file here, `size` its published size in bytes.

    `verify` gets the whole file and its SHA-256 in hex, and raises ProvisionError if that is not the published digest.
    """

    url: str
    name: str
    size: int | None
    verify: Verify


class _CutError(Exception):
    """An answer that ended too early; it never leaves `_download`."""

    def __init__(self, count: int, words: str) -> None:
        super().__init__(words)
        self.count = count
        self.words = words


class _Download(NamedTuple):
    """One running download; `file` is the part, open for reading and writing."""

    wanted: Wanted
    file: BinaryIO
    tag: Path
    web: Web
    listener: Listener
    cancelled: Callable[[], bool]

    def restart(self) -> None:
        """Discard what was received so far."""
        self.file.seek(0)
        self.file.truncate()
        self.tag.unlink(missing_ok=True)


def fetch(
    wanted: Wanted, folder: Path, web: Web, listener: Listener = silent, cancelled: Callable[[], bool] = never
) -> BinaryIO:
    """Return the whole file, verified; from `folder` if it is there already.

    Raises ProvisionError. A file that fails verification is removed; an incomplete one is kept.
    """
    whole, part = folder / wanted.name, folder / f"{wanted.name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _lock(folder / f"{wanted.name}.lock", cancelled):
            was_whole = whole.exists()
            if was_whole:  # from an earlier run; it is verified again
                whole.rename(part)
            file = _open_part(part)
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
    """Remove a complete file that is no longer needed, but not the part of another run."""
    with contextlib.suppress(OSError):
        (folder / name).unlink()
    with contextlib.suppress(OSError):
        (folder / f"{name}.lock").unlink()


def _open_part(part: Path) -> BinaryIO:
    return cast("BinaryIO", os.fdopen(open_own(part), "r+b", buffering=0))


def _close(file: BinaryIO, part: Path) -> None:
    """Close a part, and remove it if it is empty."""
    is_empty = not _size(file)
    file.close()
    if is_empty:
        part.unlink()


@contextlib.contextmanager
def _lock(path: Path, cancelled: Callable[[], bool]) -> Iterator[None]:
    """Hold the lock of a download; another run releases it when its download ends."""
    descriptor = lock.acquire(path, is_cancelled=cancelled)
    if descriptor is None:
        raise CancelledError
    try:
        yield
    finally:
        os.close(descriptor)


def _is_right(download: _Download) -> bool:
    """Return whether a file that was complete is still correct; discard it if not."""
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
    """Download what is missing and verify the whole; once more from the start if what was there may be wrong."""
    while True:
        is_continued = _size(download.file) > 0
        hashed = _download(download)
        try:
            download.wanted.verify(download.file, hashed.hexdigest())
            return
        except CancelledError:
            raise
        except ProvisionError:
            download.restart()
            if not is_continued:
                raise


def _download(download: _Download) -> "_Hash":
    """Return the hash of the whole, from as many answers as it takes, as long as each adds something."""
    reached = 0
    pace = download.web.steady(download.wanted.url)  # shared by all connections: each may add only a byte
    for _ in range(_MOST_ANSWERS):
        try:
            return _resume(download, pace)
        except _CutError as cut:
            if not cut.count and _size(download.file):
                download.restart()  # its partial answers make no sense: fetch the whole
            elif cut.count <= reached:
                text = TRUNCATED(url=download.wanted.url, count=cut.count, words=cut.words)
                raise ProvisionError(text) from cut
            else:
                reached = cut.count
        except StatusError as error:
            if error.status != _UNSATISFIABLE or not _size(download.file):
                raise
            download.restart()  # the file on the server is shorter than the part
    raise ProvisionError(TRUNCATED(url=download.wanted.url, count=reached, words=f"in {_MOST_ANSWERS} answers"))


def _resume(download: _Download, pace: Pace) -> "_Hash":
    """Download the rest from one answer; return the hash of the whole."""
    wanted, file = download.wanted, download.file
    if _size(file) != wanted.size:
        # One byte less, so that a server has something to send even if the part is complete.
        file.truncate(max(0, _size(file) - 1))
    file.seek(0)
    hashed = digest.sha256(cast("digest.Readable", file))
    there = file.tell()
    if there and there == wanted.size:
        return hashed
    headers = {"Range": f"bytes={there}-", **_condition(download)} if there else {}
    with open_url(download.web, wanted.url, headers, download.cancelled, pace) as answer:
        if _start(answer) != there:
            download.restart()
            hashed, there = digest.empty(), 0
        total = _total(answer, there, wanted)
        _remember(download.tag, answer)
        _copy(answer, download, hashed, total)
    return hashed


def _condition(download: _Download) -> dict[str, str]:
    """Return the header that makes a server send the rest only if the version is the same."""
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
        with os.fdopen(descriptor, "wb") as file:
            file.write(version.encode("latin-1"))


def _start(answer: Answer) -> int:
    """Return the offset of the first byte: 0 from a server without ranges, or with another version."""
    if answer.status != _PARTIAL:
        return 0
    match = _RANGE.fullmatch(answer.headers.get("content-range", ""))
    if match is None:
        raise _CutError(0, "partial answer without a valid Content-Range")
    start, last = int(match[1]), int(match[2])
    if answer.size not in (None, last + 1 - start):
        raise _CutError(0, "partial answer with two sizes")
    return start


def _total(answer: Answer, there: int, wanted: Wanted) -> int | None:
    """Return the size of the whole; check it against the published size before any byte arrives."""
    if answer.status == _PARTIAL and _start(answer) != there:
        raise _CutError(0, "another range than requested")
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
    """Copy the body to the file and into the hash, piece by piece."""
    file = download.file
    done = file.tell()
    meter = Meter(download.listener, DOWNLOAD, total, done, download.web.clock)
    while piece := _next_piece(answer, download, done):
        done += len(piece)
        _check_size(download.wanted, done)
        hashed.update(piece)
        _write(download, piece)
        meter.at(done)
    if total is not None and done < total:
        raise _CutError(done, "connection closed")
    meter.end(done)


def _next_piece(answer: Answer, download: _Download, done: int) -> bytes:
    """Return what has arrived, at least one byte; nothing at the end."""
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


def _write(download: _Download, piece: bytes) -> None:
    """Write all of a piece. Raises ProvisionError, because an OSError would be taken for the server's."""
    left = memoryview(piece)
    try:
        while left:
            left = left[download.file.write(left) :]
    except OSError as error:
        raise not_written(str(download.tag.with_suffix(".part")), error) from error


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size
