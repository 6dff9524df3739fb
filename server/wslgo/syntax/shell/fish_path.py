"""Changes of PATH in a file of fish, and the parts that only an interactive fish runs (fish 3.6 and 4.0)."""

import re
from collections.abc import Iterator

from wslgo.syntax.shell.command import Command
from wslgo.syntax.shell.script import Shell
from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

_NAMES = ("PATH", "fish_user_paths")
# Options of `set` with which it does not set the variable for programs.
_OTHER = pattern(r"-[A-Za-z]*[eqSnlf]|--(?:erase|query|show|names|local|function)\Z")
_GROWS = pattern(r"-[A-Za-z]*[ap]|--(?:append|prepend)\Z")
_UNIVERSAL = pattern(r"-[A-Za-z]*U|--universal\Z")
_GLOBAL = pattern(r"-[A-Za-z]*[gP]|--(?:global|path)\Z")
_DRY = pattern(r"-[A-Za-z]*n|--dry-run\Z")

_QUESTION = r"status[ \t]+(?:is-interactive|--is-interactive|-i)"
_STEP = pattern(
    r"(?:^|;)[ \t]*(?:(?:and|or|not|!)[ \t]+)*(else|if|while|for|switch|function|begin|end)\b([^\n;]*)", re.MULTILINE
)
_IS_INTERACTIVE = pattern(rf"[ \t]*{_QUESTION}[ \t\r]*\Z")
_JOINED = pattern(r"[;\n][ \t]*(?:and|or)\b")
_GUARD = pattern(rf"^[ \t]*{_QUESTION}[ \t]*(?:\|\||[;\n][ \t]*or\b)[ \t]*(?:exit|return)\b", re.MULTILINE)


class PathChange(NamedTuple):
    """A command that changes PATH, and its folders.

    `is_growing`: it keeps what PATH has. `lasts`: fish stores the folders, so that later shells have them, too.
    """

    command: Command
    folders: Span
    is_growing: bool
    lasts: bool = False


def path_changes(shell: Shell, text: str) -> Iterator[PathChange]:
    """Yield the commands `set PATH ...`, `set fish_user_paths ...` and `fish_add_path ...`."""
    for command in shell.commands:
        verb, *words = command.words
        options = [word.plain for word in words if word.plain and word.plain.startswith("-")]
        rest = [word for word in words if not (word.plain or "").startswith("-")]
        if verb.plain == "fish_add_path" and rest and not any(map(_DRY.match, options)):
            folders = Span(rest[0].start, rest[-1].end)
            yield PathChange(command, folders, is_growing=True, lasts=not any(map(_GLOBAL.match, options)))
        elif verb.plain == "set" and len(rest) > 1 and rest[0].plain in _NAMES and not any(map(_OTHER.match, options)):
            folders = Span(rest[1].start, rest[-1].end)
            is_growing = any(map(_GROWS.match, options)) or f"${rest[0].plain}" in text[folders.start : folders.end]
            yield PathChange(command, folders, is_growing, lasts=any(map(_UNIVERSAL.match, options)))


def interactive_parts(shell: Shell, text: str) -> Iterator[Span]:
    """Yield the blocks below `if status is-interactive`, and what follows `status is-interactive; or exit`."""
    comments = iter(shell.comments)
    comment = next(comments, None)
    outer: list[str] = []
    start = None
    for step in _STEP.finditer(text):
        while comment is not None and comment.end <= step.start(1):
            comment = next(comments, None)
        if comment is not None and comment.start <= step.start(1):
            continue
        word = step[1]
        if start is not None and len(outer) == 1 and word in ("else", "end"):
            yield Span(start, step.start(1))
            start = None
        if word == "end":
            del outer[-1:]
        elif word != "else":
            is_question = word == "if" and _IS_INTERACTIVE.match(step[2]) and not _JOINED.match(text, step.end())
            if not outer and is_question:
                start = step.start(1)
            outer.append(word)
    guard = _GUARD.search(text)
    if guard is not None:
        yield Span(guard.start(), len(text))
