"""The folders of Go in PATH, in one marked block of the file that the user's shell reads.

bash reads `~/.bashrc` in every interactive shell, such as the terminals of VS Code, and its login file
(`.bash_profile`, `.bash_login` or `.profile`, the first that exists) where the server of VS Code and Windows Terminal
start it. Debian's login file reads `.bashrc`, which ends at its guard for shells that are not interactive: so the block
stands above it.
zsh reads `.zshenv` always, fish its `conf.d`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from wslgo.host import Host
from wslgo.message import Message, Text
from wslgo.provision import layout
from wslgo.provision.found import Found, User
from wslgo.provision.step import LOGIN, Step, WriteFile
from wslgo.provision.wish import Wish
from wslgo.source import BOM, UTF8, Source, decode
from wslgo.syntax import shell

ID = "path"
TITLE = Message(en="Put Go into PATH, in {files}", zh="在 {files} 中将 Go 加入 PATH")
REASON = Message(
    en="No shell finds {folders}: neither terminals nor the server of VS Code would find go and its tools",
    zh="任何 shell 都找不到 {folders}：终端和 VS Code 服务器将无法找到 go 及其工具",
)
BARE_COMMANDS = Message(
    en="wsl.exe -- go ... from Windows starts bash without any of its files; wsl.exe -- bash -lc 'go ...' reads them",
    zh="从 Windows 运行 wsl.exe -- go ... 时 bash 不读取任何启动文件；wsl.exe -- bash -lc 'go ...' 会读取",
)

BEGIN = "# >>> wslgo: Go in PATH >>>"
END = "# <<< wslgo: Go in PATH <<<"
_BLOCK = re.compile(rf"^{re.escape(BEGIN)}\r?\n.*?^{re.escape(END)}\r?(?:\n|\Z)", re.MULTILINE | re.DOTALL)

# `case $- in` of Debian and Ubuntu; `[ -z "$PS1" ] && return` of older ones; `[[ $- != *i* ]] && return` of Arch.
_GUARD = re.compile(
    r"^[ \t]*(?:case[ \t]+[\"']?\$-[\"']?[ \t]+in\b"
    r"|(?:if[ \t]+)?(?:\[\[?|test)[ \t]+(?:-z[ \t]+[\"']?\$\{?PS1|!?[ \t]*-t[ \t]+[01]"
    r"|[\"']?\$-[\"']?[ \t]*(?:!=|=~)))",
    re.MULTILINE,
)
_READS_BASHRC = re.compile(r"(?:\.|source)[ \t]+[^\n;]*\.bashrc")
_LOGIN_FILES = (".bash_profile", ".bash_login", ".profile")
_SYSTEM = ("/etc/profile", "/etc/profile.d/*", "/etc/environment", "/etc/zsh/zshenv", "/etc/bash.bashrc")
# In the PATH that WSL begins with.
_ALWAYS = ("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
_BASH, _ZSH, _FISH, _SH = "bash", "zsh", "fish", "sh"


class _Place(NamedTuple):
    """A file that gets the block."""

    path: str
    is_fish: bool = False


def reads(user: User, host: Host) -> tuple[str, ...]:
    names = (*_LOGIN_FILES, ".bashrc", ".zshenv", ".zprofile", ".zshrc", ".config/fish/config.fish", _OURS_OF_FISH)
    own = tuple(f"{user.home}/{name}" for name in names)
    return (*own, f"{user.home}/.config/fish/conf.d/*", *_SYSTEM, layout.programs(Found(host, user)))


def steps(found: Found, _wish: Wish) -> Iterator[Step]:
    folders = _missing(found)
    places = _places(found) if folders else ()
    if not places or not all(found.knows(place.path) for place in places):
        return
    writes = tuple(_written(found, place) for place in places)
    changed = tuple(one for one in writes if one.before != one.after)
    if not changed:
        return
    title = TITLE(files=", ".join(_short(one.path, found.user) for one in changed))
    warnings: tuple[Text, ...] = (BARE_COMMANDS(),) if _kind(found.user) == _BASH else ()
    reason = REASON(folders=", ".join(folders))
    yield Step(ID, title, reason, changed, after=(LOGIN,), warnings=warnings)


def _missing(found: Found) -> tuple[str, ...]:
    """The folders of Go that no file of this shell adds, and that are not in PATH in some other way.

    The folder of tools counts when there are some: the editor finds them without PATH.
    """
    known = {folder.rstrip("/") for folder in found.host.search_path or ()}
    tools = layout.programs(found)
    counting = (one for one in _folders(found) if one != tools or found.folders.get(one))
    return tuple(one for one in counting if one not in known and not _is_added(found, one))


def _folders(found: Found) -> tuple[str, ...]:
    """The folder of the go command, ours where it is or will be in use, and that of tools; none where Go is missing."""
    if layout.in_use(found) is not None or found.release is not None:
        return (f"{layout.switch(found.user)}/bin", layout.programs(found))
    if found.host.go is None:
        return ()
    folder = found.host.go.path.rpartition("/")[0]
    return (*(() if folder in _ALWAYS else (folder,)), layout.programs(found))


def _kind(user: User) -> str:
    """The shell by its name; "" for one whose files we do not know."""
    name = user.shell.rpartition("/")[2]
    return {_BASH: _BASH, _ZSH: _ZSH, _FISH: _FISH, _SH: _SH, "dash": _SH}.get(name, "")


def _places(found: Found) -> tuple[_Place, ...]:
    home, kind = found.user.home, _kind(found.user)
    if kind == _ZSH:
        return (_Place(f"{home}/.zshenv"),)
    if kind == _FISH:
        return (_Place(f"{home}/{_OURS_OF_FISH}", is_fish=True),)
    if kind == _SH:
        return (_Place(f"{home}/.profile"),)
    if kind != _BASH:
        return ()
    login = _login_file(found)
    rest = () if _READS_BASHRC.search(found.text(login) or "") else (_Place(login),)
    return (_Place(f"{home}/.bashrc"), *rest)


_OURS_OF_FISH = ".config/fish/conf.d/wslgo.fish"


def _login_file(found: Found) -> str:
    """The one that a login bash reads: the first that exists, else the one to make."""
    home = found.user.home
    there = (f"{home}/{name}" for name in _LOGIN_FILES if found.files.get(f"{home}/{name}") is not None)
    return next(there, f"{home}/.profile")


# What the files say


def _is_added(found: Found, folder: str) -> bool:
    """Whether a file that every shell of this kind reads names the folder where it sets PATH."""
    return any(_adds(text, folder, found.user, is_fish=path.endswith(".fish")) for path, text in _heard(found))


def _heard(found: Found) -> Iterator[tuple[str, str]]:
    """The texts that reach login shells; of `.bashrc` what stands above its guard, if the login file reads it."""
    home, kind = found.user.home, _kind(found.user)
    own = {
        _ZSH: (f"{home}/.zshenv", "/etc/zsh/zshenv", "/etc/environment"),
        _FISH: (f"{home}/.config/fish/config.fish", *_in(found, f"{home}/.config/fish/conf.d/"), "/etc/environment"),
        _SH: (f"{home}/.profile", "/etc/profile", *_in(found, "/etc/profile.d/"), "/etc/environment"),
        _BASH: (_login_file(found), "/etc/profile", *_in(found, "/etc/profile.d/"), "/etc/environment"),
    }
    for path in own.get(kind, ()):
        yield path, found.text(path) or ""
    if kind == _BASH and _READS_BASHRC.search(found.text(_login_file(found)) or ""):
        text = found.text(f"{home}/.bashrc") or ""
        guard = _GUARD.search(text)
        yield f"{home}/.bashrc", text[: guard.start()] if guard else text


def _in(found: Found, folder: str) -> Iterator[str]:
    return (path for path in sorted(found.files) if path.startswith(folder))


def _adds(text: str, folder: str, user: User, *, is_fish: bool) -> bool:
    """Whether the text puts a folder into PATH: literally, or from `$HOME` or `~`."""
    if "PATH" not in text and "fish_add_path" not in text:
        return False
    below = folder.removeprefix(user.home)
    names = [folder] if below == folder else [folder, *(f"{home}{below}" for home in ("$HOME", "${HOME}", "~"))]
    named = re.compile(rf"(?:{'|'.join(map(re.escape, names))})/?(?=[:\"'\s;)]|\Z)", re.MULTILINE)
    if is_fish:
        lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
        return any(("PATH" in line or "fish_add_path" in line) and named.search(line) for line in lines)
    values = (text[one.word.span.start : one.word.span.end] for one in _set(text))
    return any(named.search(value) for value in values)


def _set(text: str) -> Iterator[shell.Assignment]:
    return (one for one in shell.parse(Source(text)).assignments if one.name == "PATH")


# The block


def _written(found: Found, place: _Place) -> WriteFile:
    file = found.files[place.path]
    before = None if file is None else file.data
    source = decode(before or b"")
    if source.encoding != UTF8:  # no shell reads it, and neither would it read the block
        return WriteFile(place.path, before, before)
    block = (_fish if place.is_fish else _sh)(found)
    return WriteFile(place.path, before, Source(_with(source.text, block), source.encoding, source.tail).encode())


def _with(text: str, block: str) -> str:
    """The file with the block: in the place of an older one, else above the guard, else at its end.

    Its lines end with a line feed also where those of the file do not: a shell takes `esac\\r` for a word.
    """
    there = _BLOCK.search(text)
    if there is not None:
        return text[: there.start()] + block + text[there.end() :]
    guard = _GUARD.search(text)
    if guard is None:
        separator = "" if not text or text == BOM else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{separator}{block}"
    at = _above_comment(text, guard.start())
    return f"{text[:at]}{block}\n{text[at:]}"


def _above_comment(text: str, at: int) -> int:
    """The start of the remark right above a line, which is about that line."""
    while at > 0:
        above = text.rfind("\n", 0, at - 1) + 1
        if not text[above:at].startswith("#"):
            break
        at = above
    return max(at, len(BOM) if text.startswith(BOM) else 0)


def _sh(found: Found) -> str:
    names = [_from_home(folder, found.user) for folder in _folders(found)]
    cases = "".join(f'case ":$PATH:" in *":{name}:"*) ;; *) PATH="{name}:$PATH" ;; esac\n' for name in reversed(names))
    return f"{BEGIN}\n{cases}export PATH\n{END}\n"


def _fish(found: Found) -> str:
    names = [_from_home(folder, found.user) for folder in _folders(found)]
    lines = "".join(f'contains -- "{name}" $PATH; or set -gx PATH "{name}" $PATH\n' for name in reversed(names))
    return f"{BEGIN}\n{lines}{END}\n"


def _from_home(folder: str, user: User) -> str:
    """A folder as a double-quoted word of a shell, from `$HOME` where it lies there."""
    below = folder.removeprefix(f"{user.home}/")
    quoted = re.sub(r'(["\\$`])', r"\\\1", below)
    return f"$HOME/{quoted}" if below != folder else quoted


def _short(path: str, user: User) -> str:
    return f"~{path.removeprefix(user.home)}" if path.startswith(f"{user.home}/") else path
