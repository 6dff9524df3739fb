"""The modes of files on a Windows drive: kept or lost, by the options that WSL mounts it with."""

from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import FSTAB, WSLCONF

# The facts that it depends on.
MODE_NEEDS = ("wsl.generation", "mounts", "wslconf")


def loses_modes(folder: str, host: Host, scene: MachineScene) -> bool:
    """Return whether a folder is on a Windows drive that keeps no modes; False if that is not sure."""
    if not folder or not host.wsl.generation or host.wslconf is None or not host.is_on_windows(folder):
        return False
    return not _keeps_modes(host, scene) and not _is_by_fstab(host, scene, folder)


def _keeps_modes(host: Host, scene: MachineScene) -> bool:
    """Return whether the options have metadata, or do not decide."""
    from wslgo.syntax.wsl.drvfs import options  # few workspaces are on a drive

    file = scene.wsl_file(host, WSLCONF)
    is_elsewhere = file.stopped_at_line is not None or file.is_true("automount", "enabled") is False
    setting = file.find("automount", "options")
    is_garbled = setting is not None and "\\" in setting.written.raw
    return is_elsewhere or is_garbled or any(option.name == "metadata" for option in options(file))


def _is_by_fstab(host: Host, scene: MachineScene, folder: str) -> bool:
    """Return whether a line of fstab mounts the drive, with its own options."""
    from wslgo.syntax.fstab import Fstab  # as above

    mount = host.mount_of(folder)
    tables = (file.tree for file in scene.files if file.family.name == FSTAB)
    entries = (entry for table in tables if isinstance(table, Fstab) for entry in table.entries)
    return mount is not None and any(entry.target.rstrip("/") == mount.target for entry in entries)
