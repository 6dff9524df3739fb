"""Faults of a machine: one fact each, as a change of a recorded healthy machine, and the rules that have to name it."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import machines
from ruledocs import merge
from wslgo.machine.host import Host
from wslgo.machine.host_json import from_json

# Machines on which nothing is to be found and everything is known.
HEALTHY = (
    "china-company",
    "moved-automount-root",
    "nvidia-gpu",
    "ubuntu-24.04-mirrored",
    "ubuntu-24.04-nat",
)


Change = Callable[[dict[str, Any]], dict[str, Any]]


class Fault(NamedTuple):
    """A fault with the members of the recorded `Host` that it changes."""

    name: str
    change: dict[str, Any] | Change
    rules: tuple[str, ...]


def with_fault(machine: str, fault: Fault) -> Host:
    """Return a recorded machine with one fault."""
    recorded = json.loads((machines.HOSTS / f"{machine}.json").read_text(encoding="utf-8"))
    change = fault.change(recorded) if callable(fault.change) else fault.change
    return from_json(merge(recorded, change))


def _variable(name: str, value: str, origin: str = "environment") -> Change:
    """Return a change of one Go variable; the others keep their values."""

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        others = [variable for variable in recorded["go_variables"] if variable["name"] != name]
        return {"go_variables": [*others, *([{"name": name, "value": value, "origin": origin}] if value else [])]}

    return change


def _file(name: str, text: str) -> Change:
    """Return a change of a file of WSL that has been in effect since the start."""
    path = {"wslconfig": "/mnt/c/Users/user/.wslconfig", "wslconf": "/etc/wsl.conf"}[name]

    def change(recorded: dict[str, Any]) -> dict[str, Any]:
        known = recorded.get(name) or {}
        place = known.get("path", path)
        return {name: {"path": place, "text": text, "at_start": text, "knows_start": True, "knows_before": False}}

    return change


_GPU = {"has_device": True, "has_library": True, "loader_finds_library": True, "cards": [{"number": 0, "name": "RTX"}]}
_WSLG = {"folder": "/mnt/wslg", "has_socket": True, "display": ":0"}

_OF_MACHINE = (
    Fault("WSL 1", {"wsl": {"generation": 1, "version": None}}, ("machine/wsl-1",)),
    Fault("interop fails", {"wsl": {"interop_answers": False}}, ("machine/interop-broken",)),
    Fault("WSLInterop is gone", {"wsl": {"has_interop": False, "interop_answers": None}}, ("machine/interop-lost",)),
    Fault("no drive is mounted", {"mounts": [{"target": "/", "kind": "ext4"}]}, ("machine/no-windows-drives",)),
    Fault("no go", {"go": None, "go_variables": None}, ("machine/no-go",)),
    Fault("go fails", {"go": {"version": None, "problem": "go: cannot find GOROOT directory"}}, ("machine/go-fails",)),
    Fault("no compiler", {"compiler": None}, ("machine/no-c-compiler",)),
    Fault("no gopls", {"gopls": None}, ("machine/no-gopls",)),
    Fault("no Delve", {"delve": None}, ("machine/no-delve",)),
    Fault("no name server", {"network": {"name_servers": []}}, ("machine/no-name-server",)),
    Fault(
        "resolv.conf leads nowhere",
        {"network": {"name_servers": None, "resolv_conf": "/run/gone"}},
        ("machine/no-name-server",),
    ),
    Fault("nvidia-smi lists nothing", {"gpu": {**_GPU, "cards": []}}, ("machine/gpu-not-listed",)),
    Fault("libcuda is not found", {"gpu": {**_GPU, "loader_finds_library": False}}, ("machine/gpu-library-not-found",)),
    Fault("no socket of X11", {"wslg": {**_WSLG, "has_socket": False}}, ("machine/x11-socket-missing",)),
    Fault("no DISPLAY", {"wslg": {**_WSLG, "display": None}}, ("machine/foreign-display",)),
    Fault("another DISPLAY", {"wslg": {**_WSLG, "display": "172.22.16.1:0"}}, ("machine/foreign-display",)),
    Fault("GOPROXY is empty", _variable("GOPROXY", ""), ("machine/empty-variable",)),
    Fault("GOSUMDB is empty", _variable("GOSUMDB", ""), ("machine/empty-variable",)),
)

_OF_VALUES = tuple(
    Fault(f"{name}={value}", _variable(name, value), (f"goenv/{rule}",))
    for name, value, rule in (
        ("GOPROXY", "direct,https://goproxy.cn", "unreachable-proxy"),
        ("GOPROXY", "https://goproxy.cn,bogus", "unusable-proxy"),
        ("GOPROXY", ",", "proxy-without-entries"),
        ("GOSUMDB", "sum.golang.org+https://sum.golang.org", "malformed-checksum-database"),
        ("GOCACHE", "cache", "folder-not-absolute"),
        ("GO111MODULE", "yes", "unknown-module-mode"),
    )
)

_OF_WSLCONFIG = tuple(
    Fault(f".wslconfig: {text!r}", _file("wslconfig", text), (f"wslconfig/{rule}",))
    for text, rule in (
        ("[wsl2]\nmemmory=8GB\n", "unknown-key"),
        ("[ws12]\nswap=1GB\n", "unknown-section"),
        ("[wsl2]\nprocessors=many\n", "invalid-integer"),
        ("[wsl2]\nnetworkingMode=mirored\n", "invalid-choice"),
        ("[wsl2]\ndnsTunneling=yes\n", "invalid-boolean"),
    )
)

_OF_WSLCONF = tuple(
    Fault(f"wsl.conf: {text!r}", _file("wslconf", text), (f"wslconf/{rule}",))
    for text, rule in (
        ("[boot]\nsystemmd=true\n", "unknown-key"),
        ("[boott]\nsystemd=true\n", "unknown-section"),
        ("[boot]\nsystemd=yes\n", "invalid-boolean"),
        ("[boot]\nsystemd true\n", "missing-equals"),
    )
)

FAULTS = (*_OF_MACHINE, *_OF_VALUES, *_OF_WSLCONFIG, *_OF_WSLCONF)
