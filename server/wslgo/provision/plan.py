"""The plan for a machine: what each step would do about what was found.

A step is a module of `steps/` with `ID`, `TITLE`, `reads(user, host)` and `steps(found, wish)`; its place in the order
is its place in `STEPS`.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol, cast

from wslgo.host import Host
from wslgo.message import Message, Text
from wslgo.provision.found import Found, User
from wslgo.provision.step import Plan, Step
from wslgo.provision.wish import Wish

# In the order in which they are done: Go before what is built with it, files before what reads them.
STEPS = (
    "certificates",
    "proxy",
    "dns",
    "packages",
    "toolchain",
    "tools",
    "go-variables",
    "caches",
    "path",
    "wsl-conf",
    "sysctl",
    "wslconfig",
    "gpu",
    "wslg",
    "editor",
    "launch",
)


class Planner(Protocol):
    """What a module of `steps/` offers."""

    ID: str
    TITLE: Message

    def reads(self, user: User, host: Host) -> tuple[str, ...]:
        """The files, folders and links that have to be looked at for it; `FOLDER/*` is each file of a folder."""

    def steps(self, found: Found, wish: Wish) -> Iterator[Step | Text]:
        """What to do; a sentence is about what only a person can do."""


def planner(name: str) -> Planner:
    """The module of a step."""
    return cast("Planner", import_module(f"wslgo.provision.steps.{name.replace('-', '_')}"))


def wanted(wish: Wish) -> tuple[str, ...]:
    """The ids of the steps that a wish allows, in their order."""
    return tuple(name for name in STEPS if not wish.only or name in wish.only)


def plan(found: Found, wish: Wish, fails: Callable[[str, Exception], None] | None = None) -> Plan:
    """What to do, and nothing where all is as wished; pure. Each step is made for what those before it leave. One that
    cannot be made for an error that nobody expected is left out, if there is somebody to be told.
    """
    steps: list[Step] = []
    notes: list[Text] = []
    for name in wanted(wish):
        try:
            made = tuple(planner(name).steps(found, wish))
        except Exception as error:
            if fails is None:
                raise
            fails(name, error)
            continue
        for one in made:
            if isinstance(one, Step):
                steps.append(one)
                found = found.after(one)
            else:
                notes.append(one)
    return Plan(tuple(steps), tuple(dict.fromkeys(notes)))
