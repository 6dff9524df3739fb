"""What generation makes: entries of `launch.json` and `tasks.json`, each under a key that outlives its name."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from wslgo.syntax.json.edit import Value
from wslgo.text.message import Text


class Kind(Enum):
    """Where an entry belongs: `configurations` and `inputs` of `launch.json`, `tasks` of `tasks.json`."""

    CONFIGURATION = "configuration"
    TASK = "task"
    INPUT = "input"


class LaunchEntry(NamedTuple):
    """A launch configuration or a task.

    `key` is its profile and what it is about (`debug cmd/api`): by it a later run finds the entry again, whatever the
    user has called it meanwhile. `value` is the JSON object, its members in the order in which they are written.
    `about` is what its user must know beyond the sentence of its profile.
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
        """The rest of the key; "" where it is about the whole workspace."""
        return self.key.partition(" ")[2]

    @property
    def label(self) -> str:
        """What the entry is called."""
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
    """What is wanted: profiles by name, all that fit the workspace when none is named.

    `extensions` are the ids of the editor's extensions in lower case, None where they are unknown.
    """

    profiles: tuple[str, ...] = ()
    extensions: frozenset[str] | None = None


EVERYTHING = Selection()


def _elements(value: Value) -> tuple[Value, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()
