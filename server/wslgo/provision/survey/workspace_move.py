"""The facts of a workspace that is to be moved to the disk of Linux; nothing of the workspace is run."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from wslgo.machine.drives import distribution_of
from wslgo.machine.host import Host
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.probe.mounts import entries
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.workspace_move import Folder, WorkspaceMove
from wslgo.provision.survey.checkouts import GIT, Checkout, Contents, contents, join, size_of
from wslgo.syntax.git_move import Route
from wslgo.system import repository
from wslgo.system.this_machine import ThisMachine
from wslgo.text.message import Message, Text

# Folders that a tool makes again from other files, by their names; people keep no work in them.
_MADE_AGAIN = """
    node_modules .venv __pycache__ .mypy_cache .pytest_cache .ruff_cache .tox .nox .next .nuxt .svelte-kit .turbo
    .parcel-cache .gradle .gocache .go-build
"""
MADE_AGAIN = frozenset(_MADE_AGAIN.split())
# Folders that are often the output of a build, and often something else.
PERHAPS = frozenset(("bin", "build", "dist", "out", "target", "tmp", "obj", "coverage"))
_MUCH = 50 << 20  # bytes: worth a sentence
_LISTED = 3

_MARGIN = 64 << 20  # bytes that stay free
NO_FOLDER = Message(en="{path} is not a folder", zh="{path} 不是文件夹")
ON_LINUX = Message(
    en="{path} is on a disk of Linux already. To copy it to another place, name that with --to",
    zh="{path} 已位于 Linux 磁盘。如需复制到其他位置，请用 --to 指定",
)
TARGET_ON_WINDOWS = Message(
    en="{path} is on a Windows drive, too; choose a folder of Linux with --to",
    zh="{path} 同样位于 Windows 驱动器；请用 --to 选择 Linux 文件夹",
)
TARGET_IN_MEMORY = Message(
    en="{path} is in memory (tmpfs), which the next wsl --shutdown empties; choose another place with --to",
    zh="{path} 位于内存中（tmpfs），下次 wsl --shutdown 时会清空；请用 --to 选择其他位置",
)
TARGET_TAKEN = Message(
    en="{path} exists and is not empty, and wslgo overwrites nothing; choose another place with --to",
    zh="{path} 已存在且不为空，wslgo 不会覆盖任何内容；请用 --to 选择其他位置",
)
TARGET_INSIDE = Message(
    en="{target} and {source} are inside of each other; choose another place with --to",
    zh="{target} 与 {source} 互相包含；请用 --to 选择其他位置",
)
NOT_WRITABLE = Message(
    en="you cannot write {path}; choose another place with --to", zh="您没有 {path} 的写入权限；请用 --to 选择其他位置"
)
NO_SPACE = Message(
    en="{path} has {free} MB free, and the copy needs {size} MB; make space, or choose another place with --to",
    zh="{path} 只剩 {free} MB，而副本需要 {size} MB；请腾出空间，或用 --to 选择其他位置",
)
OF_REPOSITORY = Message(
    en="{path} is a work tree of the repository at {git}; move that repository, or use git worktree add in its copy",
    zh="{path} 是位于 {git} 的仓库的工作树；请移动该仓库，或在其副本中使用 git worktree add",
)
GIT_AT_WORK = Message(
    en="git is at work in {path}, or was interrupted ({lock} exists); wait for it, or remove that file",
    zh="git 正在 {path} 中工作，或曾被中断（存在 {lock}）；请等待其结束，或删除该文件",
)
OPERATION = Message(
    en="{path} is the home folder or contains it, and not a workspace", zh="{path} 是主文件夹或包含主文件夹，不是工作区"
)
ODD = Message(
    en="{paths}: neither a file, a folder nor a link, so not copied", zh="{paths}：不是文件、文件夹或链接，不会复制"
)
ELSEWHERE = Message(
    en="{path} is a work tree of the repository at {git} and is not copied; add it again with git worktree add",
    zh="{path} 是位于 {git} 的仓库的工作树，不会复制；请用 git worktree add 重新添加",
)
BORROWED = Message(
    en="The work tree {path} stays with the old folder; add it to the copy with git worktree add",
    zh="工作树 {path} 仍属于旧文件夹；请用 git worktree add 添加到副本",
)
TWINS = Message(
    en="{first} and {second} differ only in case, and the drive has one file for both; restore the other with git",
    zh="{first} 与 {second} 仅大小写不同，而驱动器上只有一个文件；请用 git 恢复另一个",
)
OUTPUT = Message(
    en="{path} ({size} MB) is not tracked by git; if builds make it, leave it out with --leave-out {path}",
    zh="{path}（{size} MB）未被 git 跟踪；如果它由构建生成，可用 --leave-out {path} 将其排除",
)


class Wish(NamedTuple):
    """The request of a user: the folder, the place of its copy ("" for the usual one), and what is left out."""

    folder: str
    target: str = ""
    leave_out: tuple[str, ...] = ()
    copies_all: bool = False


def usual_target(source: str, home: str) -> str:
    """Return the usual place of a workspace on the disk of Linux."""
    return f"{home.rstrip('/')}/src/{os.path.basename(source.rstrip('/'))}"


def workspace_root(folder: str) -> str:
    """Return the repository around a folder, or the folder itself."""
    real = os.path.realpath(folder)
    return os.path.realpath(repository.root_of(real) or real)


def survey_move(wish: Wish, host: Host, home: str, is_cancelled: Callable[[], bool] = lambda: False) -> WorkspaceMove:
    """Return the facts of a move. Raises ProvisionError if it cannot be done."""
    if not os.path.isdir(wish.folder):
        raise ProvisionError(NO_FOLDER(path=wish.folder))
    source = workspace_root(wish.folder)
    is_from_windows = bool(host.is_on_windows(source))
    if not wish.target and not _is_slow(source, host):
        raise ProvisionError(ON_LINUX(path=source))
    if f"{os.path.realpath(home)}/".startswith(f"{source}/"):
        raise ProvisionError(OPERATION(path=source))
    target = _target(wish.target or usual_target(source, home), source, host)
    route = Route(source, target, host.linux_path)
    every = contents(route, is_cancelled=is_cancelled)
    if every.elsewhere and not every.elsewhere[0][0]:
        raise ProvisionError(OF_REPOSITORY(path=source, git=every.elsewhere[0][1]))
    _demand_quiet(source, every.checkouts)
    left_out = tuple(_left_out(source, every.checkouts, wish))
    dropped = (*(path for path, _ in every.elsewhere), *(path for path, _ in every.borrowed))
    size = every.size - sum(folder.size for folder in left_out)
    files = every.files - sum(folder.files for folder in left_out)
    _demand_space(target, size, files)
    return WorkspaceMove(
        source,
        target,
        files,
        size,
        is_from_windows,
        _keeps_modes(source, every) if is_from_windows else True,
        left_out,
        dropped,
        tuple(_notes(source, every, left_out)),
        len(every.checkouts),
    )


def _is_slow(source: str, host: Host) -> bool:
    """Return whether a folder is reached through Windows, or is in memory."""
    mount = host.mount_of(source)
    if mount is None:
        return False
    is_other = bool(mount.windows) and bool(distribution_of(mount.windows or ""))
    return bool(mount.windows) or is_other or mount.kind in ("9p", "drvfs", "virtiofs", "tmpfs", "ramfs")


def _target(target: str, source: str, host: Host) -> str:
    """Return the real path of the copy. Raises ProvisionError if nothing can be put there."""
    target = os.path.realpath(os.path.expanduser(target))
    if f"{target}/".startswith(f"{source}/") or f"{source}/".startswith(f"{target}/"):
        raise ProvisionError(TARGET_INSIDE(target=target, source=source))
    mount = host.mount_of(target)
    if mount is not None and mount.windows:
        raise ProvisionError(TARGET_ON_WINDOWS(path=target))
    if mount is not None and mount.kind in ("tmpfs", "ramfs") and host.wsl.generation:
        raise ProvisionError(TARGET_IN_MEMORY(path=target))
    if os.path.lexists(target) and (not os.path.isdir(target) or os.listdir(target)):
        raise ProvisionError(TARGET_TAKEN(path=target))
    above = _existing(target)
    if not os.access(above, os.W_OK | os.X_OK):
        raise ProvisionError(NOT_WRITABLE(path=above))
    return target


def _existing(path: str) -> str:
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    return path


def _demand_space(target: str, size: int, files: int) -> None:
    """Raise ProvisionError if the disk is too small for the files, each of which fills whole blocks."""
    space = os.statvfs(_existing(target))
    free, need = space.f_bavail * space.f_frsize, size + files * space.f_frsize + _MARGIN
    if free < need:
        raise ProvisionError(NO_SPACE(path=_existing(target), free=free >> 20, size=need >> 20))


def _demand_quiet(source: str, checkouts: Iterable[Checkout]) -> None:
    for checkout in checkouts:
        lock = f"{source}/{checkout.git}/index.lock"
        if os.path.lexists(lock):
            raise ProvisionError(GIT_AT_WORK(path=join(source, checkout.folder), lock=lock))


def _keeps_modes(source: str, every: Contents) -> bool:
    """Return whether a Windows drive keeps modes: the option says so, and not all files have one and the same."""
    holding = [entry for entry in entries(ProbeContext(ThisMachine())) or () if _holds(entry.target, source)]
    mount = max(holding, key=lambda entry: len(entry.target), default=None)
    return mount is not None and "metadata" in mount.options.replace(";", ",").split(",") and every.plain > 0


def _holds(target: str, path: str) -> bool:
    return f"{path}/".startswith(f"{target.rstrip('/')}/")


def _left_out(source: str, checkouts: tuple[Checkout, ...], wish: Wish) -> Iterator[Folder]:
    """Yield the folders that are not copied: those that were named, and what tools make again in a work tree."""
    named = {os.path.normpath(path.removeprefix(f"{source}/")) for path in wish.leave_out}
    for path in sorted(named):
        yield Folder(path, *size_of(f"{source}/{path}"))
    if not wish.copies_all:
        for path in _untracked(source, checkouts, MADE_AGAIN):
            if not any(f"{path}/".startswith(f"{other}/") for other in named):
                yield Folder(path, *size_of(f"{source}/{path}"))


def _untracked(source: str, checkouts: tuple[Checkout, ...], names: frozenset[str]) -> Iterator[str]:
    """Yield the outermost folders with one of these names in work trees, without any file that git tracks."""
    tracked = {folder for checkout in checkouts for path in checkout.modes for folder in _above(path)}
    own = {checkout.folder for checkout in checkouts}
    for place, folders, _ in os.walk(source):
        relative = os.path.relpath(place, source)
        relative = "" if relative == "." else relative
        found = [
            name
            for name in sorted(folders)
            if name in names
            and own
            and join(relative, name) not in tracked
            and not _holds_one(own, join(relative, name))
        ]
        yield from (join(relative, name) for name in found if not os.path.islink(f"{place}/{name}"))
        folders[:] = [name for name in folders if name not in found and name != GIT]


def _holds_one(folders: Iterable[str], path: str) -> bool:
    return any(f"{folder}/".startswith(f"{path}/") for folder in folders)


def _above(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _notes(source: str, every: Contents, left_out: tuple[Folder, ...]) -> Iterator[Text]:
    if every.odd:
        yield ODD(paths=every.odd[:_LISTED])
    for path, git in every.elsewhere:
        yield ELSEWHERE(path=path, git=git)
    for _, place in every.borrowed:
        yield BORROWED(path=place)
    for checkout in every.checkouts:
        if checkout.folds_case:
            for first, second in list(_twins(checkout.modes))[:_LISTED]:
                yield TWINS(first=first, second=second)
    gone = {folder.path for folder in left_out}
    for path in _untracked(source, every.checkouts, PERHAPS):
        size = 0 if path in gone else size_of(f"{source}/{path}")[1]
        if size >= _MUCH:
            yield OUTPUT(path=path, size=size >> 20)


def _twins(modes: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the tracked paths that differ only in case."""
    seen: dict[str, str] = {}
    for path in modes:
        first = seen.setdefault(path.casefold(), path)
        if first != path:
            yield first, path
