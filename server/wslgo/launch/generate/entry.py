"""Generated entries of `launch.json` and `tasks.json`, each with a permanent key."""

from collections.abc import Mapping
from enum import Enum

from wslgo.syntax.json.edit import Value
from wslgo.text.message import Text
from wslgo.text.typing import NamedTuple


class Kind(Enum):
    """The array of an entry: `configurations`, `tasks` or `inputs`."""

    CONFIGURATION = "configuration"
    TASK = "task"
    INPUT = "input"


class LaunchEntry(NamedTuple):
    """A launch configuration, a task or an input.

    `key` is its profile and its folder (`debug cmd/api`): a later run finds the entry by it, even if the user has
    renamed the entry. `value` is the JSON object with its members in writing order. `about` is a note for the user
    that adds to the description of the profile.
    """

    key: str
    value: Mapping[str, Value]
    about: Text | None = None
    kind: Kind = Kind.CONFIGURATION

    @property
    def profile(self) -> str:
        """The first word of the key."""
        return self.key.partition(" ")[0]

    @property
    def folder(self) -> str:
        """The rest of the key; "" for the whole workspace."""
        return self.key.partition(" ")[2]

    @property
    def label(self) -> str:
        """The name or label of the entry."""
        name = self.value.get("label" if self.kind is Kind.TASK else "name")
        return name if isinstance(name, str) else ""

    @property
    def starts(self) -> tuple[str, ...]:
        """The labels of the tasks that run before it."""
        named = self.value.get("dependsOn" if self.kind is Kind.TASK else "preLaunchTask", ())
        return (named,) if isinstance(named, str) else tuple(str(element) for element in _elements(named))


class Generated(NamedTuple):
    """All entries for a workspace; names of configurations and labels of tasks are unique."""

    configurations: tuple[LaunchEntry, ...] = ()
    tasks: tuple[LaunchEntry, ...] = ()
    inputs: tuple[LaunchEntry, ...] = ()


class Selection(NamedTuple):
    """The profiles to generate, by name; if empty, all that fit the workspace.

    `extensions` are the ids of the editor's extensions in lower case, None if they are unknown.
    """

    profiles: tuple[str, ...] = ()
    extensions: frozenset[str] | None = None


EVERYTHING = Selection()


def _elements(value: Value) -> tuple[Value, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
