"""The adapter that the Go extension takes for an entry: Delve itself, or the `legacy` one before it.

golang/vscode-go extension/src/goDebugConfiguration.ts at 28e27ffd: the entry decides, then `go.delveConfig` where a
user or workspace sets it, else Delve. For a remote attach it is Delve only if Delve can guess the paths of the program
(`dlv substitute-path-guess-helper`, Delve 1.24.0), which the extension asks since 0.46.0. Until then it was
Delve only in 0.41.0 to 0.41.2. A preview (an odd minor version) always takes Delve.
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import request_and_mode
from wslgo.machine.host import Host
from wslgo.syntax.family import SETTINGS, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.typing import cast

LEGACY = "legacy"
GUESSING_DELVE = (1, 24, 0)
GUESSING_EXTENSION = (0, 46, 0)
# Delve was the adapter of every remote attach from the first of these releases up to the second.
DELVE_ALWAYS = ((0, 41, 0), (0, 41, 3))


def chosen_adapter(configuration: Configuration, files: tuple[File, ...]) -> str:
    """Return the adapter that an entry names, or else the settings; "" if the extension decides."""
    named = configuration.text("debugAdapter")
    if named:
        return named
    found = (node.string for node in delve_settings(files, "debugAdapter"))
    return next((name for name in found if name), "")


def is_legacy_with(configuration: Configuration, files: tuple[File, ...]) -> bool:
    """Return whether an entry or the settings choose the old adapter."""
    return chosen_adapter(configuration, files) == LEGACY


def delve_settings(files: tuple[File, ...], name: str) -> Iterator[Node]:
    """Yield the values of a member of `go.delveConfig` in files of settings."""
    for file in files:
        if file.family.name in (SETTINGS, WORKSPACE) and "go.delveConfig" in file.source.text:
            tree = cast("Jsonc", file.tree)
            place = tree.at("settings") if file.family.name == WORKSPACE else tree.root
            node = place.at("go.delveConfig", name) if place is not None else None
            if node is not None:
                yield node


def takes_old_adapter(configuration: Configuration, files: tuple[File, ...], host: Host) -> bool:
    """Return whether the Go extension and the Delve of a machine leave a remote attach to the old adapter."""
    if request_and_mode(configuration) != "attach/remote" or chosen_adapter(configuration, files):
        return False
    releases = [editor.go_extension for editor in host.editors or () if editor.go_extension]
    delve = host.delve.version or "" if host.delve else ""
    return bool(releases) and all(falls_back(release, delve) for release in releases)


def falls_back(extension: str, delve: str) -> bool | None:
    """Return whether a remote attach takes the old adapter in these versions; None if one of them is unknown."""
    release, version = _numbers(extension), _numbers(delve)
    if release is None:
        return None
    is_preview = release[0] == 0 and release[1] % 2 == 1 and release[1] > 42
    if is_preview or DELVE_ALWAYS[0] <= release < DELVE_ALWAYS[1]:
        return False
    if release < GUESSING_EXTENSION:
        return True
    return None if version is None else version < GUESSING_DELVE


def _numbers(version: str) -> tuple[int, int, int] | None:
    from wslgo.knowledge.version import module_version  # few entries attach to another machine

    found = module_version(f"v{version}")
    return None if found is None else found[:3]
