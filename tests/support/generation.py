"""The output of `wslgo launch` for a workspace, on a machine with a GPU."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from listing import MemoryListing
from tree import TESTS
from wslgo.golang.project import Project
from wslgo.launch.generate import generate
from wslgo.launch.generate.entry import Generated
from wslgo.machine.host import Gpu, Host, Tool

Json = Any

PROGRAMS = TESTS / "launch/dap/programs"
_READ = frozenset((".go", ".mod", ".work", ".c", ".h", ".cu", ".yaml"))


def machine(dlv: Path, toolkit: Path) -> Host:
    """Return a machine with the tools of this one, a driver, and a loader that does not find it (no ld.wsl.conf)."""
    nvcc = str(toolkit / "bin" / "nvcc")
    gpu = Gpu(has_library=True, loader_finds_library=False, toolkit=Tool(str(toolkit)), nvcc=nvcc)
    path = tuple(os.environ["PATH"].split(os.pathsep))
    return Host(delve=Tool(str(dlv)), compiler=Tool("gcc"), search_path=path, gpu=gpu)


def generated(workspace: Path, host: Host) -> Generated:
    files = [path for path in workspace.rglob("*") if path.suffix in _READ or path.name == "Dockerfile"]
    texts = {path.relative_to(workspace).as_posix(): path.read_text(encoding="utf-8") for path in sorted(files)}
    return generate(Project(MemoryListing(texts)), host)


def configurations(made: Generated) -> dict[str, Json]:
    """Return launch configurations by their keys, as the editor reads them from the file."""
    return {configuration.key: json.loads(json.dumps(configuration.value)) for configuration in made.configurations}


def tasks(made: Generated) -> dict[str, Json]:
    """Return tasks by their labels, as the editor reads them from the file."""
    return {task.label: json.loads(json.dumps(task.value)) for task in made.tasks}


Entries = Callable[[Path], dict[str, Json]]
