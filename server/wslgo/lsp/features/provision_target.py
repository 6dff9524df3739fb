"""The machine that an editor provisions, and the settings for it."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wslgo.provision.apply.ledger import Ledger, Run, ledger_of
from wslgo.provision.model.spec import Spec
from wslgo.provision.session import Request
from wslgo.provision.target import this_machine

if TYPE_CHECKING:
    from wslgo.lsp.language_server import WslgoServer


class ProvisionTarget(NamedTuple):
    """A machine to provision, and the ledger of its runs."""

    request: Request
    ledger: Ledger

    @property
    def last(self) -> Run | None:
        """The newest run that is not undone."""
        return self.ledger.last(str(self.request.target.root), self.request.target.user.name)


def provision_target(server: "WslgoServer", folder: str) -> ProvisionTarget:
    """Return the machine to provision for the modules in a folder; "" is the only one that is open, if any."""
    environment = server.world.environment
    home = environment.get("HOME", "")
    target, recorded = server.replay or (this_machine(None, home), None)
    opened = server.session.workspace.roots
    only = opened[0] if len(opened) == 1 and opened[0].startswith("/") else ""
    place = Path(folder or only or home or "/")
    request = Request(target, place, environment, _spec(server), recorded=recorded, opened=opened)
    return ProvisionTarget(request, Ledger(ledger_of(environment)))


def _spec(server: "WslgoServer") -> Spec:
    """Return the user's settings for this machine; a workspace cannot set them."""
    settings = server.session.preferences.section("provision")
    go, sources, certificates = settings.get("go"), settings.get("sources"), settings.get("certificates")
    return Spec(go if isinstance(go, str) else "", _texts(sources), certificates=_texts(certificates))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(text for text in value if isinstance(text, str)) if isinstance(value, (list, tuple)) else ()
