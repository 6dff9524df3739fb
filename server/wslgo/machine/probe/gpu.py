"""The paravirtual GPU of WSL: its device, the driver's libraries, the CUDA toolkit."""

import json
import re

from wslgo.knowledge.nvidia import FOLDER, LIBRARY
from wslgo.machine.host import Card, Tool
from wslgo.machine.probe import kernel, programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.system.programs import NVIDIA_SMI

SMI = f"{FOLDER}/nvidia-smi"
TOOLKIT = "/usr/local/cuda"
COLUMNS = ("index", "name", "memory.total", "driver_version")

_ROW = re.compile(r"\s*([0-9]+), (.*), ([^,]+), ([^,]*\S)\s*\Z")  # names may contain commas


def has_device(machine: ProbeContext) -> bool | None:
    return machine.world.exists("/dev/dxg") if machine.ask(kernel.generation) else None


def has_library(machine: ProbeContext) -> bool | None:
    return machine.world.exists(f"{FOLDER}/{LIBRARY}") if machine.ask(kernel.generation) else None


def loader_finds_library(machine: ProbeContext) -> bool | None:
    """Return whether ldconfig's cache has the library of the Windows driver; without a cache, whether it would."""
    if not machine.ask(has_library):
        return None
    known = machine.world.read("/etc/ld.so.cache")
    if known is not None:
        return f"{FOLDER}/{LIBRARY}\0".encode() in known
    files = (f"/etc/ld.so.conf.d/{name}" for name in machine.world.names("/etc/ld.so.conf.d") if name.endswith(".conf"))
    return any(line.strip() == FOLDER for file in files for line in (machine.text(file) or "").split("\n"))


def cards(machine: ProbeContext) -> tuple[Card, ...] | None:
    """Return the GPUs that nvidia-smi lists."""
    return tuple(card for card, _ in machine.ask(_cards_with_drivers)) or None


def driver(machine: ProbeContext) -> str | None:
    """Return the version of the Windows driver."""
    return next((version for _, version in machine.ask(_cards_with_drivers)), None)


def nvcc(machine: ProbeContext) -> str | None:
    """Return the CUDA compiler, "" if it is not installed: NVIDIA's own packages do not add it to PATH."""
    if not machine.ask(kernel.generation):
        return None
    return programs.find(machine, "nvcc", after=(f"{TOOLKIT}/bin",)) or ""


def toolkit(machine: ProbeContext) -> Tool | None:
    """Return the CUDA toolkit; since 11.1 it has a file with its version."""
    if not machine.world.exists(f"{TOOLKIT}/bin/nvcc"):
        return None
    try:
        version = json.loads(machine.text(f"{TOOLKIT}/version.json") or "")["cuda"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        version = None
    return Tool(TOOLKIT, version if isinstance(version, str) else None)


def _cards_with_drivers(machine: ProbeContext) -> tuple[tuple[Card, str], ...]:
    """Return each card with the version of its driver."""
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return ()
    ran = programs.run(machine, NVIDIA_SMI, SMI, f"--query-gpu={','.join(COLUMNS)}", "--format=csv,noheader,nounits")
    lines = ran.out.decode("utf-8", "replace").splitlines() if ran and not ran.code else []
    rows = (row.groups() for line in lines if (row := _ROW.match(line)))
    return tuple((_card(number, name, memory), version) for number, name, memory, version in rows)


def _card(number: str, name: str, memory: str) -> Card:
    """Return a card; nvidia-smi prints its memory in MiB, or `[N/A]`."""
    return Card(int(number), name, int(memory) << 20 if memory.isdecimal() else None)
