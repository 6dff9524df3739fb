"""The machine that is acted on: this one, or a tree below a folder, for one of its users.

Paths are those of that machine. Symbolic links in a tree mean what they mean to a program that has been locked into it
(chroot): an absolute one begins at the root of the tree, and `..` never leads out.
"""

import errno
import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from wslgo.provision.errors import ProvisionError
from wslgo.provision.model.facts import User
from wslgo.provision.model.step import ROOT, USER
from wslgo.system.errors import RefusedError, reason
from wslgo.system.place import ANYONE, Access, Folder, Person, Place
from wslgo.system.walk import recorded_place, root, walk
from wslgo.text.message import Message

NO_TREE = Message(en="{path} is no folder", zh="{path} 不是目录")
UNREADABLE = Message(en="{path}: {reason}", zh="{path}：{reason}")
OUTSIDE = Message(en="It is outside of the tree", zh="它位于目录树之外")
NO_USER = Message(en="{path} knows no user {name}", zh="{path} 中没有用户 {name}")
NOBODY = Message(
    en="{path} names nobody to provision for; say who with --user", zh="{path} 中没有可配置的用户；请用 --user 指定"
)
NOT_YOU = Message(
    en="{name} is somebody else: run wslgo as that user, or name a tree with --root",
    zh="{name} 是其他用户：请以该用户身份运行 wslgo，或用 --root 指定目录树",
)

_FIRST, _LAST = 1000, 60000  # the numbers of people, by login.defs


class Account(NamedTuple):
    """A line of the user database; `groups` are those that the user is in beside their own."""

    user: User
    number: int
    group: int
    groups: frozenset[int] = frozenset()


class Target:
    """A machine below `root`, a path without links, and one of its users. `is_tree` where it is not the one that we run
    on."""

    def __init__(self, root: Path, account: Account, *, is_tree: bool) -> None:
        self.root = root
        self.user = account.user
        self.number = account.number
        self.group = account.group
        self.groups = account.groups
        self.is_tree = is_tree

    def opened(self, path: str, *, follows: bool = True) -> Place:
        """Return the place that a path of the machine leads to; `follows` a link at its end. It need not exist."""
        return walk(self._top, path, follows=follows)

    def recorded_place(self, path: str, *, follows: bool = False) -> Place:
        """Return the place that a run has noted as `path`, which is ours. Raises OSError where that means another one
        now: in a tree, where a link was put on the way. On a running machine a link at its end may count."""
        if not Path(path).is_relative_to(self.root):
            raise RefusedError(errno.EXDEV, OUTSIDE(), path)
        inner = self.inner(Path(path))
        return recorded_place(self._top, inner) if self.is_tree else self.opened(inner, follows=follows)

    def real(self, path: str) -> Path:
        """Where we find what a path of the machine means, behind all its links; it need not exist."""
        return Path(self.opened(path).path)

    def place(self, path: str) -> Path:
        """Where we find a path itself, be it a link or not."""
        return Path(self.opened(path, follows=False).path)

    def inner(self, place: Path) -> str:
        """The path of the machine for a place of ours."""
        return f"/{place.relative_to(self.root)}" if place != self.root else "/"

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

    @cached_property
    def _top(self) -> Folder:
        """The root of the machine, opened once. In a tree root minds what its user could do."""
        if not self.is_tree or os.geteuid() != 0:
            return root(str(self.root))
        return root(str(self.root), Person(self.number, self.group, self.groups) if self.number else ANYONE)


def this_machine(name: str | None, home: str) -> Target:
    """The machine that we run on, and ourselves; `home` is what HOME says. Raises ProvisionError for somebody else."""
    import pwd  # a tree has its own users

    try:
        entry = pwd.getpwuid(os.geteuid())
        found = Account(User(entry.pw_name, home or entry.pw_dir, entry.pw_shell), entry.pw_uid, entry.pw_gid)
    except KeyError:
        found = Account(User(str(os.geteuid()), home), os.geteuid(), os.getegid())
    if name is not None and name != found.user.name:
        raise ProvisionError(NOT_YOU(name=name))
    return Target(Path("/"), found, is_tree=False)


def tree(root: Path, name: str | None) -> Target:
    """A tree, and one of its users: the named one, else the first person in it, else root. Raises ProvisionError."""
    root = Path(os.path.realpath(root))  # once: what becomes a link later is not followed
    if not root.is_dir():
        raise ProvisionError(NO_TREE(path=str(root)))
    nobody = Target(root, Account(User("", "/"), os.geteuid(), os.getegid()), is_tree=True)
    database = root / "etc/passwd"
    try:
        accounts = list(_accounts(_text(nobody, "/etc/passwd"), _text(nobody, "/etc/group")))
    except OSError as error:
        raise ProvisionError(UNREADABLE(path=str(error.filename or database), reason=reason(error))) from None
    if name is not None:
        account = next((one for one in accounts if one.user.name == name), None)
        if account is None:
            raise ProvisionError(NO_USER(path=str(database), name=name))
        return Target(root, account, is_tree=True)
    people = sorted((one for one in accounts if _FIRST <= one.number < _LAST), key=lambda one: one.number)
    first = next(iter((*people, *(one for one in accounts if one.number == 0))), None)
    if first is None:
        raise ProvisionError(NOBODY(path=str(database)))
    return Target(root, first, is_tree=True)


def _text(target: Target, path: str) -> str:
    return (target.opened(path).content() or b"").decode("utf-8", "surrogateescape")


def _accounts(users: str, groups: str) -> Iterator[Account]:
    members = _members(groups)
    for fields in _lines(users):
        if len(fields) == 7 and _is_number(fields[2]) and _is_number(fields[3]) and fields[5].startswith("/"):
            home = fields[5].rstrip("/") or "/"
            user = User(fields[0], home, fields[6] or "/bin/sh")
            yield Account(user, int(fields[2]), int(fields[3]), frozenset(members.get(fields[0], ())))


def _members(groups: str) -> dict[str, list[int]]:
    """The numbers of the groups that each user is in."""
    members: dict[str, list[int]] = {}
    for fields in _lines(groups):
        if len(fields) == 4 and _is_number(fields[2]):
            for name in fields[3].split(","):
                members.setdefault(name, []).append(int(fields[2]))
    return members


def _lines(text: str) -> Iterator[list[str]]:
    return (line.split(":") for line in text.split("\n") if "\0" not in line)


def _is_number(word: str) -> bool:
    """Whether it is a number that Linux gives users or groups; the largest one means none."""
    return len(word) <= 10 and word.isascii() and word.isdecimal() and int(word) < 2**32 - 1
