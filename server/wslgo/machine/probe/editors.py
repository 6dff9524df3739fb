"""The servers that editors have installed in this distribution."""

import re

from wslgo.knowledge.cuda import NSIGHT
from wslgo.machine.host import Editor
from wslgo.machine.probe import programs
from wslgo.machine.probe.context import ProbeContext

# Folders in the user's home folder: VS Code and editors that are built from it.
SERVERS = {
    ".vscode-server": "VS Code",
    ".vscode-server-insiders": "VS Code Insiders",
    ".vscodium-server": "VSCodium",
    ".cursor-server": "Cursor",
    ".windsurf-server": "Windsurf",
}
GO_EXTENSION = "golang.go-"
OTHER_EXTENSIONS = (NSIGHT,)


def editors(machine: ProbeContext) -> tuple[Editor, ...] | None:
    """Return the editors that have connected to this distribution."""
    home = machine.ask(programs.home)
    if home is None:
        return None
    found = ((name, f"{home}/{folder}") for folder, name in SERVERS.items())
    return tuple(_editor(machine, name, folder) for name, folder in found if machine.world.exists(folder))


def _editor(machine: ProbeContext, name: str, folder: str) -> Editor:
    names = machine.world.names(f"{folder}/extensions")
    others = tuple(
        extension for extension in OTHER_EXTENSIONS if any(name.startswith(f"{extension}-") for name in names)
    )
    return Editor(name, folder, _go_extension(names), others)


def _go_extension(names: tuple[str, ...]) -> str:
    """Return the newest version of the Go extension: VS Code removes old ones only at its next start."""
    versions = [name.removeprefix(GO_EXTENSION) for name in names if name.startswith(GO_EXTENSION)]
    numbers = (version for version in versions if re.fullmatch(r"[0-9]+(\.[0-9]+)*", version))
    return max(numbers, key=lambda version: [int(part) for part in version.split(".")], default="")
