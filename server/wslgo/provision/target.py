"""The machine to provision: this one or a tree in a folder, and one of its users.

Paths are those of that machine. Symbolic links in a tree are resolved as after chroot: an absolute one starts at the
root of the tree, and `..` never leads out.
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

NO_TREE = Message(en="{path} is not a folder", zh="{path} 不是文件夹")
UNREADABLE = Message(en="{path}: {reason}", zh="{path}：{reason}")
OUTSIDE = Message(en="It is outside the tree", zh="它位于目录树之外")
NO_USER = Message(en="{path} has no user {name}", zh="{path} 中没有用户 {name}")
NO_REGULAR_USER = Message(
    en="{path} has no regular user; choose one with --user", zh="{path} 中没有普通用户；请用 --user 指定一个用户"
)
NOT_YOU = Message(
    en="you are not {name}: run wslgo as that user, or pass --root",
    zh="您不是 {name}：请以该用户身份运行 wslgo，或使用 --root",
)

_FIRST, _LAST = 1000, 60000  # the numbers of regular users, by login.defs


class Account(NamedTuple):
    """A line of the user database; `groups` are the supplementary ones."""

    user: User
    number: int
    group: int
    groups: frozenset[int] = frozenset()


class Target:
    """A machine in the folder `root`, a path without links, and one of its users; `is_tree` if it is not this one."""

    def __init__(self, root: Path, account: Account, *, is_tree: bool) -> None:
        self.root = root
        self.user = account.user
        self.number = account.number
        self.group = account.group
        self.groups = account.groups
        self.is_tree = is_tree

    def open(self, path: str, *, follows: bool = True) -> Place:
        """Return the place of a path of the machine, which need not exist; `follows` a link at its end."""
        return walk(self._top, path, follows=follows)

    def recorded_place(self, path: str, *, follows: bool = False) -> Place:
        """Return the place that a run recorded as `path`, a path of this machine.

        Raises OSError if it is another place now, because of a new link in a tree. On a running machine a link at its
        end may be followed.
        """
        if not Path(path).is_relative_to(self.root):
            raise RefusedError(errno.EXDEV, OUTSIDE(), path)
        inner = self.inner(Path(path))
        return recorded_place(self._top, inner) if self.is_tree else self.open(inner, follows=follows)

    def real(self, path: str) -> Path:
        """Return the path on this machine after all links; it need not exist."""
        return Path(self.open(path).path)

    def place(self, path: str) -> Path:
        """Return the path on this machine of a path itself, even if it is a link."""
        return Path(self.open(path, follows=False).path)

    def inner(self, place: Path) -> str:
        """Return the path on the target of a path on this machine."""
        return f"/{place.relative_to(self.root)}" if place != self.root else "/"

    def access(self, owner: str, mode: int) -> Access:
        """Return owner and mode of a new file; unless wslgo runs as root, its own user is the owner."""
        if os.geteuid() != 0:
            return Access(mode, os.geteuid(), os.getegid())
        if owner == ROOT:
            return Access(mode, 0, 0)
        if owner == USER:
            return Access(mode, self.number, self.group)
        return Access(mode, int(owner), int(owner))

    def owner(self, number: int) -> str:
        """Return the name of an owner in plans."""
        return USER if number == self.number else ROOT if number == 0 else str(number)

    @cached_property
    def _top(self) -> Folder:
        """Return the root of the machine, opened once. In a tree, root is limited to what its user could do."""
        if not self.is_tree or os.geteuid() != 0:
            return root(str(self.root))
        return root(str(self.root), Person(self.number, self.group, self.groups) if self.number else ANYONE)


def this_machine(name: str | None, home: str) -> Target:
    """Return this machine and its user, with HOME as `home`. Raises ProvisionError for another user."""
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
    """Return a tree and a user: the named one, else the first regular one, else root. Raises ProvisionError."""
    root = Path(os.path.realpath(root))  # once: a later link is not followed
    if not root.is_dir():
        raise ProvisionError(NO_TREE(path=str(root)))
    without_user = Target(root, Account(User("", "/"), os.geteuid(), os.getegid()), is_tree=True)
    database = root / "etc/passwd"
    try:
        accounts = list(_accounts(_text(without_user, "/etc/passwd"), _text(without_user, "/etc/group")))
    except OSError as error:
        raise ProvisionError(UNREADABLE(path=str(error.filename or database), reason=reason(error))) from None
    if name is not None:
        account = next((account for account in accounts if account.user.name == name), None)
        if account is None:
            raise ProvisionError(NO_USER(path=str(database), name=name))
        return Target(root, account, is_tree=True)
    regular = sorted(
        (account for account in accounts if _FIRST <= account.number < _LAST), key=lambda account: account.number
    )
    first = next(iter((*regular, *(account for account in accounts if account.number == 0))), None)
    if first is None:
        raise ProvisionError(NO_REGULAR_USER(path=str(database)))
    return Target(root, first, is_tree=True)


def _text(target: Target, path: str) -> str:
    return (target.open(path).content() or b"").decode("utf-8", "surrogateescape")


def _accounts(users: str, groups: str) -> Iterator[Account]:
    members = _members(groups)
    for fields in _lines(users):
        if len(fields) == 7 and _is_number(fields[2]) and _is_number(fields[3]) and fields[5].startswith("/"):
            home = fields[5].rstrip("/") or "/"
            user = User(fields[0], home, fields[6] or "/bin/sh")
            yield Account(user, int(fields[2]), int(fields[3]), frozenset(members.get(fields[0], ())))


def _members(groups: str) -> dict[str, list[int]]:
    """Return the numbers of the groups of each user."""
    members: dict[str, list[int]] = {}
    for fields in _lines(groups):
        if len(fields) == 4 and _is_number(fields[2]):
            for name in fields[3].split(","):
                members.setdefault(name, []).append(int(fields[2]))
    return members


def _lines(text: str) -> Iterator[list[str]]:
    return (line.split(":") for line in text.split("\n") if "\0" not in line)


def _is_number(word: str) -> bool:
    """Return whether it is a number of a user or group; the largest one means none."""
    return len(word) <= 10 and word.isascii() and word.isdecimal() and int(word) < 2**32 - 1
