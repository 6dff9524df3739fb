"""The plan for a machine: what each step would do about what was found.

A step is a module of `steps/` with `ID`, `TITLE`, `reads(user, host)` and `steps(found, wish)`; its place in the order
is its place in `STEPS`.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol, cast

from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.text.message import Message, Text
from wslgo.text.passwords import is_doubtful
from wslgo.text.source import decode

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


HIDDEN = Message(
    en="{title}: with the password in {path} masked, not every host in the new line could be shown; write it yourself",
    zh="{title}：遮盖 {path} 中的密码后，无法显示新行中的所有主机；请自行写入",
)


class Planner(Protocol):
    """What a module of `steps/` offers."""

    ID: str
    TITLE: Message

    def reads(self, user: User, host: Host) -> tuple[str, ...]:
        """The files, folders and links that have to be looked at for it; `FOLDER/*` is each file of a folder."""

    def steps(self, facts: Facts, spec: Spec) -> Iterator[Step | Text]:
        """What to do; a sentence is about what only a person can do."""


def planner(name: str) -> Planner:
    """The module of a step."""
    return cast("Planner", import_module(f"wslgo.provision.plan.steps.{name.replace('-', '_')}"))


def wanted(spec: Spec) -> tuple[str, ...]:
    """The ids of the steps that a wish allows, in their order."""
    return tuple(name for name in STEPS if not spec.only or name in spec.only)


def plan(facts: Facts, spec: Spec, fails: Callable[[str, Exception], None] | None = None) -> Plan:
    """What to do, and nothing where all is as wished; pure. Each step is made for what those before it leave. One that
    cannot be made for an error that nobody expected is left out, if there is somebody to be told.
    """
    steps: list[Step] = []
    notes: list[Text] = []
    for name in wanted(spec):
        try:
            made = tuple(planner(name).steps(facts, spec))
        except Exception as error:
            if fails is None:
                raise
            fails(name, error)
            continue
        for one in made:
            if isinstance(one, Step) and (hidden := next(_hidden(one), None)) is not None:
                notes.append(HIDDEN(title=one.title, path=hidden.path))
            elif isinstance(one, Step):
                steps.append(one)
                facts = facts.after(one)
            else:
                notes.append(one)
    return Plan(tuple(steps), tuple(dict.fromkeys(notes)))


def _hidden(step: Step) -> Iterator[WriteFile]:
    """Yield the writes that cannot be shown: in a new line of theirs the mask of a password could hide a host."""
    for write in step.writes:
        before, after = (decode(data or b"").text.split("\n") for data in (write.before, write.after))
        if any(map(is_doubtful, set(after) - set(before))):
            yield write
