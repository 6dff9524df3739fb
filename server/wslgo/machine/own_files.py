"""The files that configure a machine: those of WSL, of the go command, of shells, of DNS and of editors."""

from collections.abc import Iterator

from wslgo.knowledge.shell_startup import ENVIRONMENT, FISH_FOLDER, PROFILE, PROFILE_FOLDER, SHELL_FILES, SYSTEM_FILES
from wslgo.machine.host import Editor, Host
from wslgo.syntax.family import GOENV, Family, by_name, family_of
from wslgo.system.world import World

RESOLV_CONF = "/etc/resolv.conf"
FSTAB = "/etc/fstab"

# The facts that tell where the files are.
PLACES = frozenset(("wslconfig", "wslconf", "windows.profile", "goenv_path", "home", "editors", "wsl.generation"))

# Where an editor keeps the user's settings on Windows, in %APPDATA%.
_OF_USER = {
    "VS Code": "Code",
    "VS Code Insiders": "Code - Insiders",
    "VSCodium": "VSCodium",
    "Cursor": "Cursor",
    "Windsurf": "Windsurf",
}


def own_files(world: World, host: Host) -> tuple[str, ...]:
    """Return the paths of the files of this machine that set something, whether they exist or not."""
    own = [snapshot.path for snapshot in (host.wslconfig, host.wslconf) if snapshot is not None]
    drop_ins = [f"{PROFILE_FOLDER}/{name}" for name in world.names(PROFILE_FOLDER) if name.endswith(".sh")]
    shell = world.environment.get("SHELL", "bash").rpartition("/")[2]
    personal = [*_of_shell(world, shell, host.home)] if host.home else []
    editors = [path for editor in host.editors or () for path in _settings(editor, host.windows.profile)]
    goenv = [host.goenv_path] if host.goenv_path else []
    system = (ENVIRONMENT, PROFILE, *drop_ins, *SYSTEM_FILES.get(shell, ()))
    return tuple(dict.fromkeys((*own, *goenv, *system, *personal, RESOLV_CONF, FSTAB, *editors)))


def _of_shell(world: World, shell: str, home: str) -> Iterator[str]:
    """Yield the files of a user that a shell reads; fish reads its folder first."""
    if shell == "fish":
        names = (name for name in world.names(f"{home}/{FISH_FOLDER}") if name.endswith(".fish"))
        yield from (f"{home}/{FISH_FOLDER}/{name}" for name in names)
    yield from (f"{home}/{name}" for name in SHELL_FILES.get(shell, ()))


def _settings(editor: Editor, profile: str | None) -> Iterator[str]:
    """Yield the settings of an editor: the user's, on the Windows side, and those of its server here."""
    if profile and editor.name in _OF_USER:
        yield f"{profile}/AppData/Roaming/{_OF_USER[editor.name]}/User/settings.json"
    yield f"{editor.folder}/data/Machine/settings.json"


def family_of_own_file(path: str, host: Host) -> Family | None:
    """Return the family of a file of the machine: GOENV may name any file."""
    return by_name(GOENV) if path == host.goenv_path else family_of(path)
