"""Which machine is provisioned from an editor, and what its settings wish."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wslgo.provision.apply.ledger import Ledger, Run, ledger_of
from wslgo.provision.model.spec import Spec
from wslgo.provision.session import Request
from wslgo.provision.target import this_machine

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer


class Target(NamedTuple):
    """Which machine, and where its runs are noted."""

    request: Request
    ledger: Ledger

    @property
    def last(self) -> Run | None:
        """The newest run that stands."""
        return self.ledger.last(str(self.request.target.root), self.request.target.user.name)


def target(server: "WslgoServer", folder: str) -> Target:
    """The machine for the modules in a folder; "" where none is open."""
    environment = server.world.environment
    home = environment.get("HOME", "")
    target, recorded = server.replay or (this_machine(None, home), None)
    place, opened = Path(folder or home or "/"), server.session.workspace.roots
    request = Request(target, place, environment, _spec(server), recorded=recorded, opened=opened)
    return Target(request, Ledger(ledger_of(environment)))


def _spec(server: "WslgoServer") -> Spec:
    """What the settings of the machine say; no workspace can."""
    said = server.session.preferences.section("provision")
    go, sources, certificates = said.get("go"), said.get("sources"), said.get("certificates")
    return Spec(go if isinstance(go, str) else "", _texts(sources), certificates=_texts(certificates))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, (list, tuple)) else ()
