"""The description of a WSL setting: its type, default, age and meaning."""

from enum import Enum

from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class Kind(Enum):
    """The type of a value; `wslgo.syntax.wsl.value` has the conversion of each."""

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
    """The state of a setting: whether Microsoft recommends its use."""

    STABLE = "stable"
    EXPERIMENTAL = "experimental"
    INTERNAL = "internal"
    DEPRECATED = "deprecated"


WINDOWS_10_21H2, WINDOWS_11, WINDOWS_11_22H2 = 19044, 22000, 22621  # src/windows/common/helpers.hpp

Release = tuple[int, ...]


class Key(NamedTuple):
    """A setting.

    `default` is a message if it depends on the machine; `values` are the names of an enumeration as WSL spells them.
    `since` names the first release that has it; `since_windows` (a build) and `since_wsl` are the ones that current
    machines may still lack, and `newer_values` the values that need them, if others do not. WSL itself checks for
    `since_windows`. It does not check for `inbox_windows`, the build that Microsoft's pages name: only the WSL that was
    part of Windows depended on it, and a WSL from the Store works without.
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
    status: Status = Status.STABLE
    is_documented: bool = True
    since_windows: int = 0
    inbox_windows: int = 0
    since_wsl: Release = ()
    newer_values: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`section.name`, as WSL's warnings and `wslgo parse` name it."""
        return f"{self.section}.{self.name}"

    @property
    def ids(self) -> tuple[str, ...]:
        """The names by which WSL looks the key up, in lower case: its own and its alias."""
        own = (self.id.lower(),)
        return (*own, f"experimental.{self.name}".lower()) if self.has_experimental_alias else own
