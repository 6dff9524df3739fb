"""The repositories in a folder, read without git: nothing of a workspace is run, no hook, no filter, no fsmonitor."""

import os
import stat
from collections.abc import Callable, Iterator
from typing import NamedTuple

from wslgo.provision.errors import ProvisionError, problem_of
from wslgo.syntax import git_config, git_index, git_move
from wslgo.syntax.git_move import Route
from wslgo.system import repository
from wslgo.system.reader import read_regular

GIT = ".git"
_LARGEST = 1 << 28  # bytes of an index: two million files


class Checkout(NamedTuple):
    """A work tree; `folder` and `git` are relative to the workspace.

    `modes` are those of the index by paths of the workspace. `trusts_modes`: git compares the modes on disk;
    `has_links`: it makes links, and not files with their targets; `folds_case`: it ignores the case of names.
    """

    folder: str
    git: str
    modes: dict[str, int]
    trusts_modes: bool = True
    has_links: bool = True
    folds_case: bool = False


class Contents(NamedTuple):
    """The content of a folder: regular files and links, their bytes, and what is neither.

    `elsewhere` are work trees of repositories outside, with the repository; `borrowed` are records about work trees
    outside, with the work tree. `executables` counts the files that can be executed, `plain` the others.
    """

    files: int
    size: int
    checkouts: tuple[Checkout, ...]
    odd: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()
    borrowed: tuple[tuple[str, str], ...] = ()
    executables: int = 0
    plain: int = 0


def join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def contents(
    route: Route, left_out: frozenset[str] = frozenset(), is_cancelled: Callable[[], bool] = lambda: False
) -> Contents:
    """Look through a workspace without the folders that are left out. Raises ProvisionError if it cannot be read."""
    files = size = executables = plain = 0
    odd: list[str] = []
    elsewhere: list[tuple[str, str]] = []
    checkouts: list[Checkout] = []
    stack = [""]
    while stack and not is_cancelled():
        folder = stack.pop()
        entries = _entries(route.source, folder)
        if any(entry.name == GIT for entry in entries) and not _is_in_git(folder):
            found = _checkout(route, folder)
            if isinstance(found, Checkout):
                checkouts.append(found)
            elif found is not None:
                elsewhere.append((folder, found))
                continue
        for entry in entries:
            path = join(folder, entry.name)
            if path in left_out:
                continue
            status = _status(entry)
            if stat.S_ISDIR(status.st_mode):
                stack.append(path)
            elif stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
                files, size = files + 1, size + status.st_size
                if stat.S_ISREG(status.st_mode):
                    executables += bool(status.st_mode & 0o100)
                    plain += not status.st_mode & 0o100
            else:
                odd.append(path)
    borrowed = tuple(_borrowed(route, checkouts))
    return Contents(files, size, tuple(checkouts), tuple(odd), tuple(elsewhere), borrowed, executables, plain)


def size_of(folder: str) -> tuple[int, int]:
    """Return the number of files in a folder, and their bytes, as far as they can be seen."""
    number = total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
            number += 1
    return number, total


def compares_modes(folder: os.PathLike[str]) -> bool | None:
    """Return whether the configuration of the repository around a folder has git compare modes; None if unset."""
    root = repository.root_of(os.path.abspath(folder))
    config = text_of(f"{root}/{GIT}/config") if root is not None else ""
    found = [found for found in git_config.settings(config) if (found.section, found.key) == ("core", "filemode")]
    return is_on(config, "filemode", default=True) if found else None


def is_on(text: str, key: str, *, default: bool) -> bool:
    """Return whether a setting of `[core]` is on."""
    value = default
    for setting in git_config.settings(text):
        if (setting.section, setting.subsection, setting.key) == ("core", "", key):
            value = setting.value.lower() in ("true", "yes", "on", "1", "")
    return value


def _entries(source: str, folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(join(source, folder).rstrip("/")) as entries:
            return list(entries)
    except OSError as error:
        raise ProvisionError(problem_of(error, join(source, folder))) from None


def _status(entry: os.DirEntry[str]) -> os.stat_result:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError as error:
        raise ProvisionError(problem_of(error, entry.path)) from None


def _is_in_git(folder: str) -> bool:
    return GIT in folder.split("/")


def _checkout(route: Route, folder: str) -> Checkout | str | None:
    """Return the work tree of a folder; the place of its repository if that is not in the workspace."""
    place = join(route.source, folder).rstrip("/")
    if os.path.isdir(f"{place}/{GIT}") and not os.path.islink(f"{place}/{GIT}"):
        git = f"{place}/{GIT}"
    else:
        path = git_move.pointer_of(text_of(f"{place}/{GIT}"))
        if not path:
            return None
        git = route.absolute(path, place)
        if not route.is_inside(git):
            return git
    common = os.path.normpath(os.path.join(git, text_of(f"{git}/commondir").strip() or "."))
    config = text_of(f"{common}/config")
    own = text_of(f"{git}/config.worktree") if "worktreeconfig" in config.lower() else ""
    config = f"{config}\n{own}"
    modes = {join(folder, path): mode for path, mode in _modes(git, "sha256" in config).items()}
    relative = git[len(route.source) + 1 :]
    return Checkout(
        folder,
        relative,
        modes,
        is_on(config, "filemode", default=True),
        is_on(config, "symlinks", default=True),
        is_on(config, "ignorecase", default=False),
    )


def _modes(git: str, is_long: bool) -> dict[str, int]:
    digest = 32 if is_long else 20
    index = git_index.parse(_bytes(f"{git}/index"), digest)
    if not index.shared:
        return index.modes
    shared = git_index.parse(_bytes(f"{git}/sharedindex.{index.shared}"), digest)
    return {**shared.modes, **index.modes}


def _borrowed(route: Route, checkouts: list[Checkout]) -> Iterator[tuple[str, str]]:
    """Yield the records about work trees that are not in the workspace."""
    for checkout in checkouts:
        records = join(checkout.git, "worktrees")
        place = f"{route.source}/{records}"
        for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
            told = text_of(f"{place}/{name}/gitdir").strip()
            where = route.absolute(told, f"{place}/{name}") if told else ""
            if where and not route.is_inside(where):
                yield f"{records}/{name}", os.path.dirname(where)


def text_of(path: str) -> str:
    return _bytes(path).decode("utf-8", "surrogateescape")


def _bytes(path: str) -> bytes:
    try:
        return read_regular(path, _LARGEST)
    except OSError:
        return b""
