"""What a plan for the tools of Go has to know: those that are there, and the releases of those that are wanting."""

from wslgo.knowledge.gotools import TOOLS
from wslgo.provision import buildinfo, layout
from wslgo.provision.found import Built, Found
from wslgo.provision.newest import newest
from wslgo.provision.site import Site
from wslgo.provision.steps import tools
from wslgo.provision.toolchain.policy import Policy
from wslgo.provision.toolchain.web import Web
from wslgo.provision.wish import Wish


def with_tools(found: Found, site: Site) -> Found:
    """With what those say of themselves that lie where `go install` puts them."""
    folder = layout.programs(found)
    there = ((one.program, _built(site, f"{folder}/{one.program}")) for one in TOOLS)
    return found._replace(tools={program: built for program, built in there if built is not None})


def with_newest(found: Found, wish: Wish, web: Web) -> Found:
    """With the newest releases of those that are wanting; nobody is asked where none is."""
    go, wanting = tools.go_in_use(found, wish), tools.asks(found, wish)
    if go is None or not wanting:
        return found
    policy = Policy(tools.goproxy_in_force(found, wish))
    return found._replace(newest_tools=newest(wanting, go.version, policy, web))


def _built(site: Site, path: str) -> Built | None:
    try:
        return buildinfo.read(site.real(path))
    except OSError:
        return None
