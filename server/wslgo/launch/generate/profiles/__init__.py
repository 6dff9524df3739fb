"""Profiles: one module per kind of entries. To add a profile, add a file here.

A module has the name of the profile, a description, and a function that yields the entries for a workspace.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module

from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple


class Profile(NamedTuple):
    """A kind of entries with a one-sentence description."""

    name: str
    about: Message
    entries: Callable[[LaunchWorkspace], Iterator[LaunchEntry]]


@cache
def profiles() -> tuple[Profile, ...]:
    """Return all profiles, sorted by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(Profile(module.NAME, module.ABOUT, module.entries) for module in modules))
