"""Writing `wsl.conf` as root: one fixed command, made of programs of the system and of checked words alone.

Nothing that this user may write is run or read as root: neither our own files, which lie in the user's folders, nor
a copy of the new bytes, which somebody could exchange between the diff and the yes. The bytes themselves are a word of
the command, and the old and the new file are pinned by their hashes.

What root wrote, root notes in a folder of its own, and an undo by root is only what such a note says: the journal,
which the user's programs can write, has the bytes, but decides nothing.

sudo is the way to root. Where there is none, `wsl.exe -u root` is: a program of Windows, started by interop with the
power of the user's own Windows account, to which WSL gives root of its distributions anyway, without a password.
"""

import base64
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from wslgo.system.journal_lines import digest
from wslgo.text.message import Message, Text

NAME = "wsl.conf"
LARGEST = 64 << 10  # Linux takes words of 128 KiB
LARGEST_OF_WINDOWS = 20 << 10  # a command line has 32767 characters, and base64 makes four of three

SUDO = ("/usr/bin/sudo", "/run/wrappers/bin/sudo")
WSL = "Windows/System32/wsl.exe"
SHELL = "/bin/sh"
PROMPT = "[wslgo] sudo password for %p: "

# Exit codes of ours: sudo and the shell have 1, 2 and those from 126 on.
CHANGED = 13
DAMAGED = 14
UNNOTED = 16  # beside `rooted.OUTSIDE`
FOREIGN = 17

NONE = "none"  # instead of a hash: no file
PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin"

# Where root notes each write, before it: file, hash before, hash after, owner and mode before, who asked. One file for
# each plan of provisioning, and one for everything else.
NOTES = "/var/lib/wsl-go"
# What every script of root's begins with. A note begins a line of its own, also behind one that a full disk cut off.
PRELUDE = f"""if [ -L {NOTES} ] || {{ [ -e {NOTES} ] && ! [ -O {NOTES} ]; }}; then
  echo '{NOTES} does not belong to root' >&2
  exit {FOREIGN}
fi
jot() {{ [ -z "$(tail -c 1 "$notes" 2>/dev/null)" ] || echo >>"$notes"; echo "$1" >>"$notes"; }}
"""
DO, UNDO = "write", "undo"

# The words are target, hash before, hash after, new bytes; what they hold is never part of the script. $notes is the
# file of the notes, `noted` prints those that count, $task is DO or UNDO. An undo needs the note of the write that it
# reverses. Mode and owner stay, and
# come back with a file that was removed; a reader sees the old file or the new one. A link, unlike a rename, never
# replaces what has come meanwhile.
WRITE = f"""set -eu
umask 077
PATH={PATH}
export PATH
held() {{ if [ -e "$1" ] || [ -L "$1" ]; then sha256sum <"$1" | cut -d ' ' -f 1; else echo {NONE}; fi; }}
[ "$(held "$1")" = "$2" ] || exit {CHANGED}
name=$(printf %s "$1" | base64 -w 0)
owner=0:0 mode=0644
if [ "$task" = {UNDO} ]; then
  note=$(noted 2>/dev/null | grep "^$name $3 $2 " | tail -n 1 | cut -d ' ' -f 4,5)
  [ -n "$note" ] || exit {UNNOTED}
  owner=${{note% *}} mode=${{note#* }}
fi
note() {{
  mkdir -p {NOTES}
  case "${{SUDO_UID-}}" in ''|*[!0-9]*) asker=- ;; *) asker=$SUDO_UID ;; esac
  access='- -'
  [ "$2" = {NONE} ] || access=$(stat -c '%u:%g %a' -- "$1")
  jot "$name $2 $3 $access $asker"
  sync
}}
if [ "$3" = {NONE} ]; then
  note "$@"
  rm -f -- "$1"
  sync
  exit 0
fi
new=$(mktemp "$1.XXXXXXXX")
trap 'rm -f -- "$new"' EXIT
trap 'exit 130' INT TERM HUP
printf %s "${{4-}}" | base64 -d >"$new"
[ "$(held "$new")" = "$3" ] || exit {DAMAGED}
note "$@"
if [ "$2" = {NONE} ]; then
  chown "$owner" -- "$new"
  chmod "$mode" -- "$new"
  sync
  ln -T -- "$new" "$1"
else
  chmod --reference="$1" -- "$new"
  chown --reference="$1" -- "$new"
  sync
  [ "$(held "$1")" = "$2" ] || exit {CHANGED}
  mv -f -T -- "$new" "$1"
fi
sync
"""
_ALL = f"{PRELUDE}notes={NOTES}/files\nnoted() {{ cat {NOTES}/*; }}\n"  # provisioning writes wsl.conf, too
SCRIPT = f"task='{DO}'\n{_ALL}{WRITE}"
SCRIPT_OF_UNDO = f"task='{UNDO}'\n{_ALL}{WRITE}"

# For wsl.exe, whose words go through a command line of Windows, which splits them again by its own rules: quotes,
# backslashes and line ends are where those rules differ, so the words have none. The script comes as base64 in $0; only
# this line has blanks, and without --exec a shell would look at its dollars first.
LINE = f"PATH={PATH}; export PATH; echo $0 | base64 -d | sh -s $@"

_HASH = re.compile(rf"[0-9a-f]{{64}}|{NONE}")
PLAIN_WORD = re.compile(r"[A-Za-z0-9/_.][A-Za-z0-9/_.-]*")  # what every command line leaves alone

