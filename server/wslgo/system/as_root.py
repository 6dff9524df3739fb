"""Writes of `wsl.conf` as root, by one fixed command of system programs and checked words only.

Root runs and reads nothing that this user may write: neither our own files, which are in the user's folders, nor a copy
of the new bytes, which another program could replace between the diff and the confirmation. The bytes themselves are a
word of the command, and hashes pin the old and the new file.

Root records what it wrote in a folder of its own, and an undo by root does only what such a record says: the journal,
which the user's programs can write, supplies the bytes but decides nothing.

sudo is the usual program. Without it, `wsl.exe -u root` is used: a Windows program, started through interop with the
rights of the user's own Windows account, to which WSL gives root of its distributions anyway, without a password.
"""

import base64
import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

from wslgo.system.journal_lines import digest
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

NAME = "wsl.conf"
LARGEST = 64 << 10  # Linux accepts words of 128 KiB
LARGEST_OF_WINDOWS = 20 << 10  # a command line has 32767 characters, and base64 makes four of three

SUDO = ("/usr/bin/sudo", "/run/wrappers/bin/sudo")
WSL = "Windows/System32/wsl.exe"
SHELL = "/bin/sh"
PROMPT = "[wslgo] sudo password for %p: "

# Our exit codes: sudo and the shell use 1, 2 and those from 126 on.
CHANGED = 13
DAMAGED = 14
UNNOTED = 16  # beside `rooted.OUTSIDE`
FOREIGN = 17

NONE = "none"  # instead of a hash: no file
PATH = "/usr/sbin:/usr/bin:/sbin:/bin:/run/current-system/sw/bin"

# Where root records each write before it: file, hash before, hash after, owner and mode before, asking user. Each
# plan of provisioning has a file, and everything else has one.
NOTES = "/var/lib/wsl-go"
# The beginning of every root script. A note starts a new line, also after one that a full disk cut off.
PRELUDE = f"""if [ -L {NOTES} ] || {{ [ -e {NOTES} ] && ! [ -O {NOTES} ]; }}; then
  echo '{NOTES} does not belong to root' >&2
  exit {FOREIGN}
fi
jot() {{ [ -z "$(tail -c 1 "$notes" 2>/dev/null)" ] || echo >>"$notes"; echo "$1" >>"$notes"; }}
"""
DO, UNDO = "write", "undo"

# The words are target, hash before, hash after and new bytes; their content is never part of the script. $notes is the
# file of the notes, `noted` prints those that count, $task is DO or UNDO. An undo needs the note of the write that it
# reverses. Mode and owner stay, and come back with a file that was removed; a reader sees the old file or the new one.
# A link, unlike a rename, never replaces a file that has appeared in the meantime.
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
# this line has spaces, and without --exec a shell would look at its dollars first.
LINE = f"PATH={PATH}; export PATH; echo $0 | base64 -d | sh -s $@"

_HASH = re.compile(rf"[0-9a-f]{{64}}|{NONE}")
PLAIN_WORD = re.compile(r"[A-Za-z0-9/_.][A-Za-z0-9/_.-]*")  # what every command line leaves alone

_NAME = Message(en="only wsl.conf is written as root, not {path}", zh="只有 wsl.conf 会以 root 身份写入，{path} 不会")
_NOT_ROOTS = Message(
    en="other users can write {path} or a folder above it, so wslgo does not write there as root",
    zh="其他用户可写入 {path} 或其上级文件夹，因此 wslgo 不会以 root 身份写入",
)
_TOO_LARGE = Message(en="{path} is larger than {size} KiB", zh="{path} 大于 {size} KiB")
_NO_PROGRAM = Message(
    en="neither sudo nor wsl.exe is available here to write {path} as root: edit it as root yourself",
    zh="此处没有可用的 sudo 或 wsl.exe 以 root 身份写入 {path}：请自行以 root 身份编辑",
)


class Order(NamedTuple):
    """A write for root: the file, its old and new content (None: no file), and the command."""

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
        """The folder to run it in: a Windows program needs a Windows folder."""
        return str(Path(self.words[0]).parent)


class Wsl(NamedTuple):
    """`wsl.exe` on a Windows drive, and the name by which it knows this distribution."""

    program: str
    distribution: str


class RootCommand(NamedTuple):
    """The first words of a command that starts a script as root; the script's own words follow."""

    words: tuple[str, ...]
    is_sudo: bool


def is_owned_by_root(path: str) -> bool:
    """Return whether only root can change what a path means: the file or folder, and every folder above it.

    In a folder with the sticky bit others may create files, but not move root's; the nearest folder may not be one.
    """
    place = Path(os.path.realpath(path))
    try:
        found, nearest, *above = (path.stat() for path in (place, *place.parents))
    except (OSError, ValueError):
        return False
    is_kept = stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)
    are_kept = all(_is_roots(folder) or _is_sticky(folder) for folder in above)
    return is_kept and _is_roots(found) and _is_roots(nearest) and are_kept


def needs_root(path: str) -> bool:
    """Return whether a `wsl.conf` is root's, or would be, and this user may not write it."""
    keeper = _keeper(os.path.realpath(path))
    return _is_named(path) and not os.access(keeper, os.W_OK) and is_owned_by_root(keeper)


def order(
    path: str,
    before: bytes | None,
    after: bytes | None,
    wsl: Callable[[], Wsl | None] = lambda: None,
    sudo: Sequence[str] = SUDO,
    is_trusted: Callable[[str], bool] = is_owned_by_root,
    task: str = DO,
) -> Order | Text:
    """Return the command that creates, changes or removes a file, or the reason why not.

    `wsl` is called only without sudo. `task` is UNDO for a command that only reverses what root itself wrote.
    """
    place = os.path.realpath(path)
    if not _is_named(path):
        return _NAME(path=place)
    if not is_trusted(_keeper(place)):
        return _NOT_ROOTS(path=path)
    script = SCRIPT_OF_UNDO if task == UNDO else SCRIPT
    found = root_command(script, LINE, lambda: wsl() if PLAIN_WORD.fullmatch(place) else None, sudo, is_trusted)
    if found is None:
        return _NO_PROGRAM(path=path)
    largest = LARGEST if found.is_sudo else LARGEST_OF_WINDOWS
    if len(after or b"") > largest:
        return _TOO_LARGE(path=path, size=largest >> 10)
    return Order(place, before, after, (*found.words, *_words(place, before, after)))


def root_command(
    script: str,
    line: str,
    wsl: Callable[[], Wsl | None],
    sudo: Sequence[str] = SUDO,
    is_trusted: Callable[[str], bool] = is_owned_by_root,
) -> RootCommand | None:
    """Return the command that runs a script as root; `line` starts it from base64 for `wsl.exe`. None: no safe one."""
    if not is_trusted(SHELL):
        return None
    program = next(filter(is_trusted, sudo), None)
    if program is not None:
        return RootCommand((program, "-p", PROMPT, "--", SHELL, "-c", script, "wslgo"), is_sudo=True)
    found = wsl()
    if found is None:
        return None
    into = (found.program, "-d", found.distribution, "-u", "root", "--exec")
    return RootCommand((*into, SHELL, "-c", line, base64.b64encode(script.encode()).decode()), is_sudo=False)


def _is_named(path: str) -> bool:
    """Return whether it is a `wsl.conf`, and not a link of that name to another file of root."""
    return Path(path).name == Path(os.path.realpath(path)).name == NAME


def _keeper(place: str) -> str:
    """Return the path that decides who may write a file: the file, or its folder if it does not exist."""
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
