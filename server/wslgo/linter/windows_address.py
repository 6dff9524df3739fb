"""The name server in `resolv.conf`: by the files beside a file, else the machine, else WSL's defaults."""

from enum import Enum

from wslgo.linter.displays import reader
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONF, WSLCONFIG
from wslgo.text.typing import NamedTuple

# Windows with DNS tunneling; WSL that turns it on by itself (docs of Microsoft, 2026-07).
_TUNNELING_BUILD = 22621
_TUNNELING_BY_DEFAULT = (2, 2, 1)
# What a rule about the address needs of the machine.
ADDRESS_NEEDS = (
    *("wsl.generation", "home", "wsl.version", "windows.build", "running.networking"),
    *("network.name_servers", "network.gateway"),
)

TUNNEL = "10.255.255.254"
LOOPBACK = "127.0.0.1"
_MIRRORED = "mirrored"
_COMPARED = ("nat", _MIRRORED)  # the modes whose address of Windows is known


class Named(Enum):
    """A first name server that is not Windows."""

    TUNNEL = "tunnel"
    OWN = "own"
    ANOTHER = "another"


class NameServer(NamedTuple):
    """A name server that is not Windows, its address if that is known, and whether Windows is at 127.0.0.1."""

    named: Named
    address: str
    is_mirrored: bool


def name_server(scene: Scene) -> NameServer | None:
    """Return what `resolv.conf` names instead of Windows; None if it names Windows, or that is unknown."""
    host = reader(scene)
    mode = _mode(scene, host)
    if host.wsl.generation in (0, 1) or mode not in (None, *_COMPARED):
        return None
    found = _known(scene, host, mode) if host.network.name_servers else _usual(scene, host, mode)
    return found and NameServer(*found, mode == _MIRRORED)


def _mode(scene: Scene, host: Host) -> str | None:
    from wslgo.syntax.wsl.effective import networking_mode  # few files need it

    _, config = scene.other(WSLCONFIG) or ("", None)
    written = networking_mode(config) if config is not None else None
    return written.lower() if written else host.running.networking


def _known(scene: Scene, host: Host, mode: str | None) -> tuple[Named, str] | None:
    """Return what the file of the machine names."""
    servers = host.network.name_servers or ()
    tunnel = _tunnel(scene)
    if tunnel in servers:
        return Named.TUNNEL, tunnel
    gateway = host.network.gateway
    is_other = mode == _MIRRORED or (gateway and servers[0] != gateway)
    return (Named.ANOTHER, servers[0]) if is_other else None


def _usual(scene: Scene, host: Host, mode: str | None) -> tuple[Named, str] | None:
    """Return what the file names by the settings of WSL: the tunnel, by default since WSL 2.2.1 on Windows 11."""
    _, conf = scene.other(WSLCONF) or ("", None)
    if conf is not None and conf.is_true("network", "generateResolvConf") is False:
        return Named.OWN, ""
    from wslgo.knowledge.version import wsl_version  # few files need it

    _, config = scene.other(WSLCONFIG) or ("", None)
    version = wsl_version(host.wsl.version or "") or _TUNNELING_BY_DEFAULT
    has_tunnel = (host.windows.build or _TUNNELING_BUILD) >= _TUNNELING_BUILD and version >= _TUNNELING_BY_DEFAULT
    if has_tunnel and (config is None or config.is_true("wsl2", "dnsTunneling") is not False):
        return Named.TUNNEL, _tunnel(scene)
    return (Named.ANOTHER, "") if mode == _MIRRORED else None


def _tunnel(scene: Scene) -> str:
    _, config = scene.other(WSLCONFIG) or ("", None)
    setting = config.find("experimental", "dnsTunnelingIpAddress") if config is not None else None
    return (setting.converted if setting is not None else "") or TUNNEL
