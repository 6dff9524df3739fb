"""The Go tools of a machine, the newest release of each missing one, and the Go that can build them."""

from collections.abc import Mapping
from typing import NamedTuple

from wslgo.knowledge.go_tools import TOOLS
from wslgo.machine.host import Go
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.probe.go import go_without_running
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model import layout
from wslgo.provision.model.facts import BuildInfo, Facts, Release, Source
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.http import Web
from wslgo.provision.plan.steps import tools as tools_step
from wslgo.provision.survey import build_info
from wslgo.provision.survey.newest_release import newest
from wslgo.provision.target import Target
from wslgo.provision.toolchain import source
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.process import may_start
from wslgo.system.repository import current_folder, workspaces
from wslgo.system.this_machine import ThisMachine


class ToolFacts(NamedTuple):
    """The build information of the tools in the folder of `go install`."""

    tools: Mapping[str, BuildInfo]


class NewestFacts(NamedTuple):
    """The newest fitting release of each missing tool, and the proxies that were asked."""

    newest_tools: Mapping[str, str]
    tool_proxies: tuple[Source, ...] = ()


class BuilderFacts(NamedTuple):
    """A Go outside of a tree that can build for it, and a release to fetch where that one is missing or too old."""

    builder: Go | None
    archive: Release | None = None


def tool_facts(facts: Facts, target: Target) -> ToolFacts:
    """Read the build information of each tool in the folder of `go install`."""
    folder = layout.programs(facts)
    builds = ((tool.program, _build_info(target, f"{folder}/{tool.program}")) for tool in TOOLS)
    return ToolFacts({program: built for program, built in builds if built is not None})


def newest_facts(facts: Facts, spec: Spec, web: Web) -> NewestFacts | None:
    """Ask for the newest releases of the missing tools; None if no tool is missing."""
    go, missing = tools_step.go_in_use(facts, spec), tools_step.asks(facts, spec)
    if go is None or not missing:
        return None
    policy = Policy(tools_step.effective_goproxy(facts, spec))
    answers: list[Source] = []
    versions = {tool: tools_step.pinned_version(tool, go, spec) for tool in missing}
    asked = [tool for tool, version in versions.items() if version is None]
    found = newest(asked, go.version, policy, web, hear=answers.append)
    found |= {tool.package: version for tool, version in versions.items() if version is not None}
    # The tools are asked for at the same time, so the order of the answers says nothing.
    return NewestFacts(found, tuple(sorted(set(answers), key=lambda answer: (answer.url, answer.problem))))


def builder_facts(facts: Facts, spec: Spec, web: Web, target: Target) -> BuilderFacts | None:
    """Find a Go that can build the missing tools of a tree, whose own programs never run."""
    go, missing = tools_step.go_in_use(facts, spec), tools_step.asks(facts, spec)
    if go is None or not facts.is_tree or not missing:
        return None
    own = BuilderFacts(go_of_this_machine(target))
    with_own = facts._replace(builder=own.builder)
    if all(tools_step.builder(tool, go, with_own, spec) is not None for tool in missing):
        return own
    policy = Policy(tools_step.effective_goproxy(facts, spec), "", spec.sources)
    try:
        return own._replace(archive=source.search(go.text, facts.architecture, policy, web).release)
    except ProvisionError:
        return own


def outside_of(target: Target) -> tuple[str, ...]:
    """Return the folder that holds a tree: no program in it runs."""
    return () if str(target.root) == "/" else (str(target.root),)


def go_of_this_machine(target: Target) -> Go | None:
    """Return the go command in PATH that wslgo may run, with its version, which is found without running it.

    A go command inside of the target's tree does not count, even if PATH leads there.
    """
    world = ThisMachine()
    foreign = workspaces((), world.environment.get("HOME", ""), here=current_folder())
    go = go_without_running(ProbeContext(world, (*foreign, *outside_of(target))))
    return go if go is not None and may_start(go.path) else None


def _build_info(target: Target, path: str) -> BuildInfo | None:
    try:
        return build_info.read(target.open(path))
    except OSError:
        return None
