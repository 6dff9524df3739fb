"""Installation of a toolchain: download, verify, unpack beside the target, rename.

Each part can be interrupted and repeated: the download resumes, a half-unpacked folder is removed and unpacked again,
and a toolchain that is installed already is kept.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NamedTuple

from wslgo.provision.errors import CancelledError, ProvisionError, in_words, not_written
from wslgo.provision.model.pins import BY_ARCHIVE, BY_DATABASE, BY_SOURCE, NOT_AS_PINNED
from wslgo.provision.model.step import InstallToolchain
from wslgo.provision.net import digest
from wslgo.provision.net.download import Verify, Wanted, fetch, forget
from wslgo.provision.net.http import Web, get, never
from wslgo.provision.net.progress import UNPACK, VERIFY, Listener, Meter, silent
from wslgo.provision.toolchain import folder, release
from wslgo.provision.toolchain.archive import module_zip, tarball
from wslgo.provision.toolchain.archive.guard import MODULE_PREFIX, broken
from wslgo.provision.toolchain.archive.writer import ArchiveWriter
from wslgo.provision.toolchain.module_content import module_hash
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.sumdb.client import SumDb
from wslgo.system.files import umask
from wslgo.system.place import Access, Folder
from wslgo.system.place import Place as Name
from wslgo.system.walk import place_of
from wslgo.text.message import Message, Text

IN_THE_WAY = Message(
    en="{path} exists and is not Go {version}, so wslgo does not touch it. Move it away to install Go there",
    zh="{path} 已存在，但不是 Go {version}，因此 wslgo 不会改动它。要在此安装 Go，请先将其移走",
)
ON_WINDOWS = Message(
    en="{path} is on a Windows drive, where every build would be slow. Choose a folder on the Linux disk",
    zh="{path} 位于 Windows 驱动器上，每次构建都会很慢。请选择 Linux 磁盘上的文件夹",
)
NO_ARCHIVE = Message(
    en="{url} is neither a tarball nor a module zip of Go", zh="{url} 既不是 Go 的 tar 包，也不是模块 zip"
)
NO_DIGEST = Message(en="No published checksum for {url}; not installed", zh="{url} 没有公布的校验和；未安装")
OTHER_VERSION = Message(
    en="The archive contains {found}, not {version}; not installed", zh="压缩包中是 {found}，而不是 {version}；未安装"
)

_ZIP = re.compile(r"/golang\.org/toolchain/@v/(v0\.0\.1-go[0-9a-z.]+\.linux-[a-z0-9]+)\.zip\Z")
_TARBALL = re.compile(r"/(go[0-9a-z.]+\.linux-[a-z0-9]+\.tar\.gz)\Z")
_HEAD = 4096  # bytes of VERSION
_DIGEST = re.compile(f"{digest.SHA256}[0-9a-fA-F]{{64}}")
_SUM = re.compile(r"([0-9a-fA-F]{64})(?:\s|\Z)")


class Place(NamedTuple):
    """The paths an installation writes: the toolchain, downloads, and remembered tree heads.

    `is_on_windows`: the folder is on a Windows drive; `keeps_archive`: a later step needs the archive again; `access`
    names the owner of the folder.
    """

    folder: Path | Name
    downloads: Path
    heads: Path
    is_on_windows: bool = False
    keeps_archive: bool = False
    access: Access | None = None


class Outcome(NamedTuple):
    """The result of an installation.

    `digest` is that of the archive (`sha256:` or `h1:`), "" if none was needed. `problem` is why nothing was installed,
    and `is_cancelled` distinguishes a cancellation from a failure.
    """

    digest: str = ""
    was_there: bool = False
    problem: Text | None = None
    is_cancelled: bool = False


class _Job(NamedTuple):
    action: InstallToolchain
    place: Place
    policy: Policy
    web: Web
    listener: Listener
    cancelled: Callable[[], bool]


def install(
    action: InstallToolchain,
    place: Place,
    policy: Policy,
    web: Web,
    listener: Listener = silent,
    cancelled: Callable[[], bool] = never,
) -> Outcome:
    """Install the toolchain of an action; `action.source` is the URL of the archive.

    After any failure it may be called again, and continues where it stopped.
    """
    job = _Job(action, place, policy, web, listener, cancelled)
    try:
        return _install(job)
    except CancelledError as error:
        return Outcome(problem=error.text, is_cancelled=True)
    except ProvisionError as error:
        return Outcome(problem=error.text)
    except OSError as error:
        return Outcome(problem=not_written(_path(place), error).text)
    except Exception as error:  # noqa: BLE001 - the rim: whatever an archive or a server breaks becomes a message
        return Outcome(problem=in_words(error).text)


def is_complete(final: Path | Name, version: str) -> bool:
    """Return whether a folder contains the toolchain of a version (`go1.27.3`)."""
    try:
        return _version(place_of(final).enter()) == version
    except OSError:
        return False


def _path(place: Place) -> str:
    return str(place.folder) if isinstance(place.folder, Path) else place.folder.path


def _install(job: _Job) -> Outcome:
    place, version = job.place, job.action.version
    if place.is_on_windows:
        raise ProvisionError(ON_WINDOWS(path=_path(place)))
    if isinstance(place.folder, Path):
        place.folder.parent.mkdir(parents=True, exist_ok=True)
    final = place_of(place.folder, follows=False)
    if final.stat() is not None:
        return _keep(final, version)
    folder.sweep(final)
    known, name, file = _fetch(job)
    with file, folder.growing(final) as grown:
        _unpack(job, file, grown)
        _check_version(grown, version)
        _check_files(job, grown)
        try:
            folder.settle(grown, final, place.access or Access(0o755 & ~umask(), os.geteuid(), os.getegid()))
        except OSError:  # another run was quicker, or something is in the way
            return _keep(final, version)
    if not job.place.keeps_archive:
        forget(name, job.place.downloads)
    return Outcome(known)


def _keep(final: Name, version: str) -> Outcome:
    """Keep what is there. Raises ProvisionError if it is not the requested toolchain."""
    if is_complete(final, version):
        return Outcome(was_there=True)
    raise ProvisionError(IN_THE_WAY(path=final.path, version=version.removeprefix("go")))


# Fetching


def _fetch(job: _Job) -> tuple[str, str, BinaryIO]:
    """Download the archive; return its digest, its name among the downloads, and the verified file."""
    url = job.action.source
    if _ZIP.search(url):
        return _fetch_module(job)
    if _TARBALL.search(url):
        return _fetch_tarball(job)
    raise ProvisionError(NO_ARCHIVE(url=url))


def _fetch_tarball(job: _Job) -> tuple[str, str, BinaryIO]:
    url = job.action.source
    known = job.action.digest or _published_digest(job)
    if not _DIGEST.fullmatch(known):  # it becomes the name of a file
        raise ProvisionError(NO_DIGEST(url=url))
    _check_pin(job, known, BY_SOURCE(source=url))

    def verify(_: BinaryIO, sha256: str) -> None:
        digest.check(url, f"{digest.SHA256}{sha256}", known, "the list")

    name = known.removeprefix(digest.SHA256) + ".tar.gz"
    return known, name, _download(job, name, verify)


def _check_pin(job: _Job, found: str, source: Text) -> None:
    """Raise ProvisionError if the lock of the repository pins another digest than the official one."""
    pinned = job.action.pinned
    is_comparable = bool(pinned) and digest.kind_of(pinned) == digest.kind_of(found)
    if is_comparable and pinned != (found.lower() if found.startswith(digest.SHA256) else found):
        raise ProvisionError(NOT_AS_PINNED(name=job.action.source, pinned=pinned, source=source, found=found))


def _published_digest(job: _Job) -> str:
    """Return the digest that the site publishes beside a tarball."""
    match = _SUM.match(get(job.web, f"{job.action.source}.sha256", cancelled=job.cancelled).decode("ascii", "replace"))
    if match is None:
        raise ProvisionError(NO_DIGEST(url=job.action.source))
    return f"{digest.SHA256}{match[1].lower()}"


def _fetch_module(job: _Job) -> tuple[str, str, BinaryIO]:
    url = job.action.source
    known = job.action.digest or _signed_digest(job)
    found = known
    if known:
        _check_pin(job, known, BY_DATABASE())

    def verify(file: BinaryIO, _: str) -> None:
        nonlocal found
        size = file.seek(0, 2)
        with module_zip.open_zip(file, _prefix(url)) as archive:
            found = archive.h1(Meter(job.listener, VERIFY, size, clock=job.web.clock), job.cancelled)
        if known:
            digest.check(url, found, known, "the checksum database")
        _check_pin(job, found, BY_ARCHIVE())

    name = hashlib.sha256((known or url).encode()).hexdigest() + ".zip"
    file = _download(job, name, verify)  # sets `found`
    return found, name, file


def _download(job: _Job, name: str, verify: Verify) -> BinaryIO:
    wanted = Wanted(job.action.source, name, job.action.size, verify)
    return fetch(wanted, job.place.downloads, job.web, job.listener, job.cancelled)


def _signed_digest(job: _Job) -> str:
    """Return the digest from the checksum database; "" for the one case in which the go command does not ask it."""
    url = job.action.source
    base = _ZIP.sub("", url)
    if job.policy.exempts(base):
        return ""
    match = _ZIP.search(url)
    return SumDb(job.policy, job.web, job.place.heads, job.cancelled).h1(match[1] if match else "")


# Unpacking


def _unpack(job: _Job, file: BinaryIO, into: Folder) -> None:
    size = file.seek(0, 2)
    file.seek(0)
    meter = Meter(job.listener, UNPACK, size, clock=job.web.clock)
    prefix = _prefix(job.action.source)
    if not prefix:
        tarball.unpack(file, size, ArchiveWriter(into), meter, job.cancelled)
        return
    with module_zip.open_zip(file, prefix) as archive:
        archive.unpack(ArchiveWriter(into), meter, job.cancelled)


def _prefix(url: str) -> str:
    """Return the folder that contains everything in a module zip; "" if the URL is not that of a module zip."""
    module = _ZIP.search(url)
    return f"{MODULE_PREFIX}{module[1]}/" if module else ""


def _check_version(grown: Folder, version: str) -> None:
    found = _version(grown)
    if found is None:
        raise broken("there is no toolchain in it")
    if found != version:
        raise ProvisionError(OTHER_VERSION(found=found, version=version))


def _check_files(job: _Job, grown: Folder) -> None:
    """Compare the files of a tarball with a lock that pins the module: it has the same files."""
    tarball_name = _TARBALL.search(job.action.source)
    if tarball_name is None or not job.action.pinned.startswith(digest.H1):
        return
    processor = tarball_name[1].partition(".linux-")[2].removesuffix(".tar.gz")
    _check_pin(job, module_hash(grown, job.action.version, release.architecture(processor)), BY_ARCHIVE())


def _version(toolchain: Folder) -> str | None:
    """Return the first line of a toolchain's VERSION; None if the folder is not a toolchain."""
    try:
        data = toolchain.place("VERSION").beginning(_HEAD)
        command = toolchain.enter("bin").place("go").stat()
    except OSError:
        return None
    is_whole = command is not None and stat.S_ISREG(command.st_mode)
    return data.decode("utf-8", "replace").partition("\n")[0] if is_whole else None
