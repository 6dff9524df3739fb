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


def with_tools(found: Facts, site: Target) -> Facts:
    """With what those say of themselves that lie where `go install` puts them."""
    folder = layout.programs(found)
    there = ((one.program, _built(site, f"{folder}/{one.program}")) for one in TOOLS)
    return found._replace(tools={program: built for program, built in there if built is not None})


def with_newest(found: Facts, wish: Spec, web: Web) -> Facts:
    """With the newest releases of those that are wanting; nobody is asked where none is."""
    go, wanting = tools.go_in_use(found, wish), tools.asks(found, wish)
    if go is None or not wanting:
        return found
    policy = Policy(tools.goproxy_in_force(found, wish))
    return found._replace(newest_tools=newest(wanting, go.version, policy, web))


def outside_of(site: Target) -> tuple[str, ...]:
    """The folder that holds a tree: nothing in it is run."""
    return () if str(site.root) == "/" else (str(site.root),)


def with_builder(found: Facts, wish: Spec, web: Web, site: Target) -> Facts:
    """For a tree, whose own programs are not run: with what can build for it outside of it."""
    go, wanting = tools.go_in_use(found, wish), tools.asks(found, wish)
    if go is None or not found.is_tree or not wanting:
        return found
    found = found._replace(builder=go_of_this_machine(site))
    if all(tools.builder(tool, go, found, wish) is not None for tool in wanting):
        return found
    policy = Policy(tools.goproxy_in_force(found, wish), "", wish.sources)
    try:
        return found._replace(archive=source.search(go.text, found.architecture, policy, web).release)
    except ProvisionError:
        return found


def go_of_this_machine(site: Target) -> Go | None:
    """The go command in PATH that wslgo may run, and its version; nothing is run to learn it. One in the tree of a site
    is none, although PATH may lead there."""
    world = ThisMachine()
    foreign = workspaces((), world.environment.get("HOME", ""), here=current_folder())
    go = unasked(Machine(world, (*foreign, *outside_of(site))))
    return go if go is not None and may_start(go.path) else None


def _built(site: Target, path: str) -> Built | None:
    try:
        return build_info.read(site.opened(path))
    except OSError:
        return None
