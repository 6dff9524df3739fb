"""Facts about displays that files beside a shell file decide, else the machine, else WSL's defaults."""

from wslgo.linter.scene import Scene
from wslgo.machine.host import UNKNOWN, Host
from wslgo.syntax.family import WSLCONF, WSLCONFIG

# Windows with WSLg (docs of Microsoft, 2026-07).
_WSLG_BUILD = 19044
# What a file of these needs of the machine.
DISPLAY_NEEDS = ("wsl.generation", "home", "wslg.folder", "windows.build")


def has_wslg(scene: Scene) -> bool:
    """Return whether WSLg sets `DISPLAY`: as it does by default on WSL 2."""
    host = reader(scene)
    is_known = host.wsl.generation is not None
    if (is_known and host.wslg.folder is None) or (host.windows.build or _WSLG_BUILD) < _WSLG_BUILD:
        return False
    _, config = scene.other(WSLCONFIG) or ("", None)
    _, conf = scene.other(WSLCONF) or ("", None)
    is_off = config is not None and config.is_true("wsl2", "guiApplications") is False
    return not is_off and not (conf is not None and conf.is_true("general", "guiApplications") is False)


def reader(scene: Scene) -> Host:
    """Return the machine that reads a file; off WSL, a file of others is taken to be for a usual WSL 2."""
    from wslgo.goenv.readers import is_own  # most files name neither a display nor an address of Windows

    is_for_wsl = scene.host.wsl.generation == 0 and not is_own(scene.file, scene.host)
    return UNKNOWN if is_for_wsl else scene.host
