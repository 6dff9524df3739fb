"""The plan for a machine: what each step would change.

A step is a module of `steps/` with `ID`, `TITLE`, `RESOLVES`, `reads(user, host)` and `steps(facts, spec)`; `STEPS` has
the order. The linter judges: a step names the rules whose findings it ends.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Protocol, cast

from wslgo.linter.machine_check import CAUSED_BY
from wslgo.linter.rules import MACHINE
from wslgo.machine.host import Host
from wslgo.provision.model.facts import Facts, User
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan, Step, WriteFile
from wslgo.provision.plan.judgement import findings_to_resolve
from wslgo.provision.plan.policy_rejection import rejection
from wslgo.text.message import Message, Text
from wslgo.text.passwords import is_doubtful
from wslgo.text.source import decode

# In the order in which they are applied: Go before what is built with it, files before what reads them.
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


_TRUST = ("machine/untrusted-certificate",)

# The findings that a step cannot resolve, and shows to those who request it alone.
LEFT_BY = {
    "gpu": (
        "machine/gpu-not-listed",
        "machine/gpu-switched-off",
        "machine/linux-nvidia-driver",
        "machine/no-cuda-toolkit",
        "machine/nvidia-smi-not-in-path",
    ),
    **dict.fromkeys(("certificates", "go-variables", "toolchain", "tools"), ("machine/no-answer", *_TRUST)),
    "wslg": ("machine/foreign-display", "machine/gui-switched-off", "machine/no-wslg", "machine/x11-socket-missing"),
}

HIDDEN = Message(
    en="{title}: with the password in {path} masked, a host in the new line would be hidden; write the line yourself",
    zh="{title}：遮盖 {path} 中的密码后，新行中的某个主机会被隐藏；请自行写入该行",
)


class StepModule(Protocol):
    """The contents of a module of `steps/`."""

    ID: str
    TITLE: Message
    RESOLVES: tuple[str, ...]  # rules or families whose findings about the machine it ends

    def reads(self, user: User, host: Host) -> tuple[str, ...]:
        """Return the files, folders and links that the step reads; `FOLDER/*` is each file of a folder."""

    def steps(self, facts: Facts, spec: Spec) -> Iterator[Step | Text]:
        """Yield what to do; a sentence is a manual step."""


def module_of(step: str) -> StepModule:
    """Return the module of a step."""
    return cast("StepModule", import_module(f"wslgo.provision.plan.steps.{step.replace('-', '_')}"))


def requested_steps(spec: Spec) -> tuple[str, ...]:
    """Return the ids of the requested steps, in their order."""
    return tuple(step for step in STEPS if not spec.only or step in spec.only)


def plan(facts: Facts, spec: Spec, report: Callable[[str, Exception], None] | None = None) -> Plan:
    """Plan each requested step for what those before it leave; an empty plan if nothing needs to change.

    A step that raises an unexpected error is left out and passed to `report`; without `report` the error is raised.
    """
    found = frozenset(reported.rule for reported in findings_to_resolve(facts))
    steps: list[Step] = []
    notes: list[Text] = []
    for identity in requested_steps(spec):
        try:
            module = module_of(identity)
            planned = tuple(_with_resolved(item, module, found) for item in module.steps(facts, spec))
        except Exception as error:
            if report is None:
                raise
            report(identity, error)
            continue
        for item in planned:
            if isinstance(item, Step) and (hidden := next(_hidden_writes(item), None)) is not None:
                notes.append(HIDDEN(title=item.title, path=hidden.path))
            elif isinstance(item, Step) and (rejected := rejection(item, facts)) is not None:
                notes.append(rejected)
            elif isinstance(item, Step):
                steps.append(item)
                facts = facts.after(item)
            else:
                notes.append(item)
    return Plan(tuple(steps), tuple(dict.fromkeys(notes)))


def _with_resolved(item: Step | Text, module: StepModule, found: frozenset[str]) -> Step | Text:
    """Return a step with the rules that it resolves: those that it names itself, else those of its module."""
    if not isinstance(item, Step):
        return item
    named = item.resolves or module.RESOLVES
    reported = (name for rule in named for name in _reported(rule, found, is_own=bool(item.resolves)))
    return item._replace(resolves=tuple(dict.fromkeys(reported)))


def _reported(rule: str, found: frozenset[str], *, is_own: bool) -> Iterator[str]:
    """Yield a rule that has a finding, or the rules about the line that causes it."""
    if rule in found or (is_own and not rule.startswith(f"{MACHINE}/")):
        yield rule
    else:
        yield from (cause for cause in CAUSED_BY.get(rule, ()) if cause in found)


def resolvable_rules(spec: Spec) -> tuple[str, ...]:
    """Return the rules and families that the requested steps can resolve, or have to show."""
    names = (name for step in requested_steps(spec) for name in (*module_of(step).RESOLVES, *LEFT_BY.get(step, ())))
    return tuple(dict.fromkeys(names))


def _hidden_writes(step: Step) -> Iterator[WriteFile]:
    """Yield the writes that cannot be shown: the mask of a password in a new line could hide a host."""
    for write in step.writes:
        before, after = (decode(data or b"").text.split("\n") for data in (write.before, write.after))
        if any(map(is_doubtful, set(after) - set(before))):
            yield write
