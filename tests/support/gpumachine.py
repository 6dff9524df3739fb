"""A machine with a GPU, as entries see it; only the driver's folder is another one here."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Json = Any
Drivers = Mapping[str, Path]  # folders with a fake driver each

DRIVER = "/usr/lib/wsl/lib"


def with_driver(entry: Json, folder: Path) -> Json:
    """Return a generated entry that links and loads the driver from this folder instead of WSL's."""
    assert entry["env"]["LD_LIBRARY_PATH"] == DRIVER
    return json.loads(json.dumps(entry).replace(DRIVER, str(folder)))


def without_library_path(entry: Json, folder: Path) -> Json:
    """Return the entry with the driver in this folder for the linker only, not for loading."""
    known = with_driver(entry, folder)
    return known | {"env": {name: value for name, value in known["env"].items() if name != "LD_LIBRARY_PATH"}}
