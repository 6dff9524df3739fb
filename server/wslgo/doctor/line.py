"""The parts of the health page: sections of status lines, each with a sign, a value and a next step."""

from enum import Enum
from typing import NamedTuple

from wslgo.knowledge.memory import GIB
from wslgo.text.message import Message, Text


class Sign(Enum):
    """The state of a line: an unknown fact is not a fault, and a deliberate choice does not need attention."""

    OK = "ok"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


class StatusLine(NamedTuple):
    """A fact of the page; `id` is for scripts, `next` is what to type or change."""

    id: str
    sign: Sign
    name: Message
    value: Text
    next: Text | None = None


class Section(NamedTuple):
    """A group of status lines with a title."""

    id: str
    title: Message
    lines: tuple[StatusLine, ...]


# The texts that several sections use.
PLAIN = Message(en="{value}", zh="{value}")
COMMAND = Message(en="type: {command}", zh="输入：{command}")
IN_WINDOWS = Message(en="in Windows, type: {command}", zh="在 Windows 中输入：{command}")
UNKNOWN = Message(en="unknown", zh="未知")


def plain(value: str) -> Text:
    """Return a value as it is."""
    return PLAIN(value=value)


def command(words: str) -> Text:
    """Return the next step of typing a command in this distribution."""
    return COMMAND(command=words)


def in_windows(words: str) -> Text:
    """Return the next step of typing a command in PowerShell."""
    return IN_WINDOWS(command=words)


def size(count: int) -> str:
    """Return a size in gibibytes as Windows writes them: `15.5 GB`, `16 GB`."""
    return f"{round(count / GIB, 1):g} GB"
