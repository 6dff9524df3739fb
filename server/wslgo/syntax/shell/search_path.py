"""The folders that a start-up file adds to PATH, for all shells or only for interactive ones."""

import re
from collections.abc import Iterator

from wslgo.syntax.shell import script
from wslgo.syntax.shell.word import Word
from wslgo.text.source import Source

# `case $- in` of Debian and Ubuntu; `[ -z "$PS1" ] && return` of older ones; `[[ $- != *i* ]] && return` of Arch.
GUARD = re.compile(
    r"^[ \t]*(?:case[ \t]+[\"']?\$-[\"']?[ \t]+in\b"
    r"|(?:if[ \t]+)?(?:\[\[?|test)[ \t]+(?:-z[ \t]+[\"']?\$\{?PS1|(?:![ \t]*)?-t[ \t]+[01]"
    r"|[\"']?\$-[\"']?[ \t]*(?:!=|=~)))",
    re.MULTILINE,
)


def above_guard(text: str) -> str:
    """Return the part that shells read which are not interactive."""
    guard = GUARD.search(text)
    return text[: guard.start()] if guard else text


def adds(text: str, folder: str, home: str, *, is_fish: bool) -> bool:
    """Return whether the text adds a folder to PATH: literally, or relative to `$HOME` or `~`."""
    if "PATH" not in text and "fish_add_path" not in text:
        return False
    below = folder.removeprefix(home)
    names = [folder] if below == folder else [folder, *(f"{name}{below}" for name in ("$HOME", "${HOME}", "~"))]
    named = re.compile(rf"(?:{'|'.join(map(re.escape, names))})/?(?=[:\"'\s;)]|\Z)", re.MULTILINE)
    if is_fish:
        lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
        return any(("PATH" in line or "fish_add_path" in line) and named.search(line) for line in lines)
    values = (text[word.span.start : word.span.end] for word in _path_words(text))
    return any(named.search(value) for value in values)


def _path_words(text: str) -> Iterator[Word]:
    """Yield the values of PATH."""
    every = script.parse(Source(text)).assignments
    return (assignment.word for assignment in every if assignment.name == "PATH")
