"""Name servers and proxies."""

from collections.abc import Mapping

from wslgo.knowledge import authorities
from wslgo.machine.host import Answer, Variable
from wslgo.machine.probe import routes, sockets
from wslgo.machine.probe.context import ProbeContext
from wslgo.machine.proxies import is_loopback, port_of_proxy
from wslgo.syntax import apt_conf
from wslgo.syntax import resolv_conf as resolvconf
from wslgo.text.message import redact
from wslgo.text.source import Source

# The go command, curl and git read both spellings; if the two differ, each program has its own preference.
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")
APT = "/usr/bin/apt-get"
RESOLV_CONF = "/etc/resolv.conf"
DNS = 53
_TCP = ("tcp", "tcp6")


def proxies(machine: ProbeContext) -> tuple[Variable, ...]:
    """Return the proxies in the environment, passwords masked."""
    return proxies_of(machine.environment)


def proxies_of(environment: Mapping[str, str]) -> tuple[Variable, ...]:
    """Return the proxies in a given environment, passwords masked."""
    names = (name for upper in PROXIES for name in (upper, upper.lower()))
    found = ((name, environment.get(name, "")) for name in names)
    return tuple(Variable(name, redact(_with_scheme(value)), "environment") for name, value in found if value)


def name_servers(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the name servers in the order in which they are asked."""
    text = machine.text(RESOLV_CONF)
    if text is None and "resolv.conf" not in (machine.world.names("/etc") or ("resolv.conf",)):
        return ()  # the file is missing, which a link to nowhere is not
    return None if text is None else resolvconf.parse(Source(text)).name_servers


def resolv_conf(machine: ProbeContext) -> str | None:
    """Return the path of /etc/resolv.conf, or the target of its symbolic link, even if that does not exist."""
    link = machine.world.link(RESOLV_CONF)
    if link is None:
        return RESOLV_CONF if machine.world.exists(RESOLV_CONF) else None
    return machine.world.real(RESOLV_CONF)


def listeners(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the addresses at which something on this machine answers DNS queries, over UDP or TCP."""
    tables = [(name, machine.text(f"/proc/net/{name}")) for name in sockets.WAITING]
    if all(text is None for _, text in tables):
        return None
    found = (sockets.addresses(text, DNS, sockets.WAITING[name]) for name, text in tables if text)
    return tuple(sorted({address for addresses in found for address in addresses}))


def gateway(machine: ProbeContext) -> str | None:
    """Return the address of the default route; "" if there is none."""
    table = machine.text(routes.TABLE)
    return None if table is None else routes.gateway(table)


def silent_proxies(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the proxies on this machine at whose port nothing listens; None if all proxies are elsewhere.

    The sockets of Windows are in none of the tables here.
    """
    found = dict.fromkeys(variable.value for variable in machine.ask(proxies) if is_loopback(variable.value))
    tables = [(name, machine.text(f"/proc/net/{name}")) for name in _TCP]
    if not found or tables[0][1] is None:  # a machine without IPv6 lacks the other one
        return None
    return tuple(proxy for proxy in found if not _is_open(proxy, tables))


def _is_open(proxy: str, tables: list[tuple[str, str | None]]) -> bool:
    port = port_of_proxy(proxy)
    return any(text and any(sockets.addresses(text, port, sockets.WAITING[name])) for name, text in tables)


def answers(_machine: ProbeContext) -> tuple[Answer, ...] | None:
    """Return None: a probe uses no network, only provisioning asks servers."""
    return None


def apt_proxy(machine: ProbeContext) -> str | None:
    """Return the file that configures a proxy for apt, "" if there is none; None without apt."""
    if not machine.world.exists(APT):
        return None
    paths = (apt_conf.PATH, *(f"{apt_conf.FOLDER}/{name}" for name in machine.world.names(apt_conf.FOLDER)))
    return next((path for path in paths if apt_conf.names_proxy(machine.text(path) or "")), "")


def has_authorities(machine: ProbeContext) -> bool | None:
    """Return whether there are CA certificates where go looks for them; None if that is elsewhere or unknown."""
    if any(machine.environment.get(name) for name in authorities.VARIABLES) or not machine.world.names("/etc"):
        return None
    folders = (machine.world.names(folder) for folder in authorities.FOLDERS)
    return any(map(machine.world.exists, authorities.FILES)) or any(folders)


def _with_scheme(value: str) -> str:
    """Return a proxy with a scheme: without one, the password in `user:password@proxy:3128` is not masked."""
    return value if "://" in value or "@" not in value else f"http://{value}"
