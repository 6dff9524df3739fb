"""A Dockerfile as instructions and stages; total, as all parsers here: what makes no sense is passed by.

Follows the Dockerfile reference of Docker (BuildKit 0.2x, as of 2026-11): continuation lines, comments among them, the
JSON form, flags, here-documents, `ARG` and `ENV` in what follows them.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from wslgo.pattern import pattern
from wslgo.text import Span


class Instruction(NamedTuple):
    """An instruction in capitals, its flags, its words, and all behind the flags as it is written, in one line."""

    name: str
    flags: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    span: Span


class Stage(NamedTuple):
    """What a `FROM` begins: the image or earlier stage that it names, its own name, its instructions."""

    image: str
    name: str
    instructions: tuple[Instruction, ...]


_LINE = pattern(r"[^\n]*\n?")
_INSTRUCTION = pattern(r"[ \t]*([A-Za-z]+)[ \t]+(.*)", re.DOTALL)
_FLAG = pattern(r"--[a-z-]+(?:=(?:\"[^\"]*\"|\S)*)?[ \t]*")
_HERE = pattern(r"<<-?[\"']?(\w+)[\"']?")
_WORD = pattern(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|\S+")
_VARIABLE = pattern(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")
_SETTING = pattern(r"(\w+)=(\"[^\"]*\"|'[^']*'|\S*)")


def stages(text: str) -> tuple[Stage, ...]:
    """The stages in their order; what stands before the first `FROM` sets only variables of the `FROM`s."""
    found: list[Stage] = []
    before: list[Instruction] = []
    for one in instructions(text):
        if one.name == "FROM" and one.words:
            known = variables(before, {})
            name = one.words[2] if len(one.words) > 2 and one.words[1].upper() == "AS" else ""
            found.append(Stage(expanded(one.words[0], known) or one.words[0], name, ()))
        elif found:
            found[-1] = found[-1]._replace(instructions=(*found[-1].instructions, one))
        else:
            before.append(one)
    return tuple(found)


def instructions(text: str) -> Iterator[Instruction]:
    """The instructions of a text."""
    ends: list[str] = []  # of here-documents
    joined, start = "", 0
    for line in _LINE.finditer(text):
        written = line[0].rstrip("\r\n")
        if ends:
            if written.strip() == ends[0]:
                ends.pop(0)
            continue
        if written.lstrip().startswith("#") or (joined and not written.strip()):
            continue
        start = start if joined else line.start()
        goes_on = written.rstrip().endswith("\\")
        joined += written.rstrip()[:-1] + " " if goes_on else written
        if goes_on:
            continue
        ends = _HERE.findall(joined)
        yield from _instruction(joined, Span(start, line.start() + len(written)))
        joined = ""


def variables(made: list[Instruction], known: Mapping[str, str]) -> dict[str, str]:
    """The variables after some instructions; an `ARG` without a value takes the one that is known."""
    found = dict(known)
    for one in made:
        if one.name in ("ENV", "ARG"):
            for name, value in _SETTING.findall(one.text):
                setting = expanded(value.strip("\"'"), found)
                if setting is not None:
                    found[name] = setting
    return found


def expanded(word: str, known: Mapping[str, str]) -> str | None:
    """A word with its variables filled in; None where one has no value that the text tells."""
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        found = known.get(match[1] or match[3], match[2])
        missing = missing or found is None
        return found or ""

    filled = _VARIABLE.sub(value, word)
    return None if missing else filled


def _instruction(line: str, span: Span) -> Iterator[Instruction]:
    match = _INSTRUCTION.match(line)
    if match is None:
        return
    flags, rest = [], match[2]
    while flag := _FLAG.match(rest):
        flags.append(flag[0].strip())
        rest = rest[flag.end() :]
    yield Instruction(match[1].upper(), tuple(flags), _words(rest), rest.strip(), span)


def _words(text: str) -> tuple[str, ...]:
    if text.lstrip().startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list):
            return tuple(word for word in found if isinstance(word, str))
    return tuple(word.strip("\"'") if word[0] in "\"'" else word for word in _WORD.findall(text))
