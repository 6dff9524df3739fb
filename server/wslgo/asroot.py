"""Writing `wsl.conf` as root: one fixed command, made of programs of the system and of checked words alone.

Nothing that this user may write is run or read as root: neither our own files, which lie in the user's folders, nor
a copy of the new bytes, which somebody could exchange between the diff and the yes. The bytes themselves are a word of
the command, and the old and the new file are pinned by their hashes.
"""

import base64
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.journal import digest
from wslgo.message import Message, Text

NAME = "wsl.conf"
LARGEST = 64 << 10  # Linux takes words of 128 KiB

SUDO = ("/usr/bin/sudo", "/run/wrappers/bin/sudo")
SHELL = "/bin/sh"
PROMPT = "[wslgo] sudo password for %p: "

# Exit codes of ours: sudo and the shell have 1, 2 and those from 126 on.
CHANGED = 13
DAMAGED = 14

# The words are target, hash before, hash after, new bytes. What they hold is never part of the script. Mode and owner
# stay; a reader sees the old file or the new one.
SCRIPT = f"""set -eu
umask 077
PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin
export PATH
hash() {{ sha256sum <"$1" | cut -d ' ' -f 1; }}
[ "$(hash "$1")" = "$2" ] || exit {CHANGED}
new=$(mktemp "$1.XXXXXXXX")
trap 'rm -f -- "$new"' EXIT
trap 'exit 130' INT TERM HUP
printf %s "$4" | base64 -d >"$new"
[ "$(hash "$new")" = "$3" ] || exit {DAMAGED}
chmod --reference="$1" -- "$new"
chown --reference="$1" -- "$new"
sync
[ "$(hash "$1")" = "$2" ] || exit {CHANGED}
mv -f -T -- "$new" "$1"
sync
"""

_HASH = re.compile(r"[0-9a-f]{64}")

_NAME = Message(en="only wsl.conf is written as root, not {path}", zh="只有 wsl.conf 会以 root 身份写入，{path} 不会")
_NOT_ROOTS = Message(
    en="{path} or a folder above it can be written by others than root; nothing is written there as root",
    zh="{path} 或其上级目录可由 root 以外的用户写入；不会以 root 身份写入",
)
_TOO_LARGE = Message(en="{path} is larger than {size} KiB", zh="{path} 大于 {size} KiB")
_NO_SUDO = Message(
    en="there is no sudo here: write {path} as root, for example with wsl.exe -u root",
    zh="此系统没有 sudo：请以 root 身份写入 {path}，例如使用 wsl.exe -u root",
)


class Order(NamedTuple):
    """What root is to do: which file, from what, to what, by which command."""

    path: str
    before: bytes
    after: bytes
    words: tuple[str, ...]


def belongs_to_root(path: str) -> bool:
    """Whether nobody but root can change what a path means: the file, and every folder above it.

    In a folder with the sticky bit others may make files, but not move those of root; it may not be the nearest one.
    """
    place = Path(os.path.realpath(path))
    try:
        file, nearest, *above = (one.stat() for one in (place, *place.parents))
    except OSError:
        return False
    is_file = stat.S_ISREG(file.st_mode) and _is_roots(file)
    return is_file and _is_roots(nearest) and all(_is_roots(one) or _is_sticky(one) for one in above)


def needs_root(path: str) -> bool:
    """Whether a file is a `wsl.conf` of root that this user may not write."""
    return _is_named(path) and not os.access(path, os.W_OK) and belongs_to_root(path)


def order(
    path: str,
    before: bytes,
    after: bytes,
    sudo: Sequence[str] = SUDO,
    is_trusted: Callable[[str], bool] = belongs_to_root,
) -> Order | Text:
    """The command that gives a file new bytes, or why there is none."""
    place = os.path.realpath(path)
    if not _is_named(path):
        return _NAME(path=place)
    if not is_trusted(place):
        return _NOT_ROOTS(path=path)
    if len(after) > LARGEST:
        return _TOO_LARGE(path=path, size=LARGEST >> 10)
    program = next((one for one in sudo if is_trusted(one)), None)
    if program is None or not is_trusted(SHELL):
        return _NO_SUDO(path=path)
    return Order(place, before, after, _words(program, place, before, after))


def _is_named(path: str) -> bool:
    """Whether it is a `wsl.conf`, and no link of that name to some other file of root."""
    return Path(path).name == Path(os.path.realpath(path)).name == NAME


def _words(sudo: str, place: str, before: bytes, after: bytes) -> tuple[str, ...]:
    old, new, data = digest(before), digest(after), base64.b64encode(after).decode()
    if not (place.startswith("/") and "\0" not in place and _HASH.fullmatch(old) and _HASH.fullmatch(new)):
        raise ValueError(place)
    return (sudo, "-p", PROMPT, "--", SHELL, "-c", SCRIPT, "wslgo", place, old, new, data)


def _is_roots(found: os.stat_result) -> bool:
    by_group = found.st_mode & stat.S_IWGRP and found.st_gid != 0
    return found.st_uid == 0 and not by_group and not found.st_mode & stat.S_IWOTH


def _is_sticky(found: os.stat_result) -> bool:
    return found.st_uid == 0 and bool(found.st_mode & stat.S_ISVTX)
