"""A Dockerfile as instructions and stages. It never raises, and skips instructions that it cannot parse.

Follows the Dockerfile reference of Docker (BuildKit 0.2x, as of 2026-11): continuation lines, comments among them, the
JSON form, flags, here-documents, `ARG` and `ENV` in what follows them.
"""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

from wslgo.text.pattern import pattern
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple


class Instruction(NamedTuple):
    """An instruction in capitals, its flags, its words, and all after the flags as written, in one line."""

    name: str
    flags: tuple[str, ...]
    words: tuple[str, ...]
    text: str
    span: Span


class Stage(NamedTuple):
    """The part that a `FROM` starts: its image or earlier stage, its own name, its instructions."""

    image: str
    name: str
    instructions: tuple[Instruction, ...]


_LINE = pattern(r"[^\n]*\n?")
_INSTRUCTION = pattern(r"[ \t]*([A-Za-z]+)[ \t]+(.*)", re.DOTALL)
_FLAG = pattern(r"--[a-z-]+(?:=(?:\"[^\"]*\"|\S)*)?[ \t]*")
_HERE = pattern(r"<<-?[\"']?(\w+)[\"']?")
_WORD = pattern(r"(?<!\\)\"(?:[^\"\\]|\\.)*\"|'[^']*'|\S+")
_VARIABLE = pattern(r"\$(?:\{(\w+)(?:(\})|:?-)|(\w+))")
_SETTING = pattern(r"(?<!\w)(\w+)=(\"[^\"]*\"|'[^']*'|\S*)")

# Variables that hold variables grow without bounds. No path, port or image is longer; what would be has no value.
_LONGEST = 4096  # characters
_MOST_VARIABLES = 1_000
_MOST_STAGES = 200


def stages(text: str) -> tuple[Stage, ...]:
    """Return the stages in order; text before the first `FROM` sets only variables of the `FROM`s."""
    found: list[tuple[str, str, list[Instruction]]] = []
    known: dict[str, str] = {}
    for instruction in instructions(text):
        if instruction.name == "FROM" and instruction.words:
            name = instruction.words[2] if len(instruction.words) > 2 and instruction.words[1].upper() == "AS" else ""
            found.append((expansion(instruction.words[0], known) or instruction.words[0], name, []))
        elif found:
            found[-1][2].append(instruction)
        else:
            add_variables(instruction, known)
    return tuple(Stage(image, name, tuple(inside)) for image, name, inside in found[-_MOST_STAGES:])


def instructions(text: str) -> Iterator[Instruction]:
    """Yield the instructions of a text."""
    ends: deque[str] = deque()  # of here-documents
    joined: list[str] = []
    start = 0
    for line in _LINE.finditer(text):
        written = line[0].rstrip("\r\n")
        if ends:
            if written.strip() == ends[0]:
                ends.popleft()
            continue
        if written.lstrip().startswith("#") or (joined and not written.strip()):
            continue
        start = start if joined else line.start()
        goes_on = written.rstrip().endswith("\\")
        joined.append(written.rstrip()[:-1] + " " if goes_on else written)
        if goes_on:
            continue
        whole = "".join(joined)
        ends.extend(_HERE.findall(whole))
        yield from _instruction(whole, Span(start, line.start() + len(written)))
        joined = []


def variables(setting: Iterable[Instruction]) -> dict[str, str]:
    """Return the variables that some instructions set."""
    known: dict[str, str] = {}
    for instruction in setting:
        add_variables(instruction, known)
    return known


def add_variables(made: Instruction, known: dict[str, str]) -> None:
    """Add the variables that an instruction sets; an `ARG` without a value keeps the one that is known."""
    if made.name not in ("ENV", "ARG"):
        return
    for name, value in _SETTING.findall(made.text):
        setting = expansion(value.strip("\"'"), known)
        if setting is not None and (name in known or len(known) < _MOST_VARIABLES):
            known[name] = setting
        else:
            known.pop(name, None)  # it has a value, but none that is known


def expansion(word: str, known: Mapping[str, str]) -> str | None:
    """Return a word with its variables filled in; None where one has no value that the text tells, or a huge one."""
    parts: list[str] = []
    at = length = 0
    last = word.rfind("}")
    while match := _VARIABLE.search(word, at):
        parts.append(word[at : match.start()])
        at = match.end()
        default = None
        if match[1] and not match[2]:
            if at > last:  # nothing closes it: these are letters
                parts.append(match[0])
                continue
            at = word.index("}", at) + 1
            default = word[match.end() : at - 1]
        value = known.get(match[1] or match[3], default)
        length += len(value or "")
        if value is None or length > _LONGEST:
            return None
        parts.append(value)
    return "".join((*parts, word[at:]))


def _instruction(line: str, span: Span) -> Iterator[Instruction]:
    match = _INSTRUCTION.match(line)
    if match is None:
        return
    flags, at = [], match.start(2)
    while flag := _FLAG.match(line, at):
        flags.append(flag[0].strip())
        at = flag.end()
    rest = line[at:]
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
