"""Facts about displays and networks that files beside a shell file decide, else the machine, else WSL's defaults."""

from wslgo.goenv.readers import is_own
from wslgo.knowledge.version import wsl_version
from wslgo.linter.scene import Scene
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import WSLCONF, WSLCONFIG

# Windows with WSLg, and with DNS tunneling; WSL that turns tunneling on by itself (docs of Microsoft, 2026-07).
_WSLG_BUILD = 19044
_TUNNELING_BUILD = 22621
_TUNNELING_BY_DEFAULT = (2, 2, 1)
# What a file of these needs of the machine.
DISPLAY_NEEDS = ("wsl.generation", "home", "wslg.folder", "windows.build")
ADDRESS_NEEDS = ("wsl.generation", "home", "wsl.version", "windows.build", "running.networking", "network.name_servers")

TUNNEL = "10.255.255.254"


def has_wslg(scene: Scene) -> bool:
    """Return whether WSLg sets `DISPLAY`: as it does by default on WSL 2."""
    host = _reader(scene)
    is_known = host.wsl.generation is not None
    if (is_known and host.wslg.folder is None) or (host.windows.build or _WSLG_BUILD) < _WSLG_BUILD:
        return False
    _, config = scene.other(WSLCONFIG) or ("", None)
    _, conf = scene.other(WSLCONF) or ("", None)
    is_off = config is not None and config.is_true("wsl2", "guiApplications") is False
    return not is_off and not (conf is not None and conf.is_true("general", "guiApplications") is False)


def has_tunnel(scene: Scene) -> bool:
    """Return whether `resolv.conf` names the DNS tunnel: as it does by default since WSL 2.2.1 on Windows 11."""
    host = _reader(scene)
    servers, version = host.network.name_servers, wsl_version(host.wsl.version or "")
    if host.wsl.generation in (0, 1):
        return False
    if servers is not None:
        return TUNNEL in servers
    if (host.windows.build or _TUNNELING_BUILD) < _TUNNELING_BUILD or (version or (9,)) < _TUNNELING_BY_DEFAULT:
        return False
    _, config = scene.other(WSLCONFIG) or ("", None)
    return config is None or config.is_true("wsl2", "dnsTunneling") is not False


def is_mirrored(scene: Scene) -> bool:
    """Return whether networking is mirrored, so that Windows is at 127.0.0.1."""
    from wslgo.syntax.wsl.effective import networking_mode  # few shell files need it

    _, config = scene.other(WSLCONFIG) or ("", None)
    if config is not None and networking_mode(config) is not None:
        return networking_mode(config) == "Mirrored"
    return _reader(scene).running.networking == "mirrored"


def _reader(scene: Scene) -> Host:
    """Return the machine that reads a file; off WSL, a file of others is taken to be for a usual WSL 2."""
    is_for_wsl = scene.host.wsl.generation == 0 and not is_own(scene.file, scene.host)
    return UNKNOWN if is_for_wsl else scene.host
