"""Paths, walked name by name to a place in an open folder.

Links are read on the way; in a tree they mean what they mean to a program that is confined to it by chroot. For root
each step also keeps track of the user who could have led it here.
"""

import errno
import os

from wslgo.system.errors import RefusedError, reason
from wslgo.system.place import ANYONE, ELSEWHERE, OPEN_PATH, Folder, Person, Place, about
from wslgo.text.typing import NamedTuple

_LINKS = 40  # as Linux has it


def root(path: str = "/", watched: Person | None = None) -> Folder:
    """Open the folder at which paths begin. It is trusted, however its path led here.

    `watched` is the user whose rights limit root in it and below. Raises OSError, also for a link on the way.
    """
    top = Folder(os.open("/", OPEN_PATH | os.O_DIRECTORY | os.O_CLOEXEC), "/")
    for name in parts(path):
        top = top.enter(name)
    top.watched, top.depth = watched, 0
    return top.trust()


def is_for_root(path: str) -> bool:
    """Return whether no other user can redirect a path of this system; without root's rights that does not matter."""
    try:
        return os.geteuid() != 0 or walk(root(watched=ANYONE), path).folder.ruler is None
    except OSError:
        return False


class _Name(NamedTuple):
    """A name on the way; `link` is the path of the link that contains it, "" for names of the path itself."""

    text: str
    link: str = ""


def walk(start: Folder, path: str, *, follows: bool = True, most: int = _LINKS) -> Place:
    """Return the place that a path leads to from `start`, which is never left; it need not exist.

    `follows` says whether a link at its end is followed. Raises OSError for more than `most` links.
    """
    stack, rest, links = [start], [_Name(name) for name in parts(path)], 0
    passed = ""
    while rest:
        name = rest.pop(0)
        passed += "" if name.link else f"/{name.text}"
        here = stack[-1]
        if name.text == "..":
            stack = stack[:-1] or stack
            continue
        why = None
        if rest:
            try:
                stack.append(here.enter(name.text))
                continue
            except OSError as error:
                why = about(error, here.path_of(name.text))  # without its frames, which would keep folders open
        place = here.place(name.text)
        leader = _leader(place)  # before it is read: others cannot swap root's links in a shared folder
        says = place.link_target() if rest or follows else None
        if says is None:
            return _missing(here, [name, *rest], why)
        links += 1
        if links > most:
            words = ELSEWHERE() if most == 0 else reason(OSError(errno.ELOOP, ""))
            raise RefusedError(errno.ELOOP, words, path)
        stack = [start] if says.startswith("/") else stack
        if leader is not None:
            stack = [folder.through_link_of(leader) for folder in stack]
        rest = [*(_Name(text, name.link or passed) for text in parts(says)), *rest]
    return _folder_itself(stack)


def _missing(here: Folder, rest: list[_Name], why: OSError | None) -> Place:
    """Return the place of the last name; the names before it are missing folders."""
    names = [name.text for name in rest]
    if ".." in names:
        raise why or FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), here.path_of("/".join(names)))
    return Place(here, names[-1], tuple(names[:-1]), why, rest[0].link if why is not None else "")


def _folder_itself(stack: list[Folder]) -> Place:
    """Return the place of a folder that a path with `..` at its end leads to."""
    last = stack[-1]
    return Place(stack[-2], last.path.rpartition("/")[2]) if len(stack) > 1 else Place(last, ".")


def place_of(path: "str | os.PathLike[str] | Place", *, follows: bool = True) -> Place:
    """Return the place that a path of this system leads to."""
    if isinstance(path, Place):
        return path
    text = os.fspath(path)
    whole = text if text.startswith("/") else f"{os.getcwd()}/{text}"  # noqa: PTH109 - no pathlib: it costs time
    return walk(root(), whole, follows=follows)


def recorded_place(start: Folder, path: str) -> Place:
    """Return the place of a path that had no links when it was recorded. Raises OSError if it has one now."""
    return walk(start, path, follows=False, most=0)


def parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]


def _leader(link: Place) -> Person | None:
    """Return the user, other than root, who can have made a link; in a folder where everyone may, its owner."""
    folder = link.folder
    if folder.watched is None or folder.ruler is not None:
        return folder.ruler
    found = link.stat()
    owner = found.st_uid if found is not None else -1
    return Person(owner, -1) if owner else None
