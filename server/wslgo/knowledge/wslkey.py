"""What a setting of WSL is: its type, default, age and meaning."""

from enum import Enum
from typing import NamedTuple

from wslgo.message import Message


class Kind(Enum):
    """The type of a value; how each is read stands in `wslgo.syntax.wslvalue`."""

    BOOL = "bool"
    INT = "int"
    SIZE = "size"
    ENUM = "enum"
    PATH = "path"
    STRING = "string"
    IPV4 = "ipv4"
    MAC = "mac"
    PORTS = "ports"


class Status(Enum):
    """Whether Microsoft wants people to use it."""

    STABLE = "stable"
    EXPERIMENTAL = "experimental"
    INTERNAL = "internal"
    DEPRECATED = "deprecated"


class Key(NamedTuple):
    """One setting.

    `default` is a message where it depends on the machine; `values` are the names of an enumeration as WSL spells
    them; `since` is the first release that has it.
    """

    section: str
    name: str
    kind: Kind
    default: str | Message
    about: Message
    notes: tuple[Message, ...] = ()
    values: tuple[str, ...] = ()
    has_experimental_alias: bool = False
    since: str = ""
    windows_11_only: bool = False
    status: Status = Status.STABLE
    is_documented: bool = True

    @property
    def id(self) -> str:
        """`section.name`, as WSL's warnings and `wslgo parse` name it."""
        return f"{self.section}.{self.name}"

    @property
    def ids(self) -> tuple[str, ...]:
        """Every name under which WSL looks the key up, in lower case: its own and its alias."""
        own = (self.id.lower(),)
        return (*own, f"experimental.{self.name}".lower()) if self.has_experimental_alias else own
