"""What a plan for the tools of Go has to know: those that are there, and the releases of those that are wanting."""

from wslgo.knowledge.go_tools import TOOLS
from wslgo.machine.host import Go
from wslgo.machine.probe.context import Machine
from wslgo.machine.probe.go import unasked
from wslgo.provision.errors import ProvisionError
from wslgo.provision.model import layout
from wslgo.provision.model.facts import Built, Facts
from wslgo.provision.model.spec import Spec
from wslgo.provision.net.http import Web
from wslgo.provision.plan.steps import tools
from wslgo.provision.survey import build_info
from wslgo.provision.survey.newest_release import newest
from wslgo.provision.target import Target
from wslgo.provision.toolchain import source
from wslgo.provision.toolchain.policy import Policy
from wslgo.system.process import may_start
from wslgo.system.repository import current_folder, workspaces
from wslgo.system.this_machine import ThisMachine


def with_tools(facts: Facts, target: Target) -> Facts:
    """With what those say of themselves that lie where `go install` puts them."""
    folder = layout.programs(facts)
    there = ((one.program, _built(target, f"{folder}/{one.program}")) for one in TOOLS)
    return facts._replace(tools={program: built for program, built in there if built is not None})


def with_newest(facts: Facts, spec: Spec, web: Web) -> Facts:
    """With the newest releases of those that are wanting; nobody is asked where none is."""
    go, wanting = tools.go_in_use(facts, spec), tools.asks(facts, spec)
    if go is None or not wanting:
        return facts
    policy = Policy(tools.goproxy_in_force(facts, spec))
    return facts._replace(newest_tools=newest(wanting, go.version, policy, web))


def outside_of(target: Target) -> tuple[str, ...]:
    """The folder that holds a tree: nothing in it is run."""
    return () if str(target.root) == "/" else (str(target.root),)


def with_builder(facts: Facts, spec: Spec, web: Web, target: Target) -> Facts:
    """For a tree, whose own programs are not run: with what can build for it outside of it."""
    go, wanting = tools.go_in_use(facts, spec), tools.asks(facts, spec)
    if go is None or not facts.is_tree or not wanting:
        return facts
    facts = facts._replace(builder=go_of_this_machine(target))
    if all(tools.builder(tool, go, facts, spec) is not None for tool in wanting):
        return facts
    policy = Policy(tools.goproxy_in_force(facts, spec), "", spec.sources)
    try:
        return facts._replace(archive=source.search(go.text, facts.architecture, policy, web).release)
    except ProvisionError:
        return facts


def go_of_this_machine(target: Target) -> Go | None:
    """The go command in PATH that wslgo may run, and its version; nothing is run to learn it. One in the tree of a site
    is none, although PATH may lead there."""
    world = ThisMachine()
    foreign = workspaces((), world.environment.get("HOME", ""), here=current_folder())
    go = unasked(Machine(world, (*foreign, *outside_of(target))))
    return go if go is not None and may_start(go.path) else None


def _built(target: Target, path: str) -> Built | None:
    try:
        return build_info.read(target.opened(path))
    except OSError:
        return None
