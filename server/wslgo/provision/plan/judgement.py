"""The findings about a machine to provision, before a plan and after it; all of them come from rules."""

from collections.abc import Iterator
from functools import reduce
from typing import NamedTuple

from wslgo.doctor.status import status_of
from wslgo.linter.finding import NOWHERE, Reported
from wslgo.linter.machine_check import CAUSED_BY, EXPLAINED_BY, every_machine_finding
from wslgo.linter.named import is_named
from wslgo.linter.rules import find
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Go, Host
from wslgo.machine.own_files import family_of_own_file
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Facts
from wslgo.provision.model.spec import Spec
from wslgo.provision.model.step import Plan
from wslgo.provision.plan.steps.gpu import is_cached
from wslgo.syntax.family import FSTAB, SETTERS, WSLCONF, WSLCONFIG
from wslgo.syntax.file import File, read
from wslgo.text.source import decode

_READ = (WSLCONFIG, WSLCONF, FSTAB, *SETTERS)


class Remainder(NamedTuple):
    """The rest after a plan: findings that no step ends, and the number of facts that could not be asked."""

    findings: tuple[Reported, ...] = ()
    unknown: int = 0


def findings(facts: Facts) -> list[Reported]:
    """Return the findings about the machine, and in its files as the survey read them."""
    return every_machine_finding(_host(facts), scene=scene_of(facts))


def findings_to_resolve(facts: Facts) -> list[Reported]:
    """Return the findings; in a tree, which is not running, those that its next login will have."""
    if not facts.is_tree or facts.host.search_path is not None:
        return findings(facts)
    return findings(facts._replace(host=facts.host._replace(search_path=layout.LOGIN_PATH)))


def remainder(facts: Facts, plan: Plan, spec: Spec, resolvable: tuple[str, ...]) -> Remainder:
    """Return the rest after a plan; for a plan of single steps, of what these could resolve (`resolvable`)."""
    named = {rule for step in plan.steps for rule in step.resolves}
    causes_of = (*CAUSED_BY.items(), *EXPLAINED_BY.items())
    resolved = {*named, *(rule for rule, causes in causes_of if not named.isdisjoint(causes))}
    after = reduce(Facts.after, plan.steps, facts)
    left = [reported for reported in findings(after) if not (_has_no_place(reported) and reported.rule in resolved)]
    if spec.only:
        return Remainder(tuple(reported for reported in left if is_named(reported.rule, resolvable)))
    return Remainder(tuple(left), 0 if facts.is_tree else len(status_of(_host(after), left).unknown))


def has_finding(rule: str, host: Host, scene: MachineScene | None = None) -> bool:
    """Return whether a rule about the machine has a finding."""
    found = find(rule)
    return found is not None and any(found.check(host, scene or MachineScene()))


def scene_of(facts: Facts) -> MachineScene:
    """Return the files of the machine as the survey read them, and the workspace."""
    return MachineScene(tuple(_files(facts)), facts.workspace, facts.policy)


def _has_no_place(reported: Reported) -> bool:
    """Return whether it is about a fact, which a step changes only when it is applied."""
    return reported.finding.span == NOWHERE


def _host(facts: Facts) -> Host:
    """Return the machine as its files show it.

    No probe knows the linker cache of a tree, and the PATH of this process may be older than the last run of wslgo.
    """
    host, version = facts.host, layout.in_use(facts)
    if is_cached(facts):
        host = host._replace(gpu=host.gpu._replace(loader_finds_library=True))
    if host.go is None and version is not None:
        folder = layout.switch(facts.user)
        host = host._replace(go=Go(f"{folder}/bin/go", version.removeprefix("go"), folder))
    return host


def _files(facts: Facts) -> Iterator[File]:
    for path, file in facts.files.items():
        family = family_of_own_file(path, facts.host)
        if file is not None and family is not None and family.name in _READ:
            yield read(path, family, decode(file.data), path)
