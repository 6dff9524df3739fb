"""Name servers and proxies."""

import re
from collections.abc import Mapping

from wslgo.knowledge import authorities, local_services
from wslgo.machine.host import Answer, Docker, Lookups, Variable
from wslgo.machine.probe import kernel, mounts, packages, routes, sockets
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
HOSTS = "/etc/hosts"
WINDOWS_HOSTS = "Windows/System32/drivers/etc/hosts"
DOCKER_NAME = "host.docker.internal"
# The packages of Docker's own archive and of the distributions.
DOCKER = ("docker-ce", "docker.io")
DOCKER_SETTINGS = "/etc/docker/daemon.json"
DOCKER_WITHOUT_RULES = ('"iptables":false', '"userland-proxy":false')

_RELEASE = re.compile(r"(?:[0-9]+:)?([0-9]+(?:\.[0-9]+){1,2})")


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
    if table is None:
        return None
    route = routes.default_route(table)
    return route.gateway if route else ""


def mtu(machine: ProbeContext) -> int | None:
    """Return the MTU of the interface of the default route."""
    route = routes.default_route(machine.text(routes.TABLE) or "")
    value = machine.line(f"/sys/class/net/{route.interface}/mtu") if route else None
    return int(value) if value is not None and re.fullmatch("[0-9]{1,9}", value) else None


def docker(machine: ProbeContext) -> Docker | None:
    """Return Docker Engine as this distribution installed it; None if there is none, or its version is unknown."""
    found = machine.ask(packages.database)
    versions = [found.versions.get(name, "") for name in DOCKER] if found is not None else []
    version = next(filter(None, map(_RELEASE.match, versions)), None)
    if version is None:
        return None
    settings = "".join((machine.text(DOCKER_SETTINGS) or "").split())
    return Docker(version[1], not any(setting in settings for setting in DOCKER_WITHOUT_RULES))


def has_docker_name(machine: ProbeContext) -> bool | None:
    """Return whether a hosts file, here or in Windows, has the name of the host in containers of Docker Desktop."""
    if not machine.ask(kernel.generation):
        return None
    drives = machine.ask(mounts.drives)
    of_windows = (f"{drive.target.rstrip('/')}/{WINDOWS_HOSTS}" for drive in drives if drive.windows == "C:\\")
    texts = [text for text in map(machine.text, (HOSTS, *of_windows)) if text is not None]
    is_named = any(DOCKER_NAME in text for text in texts)
    return is_named if is_named or len(texts) > 1 else None  # that of Windows could not be read


def silent_proxies(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the proxies on this machine at whose port nothing listens; None if all proxies are elsewhere.

    The sockets of Windows are in none of the tables here.
    """
    found = dict.fromkeys(variable.value for variable in machine.ask(proxies) if is_loopback(variable.value))
    tables = _tables(machine)
    if not found or tables is None:
        return None
    return tuple(proxy for proxy in found if not _is_open(port_of_proxy(proxy), tables))


def services(machine: ProbeContext) -> tuple[int, ...] | None:
    """Return the default ports of services at which a program of the distribution listens."""
    tables = _tables(machine)
    return None if tables is None else tuple(port for port in local_services.PORTS if _is_open(port, tables))


def _tables(machine: ProbeContext) -> Mapping[str, str] | None:
    """Return the tables of TCP sockets; a machine without IPv6 lacks the second one."""
    texts = {name: machine.text(f"/proc/net/{name}") for name in _TCP}
    return None if texts["tcp"] is None else {name: text for name, text in texts.items() if text}


def _is_open(port: int, tables: Mapping[str, str]) -> bool:
    return any(any(sockets.addresses(text, port, sockets.WAITING[name])) for name, text in tables.items())


def answers(_machine: ProbeContext) -> tuple[Answer, ...] | None:
    """Return None: a probe uses no network, only provisioning asks servers."""
    return None


def lookups(_machine: ProbeContext) -> tuple[Lookups, ...] | None:
    """Return None: a probe uses no network."""
    return None


def large_packets_lost_by(_machine: ProbeContext) -> tuple[str, ...] | None:
    """Return None: a probe uses no network."""
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
