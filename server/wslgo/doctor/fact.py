"""The facts of the health page, by area; they hold no verdict."""

from wslgo.knowledge.memory import GIB
from wslgo.text.message import Message, Text
from wslgo.text.typing import NamedTuple

PLAIN = Message(en="{value}", zh="{value}")
UNKNOWN = Message(en="unknown", zh="未知")


class Fact(NamedTuple):
    """A name and a value; `id` is for scripts. `is_known` is false if the machine could not be asked."""

    id: str
    name: Text
    value: Text
    is_known: bool = True


class Area(NamedTuple):
    """The facts of one part of a machine."""

    id: str
    title: Message
    facts: tuple[Fact, ...]


def unknown(fact: str, name: Text, why: Text | None = None) -> Fact:
    """Return a fact that could not be asked, and why."""
    return Fact(fact, name, why or UNKNOWN(), is_known=False)


def plain(value: str) -> Text:
    """Return a value as it is."""
    return PLAIN(value=value)


def size(count: int) -> str:
    """Return a size in gibibytes as Windows writes them: `15.5 GB`, `16 GB`."""
    return f"{round(count / GIB, 1):g} GB"
