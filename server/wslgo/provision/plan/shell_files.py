"""The files that the user's shell reads, and those that get a block for all its programs.

bash reads `~/.bashrc` in every interactive shell, such as the terminals of VS Code, and its login file
(`.bash_profile`, `.bash_login` or `.profile`, the first that exists) where the server of VS Code and Windows Terminal
start it. Debian's login file reads `.bashrc`, too. zsh reads `.zshenv` always, fish its `conf.d`.
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.shell_startup import (
    ENVIRONMENT,
    FISH_CONFIG,
    FISH_FOLDER,
    LOGIN_FILES,
    PROFILE,
    PROFILE_FOLDER,
    SYSTEM_BASHRC,
    SYSTEM_ZSHENV,
    ZSHENV,
)
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts, User
from wslgo.syntax.shell.search_path import above_guard

BASH, ZSH, FISH, SH = "bash", "zsh", "fish", "sh"
_LIKE_SH = (SH, "dash", "ash", "busybox")  # a login one reads `.profile`, and no other file is its own
_OURS_OF_FISH = f"{FISH_FOLDER}/wslgo.fish"
_COMMAND = re.compile(r"[^\n;]+")
_SOURCES = re.compile(r"(?:\.|source)[ \t]")


def reads(user: User) -> tuple[str, ...]:
    """Return the paths that the survey has to read for the functions below."""
    own = (*layout.shell_files(user), f"{user.home}/{_OURS_OF_FISH}", f"{user.home}/{FISH_FOLDER}/*")
    return (*own, PROFILE, f"{PROFILE_FOLDER}/*", ENVIRONMENT, SYSTEM_ZSHENV, SYSTEM_BASHRC)


def kind(user: User) -> str:
    """Return the name of the shell; "" if its files are unknown."""
    name = user.shell.rpartition("/")[2]
    return {BASH: BASH, ZSH: ZSH, FISH: FISH, **dict.fromkeys(_LIKE_SH, SH)}.get(name, "")


def is_of_fish(path: str) -> bool:
    return path.endswith(".fish")


def places(facts: Facts) -> tuple[str, ...]:
    """Return the files for a block that every program of the user needs; none if one of them is unknown."""
    home = facts.user.home
    own = {
        ZSH: (f"{home}/{ZSHENV}",),
        FISH: (f"{home}/{_OURS_OF_FISH}",),
        SH: (f"{home}/.profile",),
        BASH: (f"{home}/.bashrc", *(() if _reads_bashrc(facts) else (login_file(facts),))),
    }.get(kind(facts.user), ())
    return own if all(map(facts.knows, own)) else ()


def login_file(facts: Facts) -> str:
    """Return the file that a login bash reads: the first that exists, else the one to create."""
    home = facts.user.home
    existing = (f"{home}/{name}" for name in LOGIN_FILES if facts.files.get(f"{home}/{name}") is not None)
    return next(existing, f"{home}/.profile")


def login_texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the files that login shells read, with the text that they execute: of `.bashrc` that above its guard."""
    for path in _at_login(facts):
        yield path, facts.text(path) or ""
    if kind(facts.user) == BASH and _reads_bashrc(facts):
        bashrc = f"{facts.user.home}/.bashrc"
        yield bashrc, above_guard(facts.text(bashrc) or "")


def all_texts(facts: Facts) -> Iterator[tuple[str, str]]:
    """Yield the files that login or interactive shells read, roughly in their order, with their whole text."""
    home = facts.user.home
    more = {
        BASH: (SYSTEM_BASHRC, f"{home}/.bashrc"),
        ZSH: (f"{home}/.zprofile", f"{home}/.zshrc"),
    }.get(kind(facts.user), ())
    return ((path, facts.text(path) or "") for path in (*_at_login(facts), *more))


def short(path: str, user: User) -> str:
    """Return the path as users write it, with `~`."""
    return f"~{path.removeprefix(user.home)}" if path.startswith(f"{user.home}/") else path


def _at_login(facts: Facts) -> tuple[str, ...]:
    home = facts.user.home
    return {
        ZSH: (ENVIRONMENT, SYSTEM_ZSHENV, f"{home}/{ZSHENV}"),
        FISH: (ENVIRONMENT, *_in(facts, f"{home}/{FISH_FOLDER}"), f"{home}/{FISH_CONFIG}"),
        SH: (ENVIRONMENT, PROFILE, *_in(facts, PROFILE_FOLDER), f"{home}/.profile"),
        BASH: (ENVIRONMENT, PROFILE, *_in(facts, PROFILE_FOLDER), login_file(facts)),
    }.get(kind(facts.user), ())


def _in(facts: Facts, folder: str) -> tuple[str, ...]:
    return tuple(path for path in sorted(facts.files) if path.startswith(f"{folder}/"))


def _reads_bashrc(facts: Facts) -> bool:
    """Return whether the login file reads `.bashrc`, so that one block is enough."""
    commands = _COMMAND.findall(facts.text(login_file(facts)) or "")
    return any(".bashrc" in command[sources.end() :] for command in commands if (sources := _SOURCES.search(command)))
