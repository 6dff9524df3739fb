"""The places that are measured: the disk of Linux, each Windows drive, other disks, and folders on request."""

from collections.abc import Iterator, Mapping, Sequence

from wslgo.bench.model import CACHE, MODULES, ROLES, WORKSPACE, Arrangement, Place, Skipped
from wslgo.machine.host import Host, Mount
from wslgo.system.world import World
from wslgo.text.message import Message, Text

# File systems on which people keep code. A tmpfs is memory and an overlay a container's: those only on request.
_DISKS = frozenset(("ext4", "ext3", "btrfs", "xfs", "f2fs", "zfs", "nfs", "nfs4", "cifs", "smb3", "fuseblk"))
# Mounts that WSL and the system make for themselves.
_NOT_FOR_CODE = ("/usr/lib/wsl", "/mnt/wsl", "/mnt/wslg", "/boot", "/snap", "/var/lib/docker", "/run", "/init", "/etc")
_TEMPORARY = ("/var/tmp", "/tmp")  # noqa: S108 - a folder with a random name is made there

NOT_WRITABLE = Message(en="no folder there is writable for you", zh="那里没有您可写的文件夹")
NOT_A_FOLDER = Message(en="--on {path} is not an absolute path of a folder", zh="--on {path} 不是文件夹的绝对路径")
IN_PROJECT = Message(
    en="--on {path} is in a project, which is never written to; name a folder outside of it",
    zh="--on {path} 位于项目之中，而项目从不会被写入；请指定项目之外的文件夹",
)
NO_LINUX_PLACE = Message(
    en="no folder on a disk of Linux is writable: neither ~/.cache nor /var/tmp nor /tmp",
    zh="Linux 磁盘上没有可写的文件夹：~/.cache、/var/tmp 和 /tmp 均不可写",
)


def places(host: Host, world: World, requested: Sequence[str] = ()) -> tuple[list[Place], list[Skipped]]:
    """Return the places, the first of which is on a disk of Linux, and mounts that cannot be measured.

    `requested` are absolute paths of folders. Raises ValueError if no folder on Linux can be written.
    """
    first = _linux_place(host, world)
    if first is None:
        raise ValueError
    found, skipped = [first], list[Skipped]()
    for mount in _mounts_for_code(host):
        if _is_known(mount, found, world):
            continue
        folder = next((path for path in _folders(mount, host) if world.can_write(path)), None)
        if folder is None:
            skipped.append(Skipped(Place("", mount.target, mount.kind, mount.windows).name, NOT_WRITABLE()))
        else:
            found.append(_place(folder, host))
    found += [_place(path, host)._replace(mount=path) for path in requested if path not in {at.folder for at in found}]
    return found, skipped


def problem_of(path: str, world: World, *, is_in_project: bool) -> Text | None:
    """Return why a requested folder cannot be measured."""
    if not path.startswith("/") or not world.exists(path) or world.can_write(path) is False:
        return NOT_A_FOLDER(path=path)
    return IN_PROJECT(path=path) if is_in_project else None


def arrangements(
    found: Sequence[Place], *, is_whole: bool = True, variables: Sequence[Mapping[str, str]] = ()
) -> list[Arrangement]:
    """Return what is measured side by side: all on each place, the first place again, and with `variables` set.

    A whole measurement also moves GOCACHE, GOMODCACHE and the workspace to each other place alone.
    """
    first = found[0]
    wanted = [Arrangement((first, first, first)), Arrangement((first, first, first), is_twin=True)]
    for place in found[1:]:
        wanted.append(Arrangement((place, place, place), ROLES))
        for role in (CACHE, MODULES, WORKSPACE) if is_whole else ():
            chosen = [place if role == other else first for other in ROLES]
            wanted.append(Arrangement((chosen[0], chosen[1], chosen[2]), (role,)))
    wanted += [Arrangement((first, first, first), variables=tuple(named.items())) for named in variables]
    return wanted


def _linux_place(host: Host, world: World) -> Place | None:
    home = host.home or world.environment.get("HOME", "")
    cache = world.environment.get("XDG_CACHE_HOME", "")
    folders = [cache, f"{home}/.cache" if home else "", home, *_TEMPORARY]
    for path in folders:
        if path.startswith("/") and not host.is_on_windows(path) and world.can_write(path):
            return _place(path, host)
    return None


def _mounts_for_code(host: Host) -> Iterator[Mount]:
    """Yield Windows drives and disks, `C:` first."""
    mounts = sorted(host.mounts or (), key=lambda mount: (mount.windows is None, mount.windows or "", mount.target))
    for mount in mounts:
        is_system = any(f"{mount.target}/".startswith(f"{folder}/") for folder in _NOT_FOR_CODE)
        if not is_system and (mount.windows or mount.kind in _DISKS):
            yield mount


def _folders(mount: Mount, host: Host) -> Iterator[str]:
    """Yield folders of a mount, the best first: on the system drive a user can write only below the profile."""
    profile = host.windows.profile
    if profile and mount.windows and f"{profile}/".startswith(f"{mount.target.rstrip('/')}/"):
        yield f"{profile}/AppData/Local/Temp"
        yield profile
    yield mount.target


def _place(folder: str, host: Host) -> Place:
    mount = host.mount_of(folder)
    if mount is None:
        return Place(folder)
    return Place(folder, mount.target, mount.kind, mount.windows)


def _is_known(mount: Mount, found: Sequence[Place], world: World) -> bool:
    """Return whether a mount shows a drive or file system that is measured already."""
    if mount.windows and mount.windows in {place.windows for place in found}:
        return True
    status = world.stat(mount.target)
    others = [world.stat(place.folder) for place in found]
    return status is None or any(other is not None and other.st_dev == status.st_dev for other in others)
