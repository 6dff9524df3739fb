"""The machine that is acted on: this one, or a tree below a folder, for one of its users.

Paths are those of that machine. Symbolic links in a tree mean what they mean to a program that has been locked into it
(chroot): an absolute one begins at the root of the tree, and `..` never leads out.
"""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wslgo.effects import Access
from wslgo.message import Message
from wslgo.provision.found import User
from wslgo.provision.step import ROOT, USER
from wslgo.provision.toolchain.trouble import TroubleError

NO_TREE = Message(en="{path} is no folder", zh="{path} 不是目录")
NO_USER = Message(en="{path} knows no user {name}", zh="{path} 中没有用户 {name}")
NOBODY = Message(
    en="{path} names nobody to provision for; say who with --user", zh="{path} 中没有可配置的用户；请用 --user 指定"
)
NOT_YOU = Message(
    en="{name} is somebody else: run wslgo as that user, or name a tree with --root",
    zh="{name} 是其他用户：请以该用户身份运行 wslgo，或用 --root 指定目录树",
)

_LINKS = 40  # as Linux has it
_FIRST, _LAST = 1000, 60000  # the numbers of people, by login.defs


class Account(NamedTuple):
    """A line of the user database."""

    user: User
    number: int
    group: int


class Site:
    """A machine and one of its users. `is_tree` where it is not the one that we run on."""

    def __init__(self, root: Path, account: Account, *, is_tree: bool) -> None:
        self.root = Path(os.path.realpath(root))
        self.user = account.user
        self.number = account.number
        self.group = account.group
        self.is_tree = is_tree

    def real(self, path: str) -> Path:
        """Where we find what a path of the machine means, behind all its links; it need not exist."""
        return self._walked(path, follows_last=True)

    def place(self, path: str) -> Path:
        """Where we find a path itself, be it a link or not."""
        return self._walked(path, follows_last=False)

    def inner(self, place: Path) -> str:
        """The path of the machine for a place of ours."""
        return f"/{place.relative_to(self.root)}" if place != self.root else "/"

    def dangling(self, path: str) -> str | None:
        """A link on the way to a path that leads to no folder, such as one on a drive that is not mounted."""
        parts = _parts(path)
        prefixes = ["/" + "/".join(parts[: number + 1]) for number in range(len(parts))]
        for prefix in prefixes:
            real = self.real(prefix)
            place = real.parent if prefix == prefixes[-1] else real
            if self.place(prefix).is_symlink() and not place.is_dir():
                return prefix
        return None

    def access(self, owner: str, mode: int) -> Access:
        """What a new file of `root`, `user` or a number gets; who is not root owns what he makes."""
        if os.geteuid() != 0:
            return Access(mode, os.geteuid(), os.getegid())
        if owner == ROOT:
            return Access(mode, 0, 0)
        if owner == USER:
            return Access(mode, self.number, self.group)
        return Access(mode, int(owner), int(owner))

    def owner(self, number: int) -> str:
        """The name that plans have for an owner."""
        return USER if number == self.number else ROOT if number == 0 else str(number)

    def _walked(self, path: str, *, follows_last: bool) -> Path:
        rest = _parts(path)
        at: list[str] = []
        links = 0
        while rest:
            part = rest.pop(0)
            if part == "..":
                del at[-1:]
                continue
            here = self.root.joinpath(*at, part)
            says = _link(here) if rest or follows_last else None
            if says is None:
                at.append(part)
                continue
            links += 1
            if links > _LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
            at = [] if says.startswith("/") else at
            rest = [*_parts(says), *rest]
        return self.root.joinpath(*at)


def this_machine(name: str | None, home: str) -> Site:
    """The machine that we run on, and ourselves; `home` is what HOME says. Raises TroubleError for somebody else."""
    import pwd  # a tree has its own users

    try:
        entry = pwd.getpwuid(os.geteuid())
        found = Account(User(entry.pw_name, home or entry.pw_dir, entry.pw_shell), entry.pw_uid, entry.pw_gid)
    except KeyError:
        found = Account(User(str(os.geteuid()), home), os.geteuid(), os.getegid())
    if name is not None and name != found.user.name:
        raise TroubleError(NOT_YOU(name=name))
    return Site(Path("/"), found, is_tree=False)


def tree(root: Path, name: str | None) -> Site:
    """A tree, and one of its users: the named one, else the first person in it, else root. Raises TroubleError."""
    if not root.is_dir():
        raise TroubleError(NO_TREE(path=str(root)))
    nobody = Site(root, Account(User("", "/"), os.geteuid(), os.getegid()), is_tree=True)
    database = nobody.real("/etc/passwd")
    try:
        accounts = list(_accounts(database.read_bytes().decode("utf-8", "surrogateescape")))
    except OSError:
        accounts = []
    if name is not None:
        account = next((one for one in accounts if one.user.name == name), None)
        if account is None:
            raise TroubleError(NO_USER(path=str(database), name=name))
        return Site(root, account, is_tree=True)
    people = sorted((one for one in accounts if _FIRST <= one.number < _LAST), key=lambda one: one.number)
    first = next(iter((*people, *(one for one in accounts if one.number == 0))), None)
    if first is None:
        raise TroubleError(NOBODY(path=str(database)))
    return Site(root, first, is_tree=True)


def _accounts(text: str) -> Iterator[Account]:
    for line in text.splitlines():
        fields = line.split(":")
        if len(fields) == 7 and fields[2].isdecimal() and fields[3].isdecimal() and fields[5].startswith("/"):
            home = fields[5].rstrip("/") or "/"
            yield Account(User(fields[0], home, fields[6] or "/bin/sh"), int(fields[2]), int(fields[3]))


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]


def _link(path: Path) -> str | None:
    """What a symbolic link says; None for anything else, also for what cannot be looked at."""
    try:
        return str(path.readlink()) if stat.S_ISLNK(path.lstat().st_mode) else None
    except OSError:
        return None
