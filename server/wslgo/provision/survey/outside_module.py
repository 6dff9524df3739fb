"""A folder with Go files in which the go command finds no module: no go.mod or go.work in it or above it."""

import os
from pathlib import Path

from wslgo.golang.project import is_skipped
from wslgo.golang.workspace import OutsideModule

_MOST_FOLDERS = 200


def outside_module(folder: Path) -> OutsideModule | None:
    """Return the Go files and modules that go does not find from a folder; None if there are none.

    Modules count in the root of a repository, each in a folder of its own. In a folder with several repositories, as
    many people have, none belongs to another.
    """
    try:
        with os.scandir(folder) as entries:
            here = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return None
    files = (entry.name for entry in here if entry.name.endswith(".go") and entry.is_file(follow_symlinks=False))
    file = next((name for name in files if not name.endswith("_test.go")), "")
    is_root = any(entry.name == ".git" for entry in here)
    folders = [Path(entry.path) for entry in here if entry.is_dir(follow_symlinks=False) and not is_skipped(entry.name)]
    modules = tuple(path.name for path in folders[:_MOST_FOLDERS] if _is_module(path)) if is_root else ()
    if not file and len(modules) < 2:
        return None
    return OutsideModule(str(folder), file, modules)


def _is_module(folder: Path) -> bool:
    """Return whether a folder has a go.mod, and is not a repository of its own."""
    return (folder / "go.mod").is_file() and not (folder / ".git").exists()
