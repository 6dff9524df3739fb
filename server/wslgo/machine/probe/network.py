"""Name servers and proxies."""

from collections.abc import Mapping

from wslgo.machine.host import Variable
from wslgo.machine.probe.context import Machine
from wslgo.syntax import resolv_conf as resolvconf
from wslgo.text.message import redact
from wslgo.text.source import Source

# The go command, curl and git read both spellings; of two that differ each takes its own.
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
RESOLV_CONF = "/etc/resolv.conf"


def proxies(machine: Machine) -> tuple[Variable, ...]:
    """The proxies of the environment, passwords masked."""
    return proxies_of(machine.environment)


def proxies_of(environment: Mapping[str, str]) -> tuple[Variable, ...]:
    """Those of any environment."""
    names = (name for upper in PROXIES for name in (upper, upper.lower()))
    found = ((name, environment.get(name, "")) for name in names)
    return tuple(Variable(name, redact(_with_scheme(value)), "environment") for name, value in found if value)


def name_servers(machine: Machine) -> tuple[str, ...] | None:
    """In the order in which they are asked."""
    text = machine.text(RESOLV_CONF)
    return None if text is None else resolvconf.parse(Source(text)).name_servers


def resolv_conf(machine: Machine) -> str | None:
    """What /etc/resolv.conf is: itself, or the file that it links to, be that there or not."""
    link = machine.world.link(RESOLV_CONF)
    if link is None:
        return RESOLV_CONF if machine.world.exists(RESOLV_CONF) else None
    return machine.world.real(RESOLV_CONF)


def _with_scheme(value: str) -> str:
    """`user:password@proxy:3128` is a proxy, too; its password is known by the scheme before it."""
    return value if "://" in value or "@" not in value else f"http://{value}"
