"""The proxies of the environment: their addresses, and which of them go uses for a module proxy."""

from collections.abc import Iterable

from wslgo.knowledge import module_proxies
from wslgo.knowledge.public_hosts import is_public as is_public_domain
from wslgo.machine.host import Variable
from wslgo.syntax.go import http_proxy, no_proxy
from wslgo.syntax.go.goproxy import ProxyEntry
from wslgo.text.pattern import pattern

_LOOPBACK = pattern(r"(?:\w+://)?(?:[^/@]*@)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?:[:/]|\Z)")
# WSL takes a block of 4096 addresses that Windows does not use, and its first one for Windows.
_OF_NAT = pattern(r"172\.(?:1[6-9]|2[0-9]|3[01])\.([0-9]{1,3})\.1")
_BLOCK, _BYTE = 16, 256
_OF_DOCKER = "172.17.0.1"  # of its network for containers, unless a setting changes it
_LONGEST_PORT = 5
_PORTS, _OF_SOCKS = {"http": 80, "https": 443}, 1080
_SCRIPTS = (".pac", ".dat")
_EXCEPTIONS = ("NO_PROXY", "no_proxy")


def is_loopback(proxy: str) -> bool:
    """Return whether a proxy listens on the loopback address."""
    return _LOOPBACK.match(proxy) is not None


def is_of_nat(host: str) -> bool:
    """Return whether an address looks like that of Windows in NAT mode: the first one of a /20 in 172.16.0.0/12."""
    found = _OF_NAT.fullmatch(host) if host != _OF_DOCKER else None
    return found is not None and int(found[1]) % _BLOCK == 0 and int(found[1]) < _BYTE


def host_of_proxy(proxy: str) -> str:
    """Return the host of a proxy as go reads it, "" if go uses none."""
    found = http_proxy.parse(proxy)
    return host_of(found.host) if found is not None else ""


def port_of_proxy(proxy: str) -> int:
    """Return the port of a proxy as go reads it."""
    found = http_proxy.parse(proxy)
    return port_of(found.host, _PORTS.get(found.scheme, _OF_SOCKS)) if found is not None else _OF_SOCKS


def is_script(proxy: str) -> bool:
    """Return whether a value names a script (PAC) instead of a proxy."""
    path = proxy.partition("#")[0].partition("?")[0].lower()
    return "/" in path and path.endswith(_SCRIPTS)


def addresses(variables: Iterable[Variable]) -> dict[str, str]:
    """Return the addresses of proxies, each with one of its variables: most machines have the same one in four."""
    return {variable.value: variable.name for variable in variables if variable.name not in _EXCEPTIONS}


def proxy_for_module_proxy(entry: ProxyEntry, variables: Iterable[Variable]) -> Variable | None:
    """Return the variable with the proxy through which go asks an entry of GOPROXY; None if it connects itself.

    A proxy on this computer counts as none: it is a program of the user that reaches what the computer reaches.
    """
    target = entry.target
    if target is None or target.scheme not in no_proxy.PORTS:
        return None
    values = {variable.name: variable for variable in variables}
    name = f"{target.scheme}_proxy"
    found = values.get(name.upper()) or values.get(name)
    if found is None or is_loopback(found.value) or http_proxy.parse(found.value) is None:
        return None
    excluded = next((values[known].value for known in _EXCEPTIONS if known in values), "")
    is_excluded = no_proxy.excludes(excluded, host_of(target.host), port_of(target.host, no_proxy.PORTS[target.scheme]))
    return None if is_excluded else found


def is_of_company(entry: ProxyEntry, proxy: str) -> bool:
    """Return whether an entry of GOPROXY certainly is in the network of a company: by its name, or beside its proxy."""
    target, through = entry.target, http_proxy.parse(proxy)
    if target is None:
        return False
    host = host_of(target.host)
    if module_proxies.is_public(host):
        return False
    domain = domain_of(host_of(through.host)) if through is not None else ""
    return module_proxies.is_private(target.host, target.path) or bool(domain and f".{host}".endswith(f".{domain}"))


def host_of(authority: str) -> str:
    """Return the host of a URL without its port and without brackets."""
    if authority.startswith("["):
        return authority[1:].partition("]")[0]
    return authority.partition(":")[0]


def port_of(authority: str, usual: int) -> int:
    """Return the port of a URL, or the usual one of its scheme."""
    _, _, port = authority.rpartition("]")[2].rpartition(":")
    return int(port) if port.isdecimal() and len(port) <= _LONGEST_PORT else usual


def domain_of(host: str) -> str:
    """Return the domain of a host that is certainly one of a company; "" for an address, and for a public domain."""
    name, _, domain = host.partition(".")
    if not name or "." not in domain or domain.replace(".", "").isdecimal() or ":" in host:
        return ""
    return "" if is_public_domain(domain) else domain.lower()
