"""A machine with a GPU, as entries see it: the driver's folder is another one here, and nothing else differs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Json = Any
Drivers = Mapping[str, Path]  # folders with a stand-in for the driver each

DRIVER = "/usr/lib/wsl/lib"


def with_driver(entry: Json, folder: Path) -> Json:
    """A generated entry, with the driver in this folder instead of WSL's, to be linked and to be loaded."""
    assert entry["env"]["LD_LIBRARY_PATH"] == DRIVER
    return json.loads(json.dumps(entry).replace(DRIVER, str(folder)))


def without_library_path(entry: Json, folder: Path) -> Json:
    """The entry with the driver in this folder, of which only the linker knows."""
    known = with_driver(entry, folder)
    return known | {"env": {name: value for name, value in known["env"].items() if name != "LD_LIBRARY_PATH"}}