_NAME = Message(en="only wsl.conf is written as root, not {path}", zh="只有 wsl.conf 会以 root 身份写入，{path} 不会")
_NOT_ROOTS = Message(
    en="{path} or a folder above it can be written by others than root; nothing is written there as root",
    zh="{path} 或其上级目录可由 root 以外的用户写入；不会以 root 身份写入",
)
_TOO_LARGE = Message(en="{path} is larger than {size} KiB", zh="{path} 大于 {size} KiB")
_NO_WAY = Message(
    en="there is neither a sudo of root's nor a wsl.exe here that could write {path}: write it as root yourself",
    zh="此处既没有属于 root 的 sudo，也没有可写入 {path} 的 wsl.exe：请自行以 root 身份写入",
)


class Order(NamedTuple):
    """What root is to do: which file, from what, to what (None: no file), by which command."""

    path: str
    before: bytes | None
    after: bytes | None
    words: tuple[str, ...]

    @property
    def by(self) -> str:
        """The program that becomes root: `sudo` or `wsl.exe`."""
        return Path(self.words[0]).name

    @property
    def folder(self) -> str:
        """Where to run it: a program of Windows wants a folder of Windows."""
        return str(Path(self.words[0]).parent)


class Wsl(NamedTuple):
    """`wsl.exe` on a drive of Windows, and the name by which it knows this distribution."""

    program: str
    distribution: str


class Way(NamedTuple):
    """The words that become root and start a script, to which those for the script are added; by sudo or `wsl.exe`."""

    words: tuple[str, ...]
    is_sudo: bool


def belongs_to_root(path: str) -> bool:
    """Whether nobody but root can change what a path means: the file or folder, and every folder above it.

    In a folder with the sticky bit others may make files, but not move those of root; it may not be the nearest one.
    """
    place = Path(os.path.realpath(path))
    try:
        found, nearest, *above = (one.stat() for one in (place, *place.parents))
    except (OSError, ValueError):
        return False
    is_kept = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    are_kept = all(_is_roots(one) or _is_sticky(one) for one in above)
    return is_kept and _is_roots(found) and _is_roots(nearest) and are_kept


def needs_root(path: str) -> bool:
    """Whether a `wsl.conf` is root's, or would be, and this user may not write it."""
    keeper = _keeper(os.path.realpath(path))
    return _is_named(path) and not os.access(keeper, os.W_OK) and belongs_to_root(keeper)


def order(
    path: str,
    before: bytes | None,
    after: bytes | None,
    wsl: Callable[[], Wsl | None] = lambda: None,
    sudo: Sequence[str] = SUDO,
    is_trusted: Callable[[str], bool] = belongs_to_root,
    task: str = DO,
) -> Order | Text:
    """The command that makes, changes or removes a file, or why there is none; `wsl` is asked where sudo is missing.
    The `task` is UNDO for one that is only to reverse what root itself wrote.
    """
    place = os.path.realpath(path)
    if not _is_named(path):
        return _NAME(path=place)
    if not is_trusted(_keeper(place)):
        return _NOT_ROOTS(path=path)
    script = SCRIPT_OF_UNDO if task == UNDO else SCRIPT
    found = way(script, LINE, lambda: wsl() if PLAIN_WORD.fullmatch(place) else None, sudo, is_trusted)
    if found is None:
        return _NO_WAY(path=path)
    largest = LARGEST if found.is_sudo else LARGEST_OF_WINDOWS
    if len(after or b"") > largest:
        return _TOO_LARGE(path=path, size=largest >> 10)
    return Order(place, before, after, (*found.words, *_words(place, before, after)))


def way(
    script: str,
    line: str,
    wsl: Callable[[], Wsl | None],
    sudo: Sequence[str] = SUDO,
    is_trusted: Callable[[str], bool] = belongs_to_root,
) -> Way | None:
    """How to have root run a script; `line` starts it out of base64 where that is `wsl.exe`. None: no way is safe."""
    if not is_trusted(SHELL):
        return None
    program = next(filter(is_trusted, sudo), None)
    if program is not None:
        return Way((program, "-p", PROMPT, "--", SHELL, "-c", script, "wslgo"), is_sudo=True)
    found = wsl()
    if found is None:
        return None
    into = (found.program, "-d", found.distribution, "-u", "root", "--exec")
    return Way((*into, SHELL, "-c", line, base64.b64encode(script.encode()).decode()), is_sudo=False)


def _is_named(path: str) -> bool:
    """Whether it is a `wsl.conf`, and no link of that name to some other file of root."""
    return Path(path).name == Path(os.path.realpath(path)).name == NAME


def _keeper(place: str) -> str:
    """What decides who may write a file: itself, or where it is missing, its folder."""
    return place if os.path.lexists(place) else str(Path(place).parent)


def _words(place: str, before: bytes | None, after: bytes | None) -> tuple[str, ...]:
    old, new = (NONE if data is None else digest(data) for data in (before, after))
    if not (place.startswith("/") and "\0" not in place and _HASH.fullmatch(old) and _HASH.fullmatch(new)):
        raise ValueError(place)
    return (place, old, new, base64.b64encode(after or b"").decode())


def _is_roots(found: os.stat_result) -> bool:
    by_group = found.st_mode & stat.S_IWGRP and found.st_gid != 0
    return found.st_uid == 0 and not by_group and not found.st_mode & stat.S_IWOTH


def _is_sticky(found: os.stat_result) -> bool:
    return found.st_uid == 0 and bool(found.st_mode & stat.S_ISVTX)
