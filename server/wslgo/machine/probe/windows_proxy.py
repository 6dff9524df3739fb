"""The proxy of Windows' user, as Internet Settings in the registry has it; WSL reads it at its start (autoProxy)."""

import re

from wslgo.machine.probe import cache, interop, kernel
from wslgo.machine.probe.context import ProbeContext
from wslgo.text.message import redact

KEY = "HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings"

_VALUE = re.compile(rb"^ +([A-Za-z]{1,40}) +REG_(?:SZ|DWORD) +([!-~]{1,500}) *\r?$", re.MULTILINE)
_HEADING = re.compile(rb"^HKEY_CURRENT_USER\\.*Internet Settings *\r?$", re.MULTILINE)
_ON = "0x1"
# `http=10.1.2.3:80;https=10.1.2.3:80`: go reads the one of https first, since module proxies are asked with it.
_SCHEMES = ("https", "http", "socks")


def address(machine: ProbeContext) -> str | None:
    """Return the proxy of Windows, "" without one."""
    return _fact(machine, "proxy")


def script(machine: ProbeContext) -> str | None:
    """Return the address of the script (PAC) by which Windows finds a proxy for each host, "" without one."""
    return _fact(machine, "proxy_script")


def _fact(machine: ProbeContext, name: str) -> str | None:
    if not machine.ask(kernel.has_interop):
        return None
    found = cache.cached_facts(machine, "proxy", _query).get(name)
    return found if isinstance(found, str) else None


def _query(machine: ProbeContext) -> cache.Facts:
    ran = machine.ask(interop.interop).run(interop.CMD, "/d", "/c", "reg", "query", KEY)
    if ran is None or not _HEADING.search(ran.out):
        return {}
    values = {name.decode(): value.decode() for name, value in _VALUE.findall(ran.out)}
    is_on = values.get("ProxyEnable") == _ON
    return {
        "proxy": _masked(_server(values.get("ProxyServer", ""))) if is_on else "",
        "proxy_script": _masked(values.get("AutoConfigURL", "")),
    }


def _server(value: str) -> str:
    """Return the proxy for https out of a value that can have one for each scheme."""
    named = dict(part.strip().split("=", 1) for part in value.split(";") if "=" in part)
    if not named:
        return value
    scheme = next((scheme for scheme in _SCHEMES if scheme in named), "")
    found = named.get(scheme, "")
    return f"socks://{found}" if scheme == "socks" and "://" not in found else found


def _masked(value: str) -> str:
    """Return a value without its password, which is known only after a scheme."""
    return redact(value if "://" in value or "@" not in value else f"http://{value}")
