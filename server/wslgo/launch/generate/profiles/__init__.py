"""Profiles: one module is one kind of entries. A file here is all that a new one takes.

A module says what it is called, what it is for, and which entries a workspace gets by it.
"""

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from wslgo.launch.generate.entry import LaunchEntry
from wslgo.launch.generate.programs import LaunchWorkspace
from wslgo.text.message import Message


class Profile(NamedTuple):
    """A kind of entries, and one sentence about it."""

    name: str
    about: Message
    entries: Callable[[LaunchWorkspace], Iterator[LaunchEntry]]


@cache
def profiles() -> tuple[Profile, ...]:
    """All profiles, sorted by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(Profile(module.NAME, module.ABOUT, module.entries) for module in modules))
