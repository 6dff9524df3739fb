"""A health page is sections of lines: a sign, what it is about, what is true, and what to do next."""

from enum import Enum
from typing import NamedTuple

from wslgo.knowledge.memory import GIB
from wslgo.text.message import Message, Text


class Sign(Enum):
    """Unknown is not a fault, and a deliberate choice is no reason for attention."""

    OK = "ok"
    ATTENTION = "attention"
    UNKNOWN = "unknown"


class Line(NamedTuple):
    """One thing; `id` is for scripts, `next` says what to type or change."""

    id: str
    sign: Sign
    name: Message
    value: Text
    next: Text | None = None


class Section(NamedTuple):
    """What belongs together at a glance."""

    id: str
    title: Message
    lines: tuple[Line, ...]


# What several sections say.
PLAIN = Message(en="{value}", zh="{value}")
COMMAND = Message(en="type: {command}", zh="输入：{command}")
IN_WINDOWS = Message(en="in Windows, type: {command}", zh="在 Windows 中输入：{command}")
UNKNOWN = Message(en="unknown", zh="未知")


def plain(value: str) -> Text:
    """A value that needs no words."""
    return PLAIN(value=value)


def command(words: str) -> Text:
    """What to type in this distribution."""
    return COMMAND(command=words)


def in_windows(words: str) -> Text:
    """What to type in PowerShell."""
    return IN_WINDOWS(command=words)


def size(count: int) -> str:
    """Gibibytes, as Windows shows them: `15.5 GB`, `16 GB`."""
    return f"{round(count / GIB, 1):g} GB"
