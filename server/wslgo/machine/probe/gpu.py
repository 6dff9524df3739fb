"""The paravirtual GPU of WSL: its device, the libraries of the driver, the toolkit."""

import json
import re

from wslgo.knowledge.nvidia import FOLDER, LIBRARY
from wslgo.machine.host import Card, Tool
from wslgo.machine.probe import kernel, programs
from wslgo.machine.probe.context import Machine
from wslgo.system.programs import NVIDIA_SMI

SMI = f"{FOLDER}/nvidia-smi"
TOOLKIT = "/usr/local/cuda"
COLUMNS = ("index", "name", "memory.total", "driver_version")

_ROW = re.compile(r"\s*([0-9]+), (.*), ([^,]+), ([^,]*\S)\s*\Z")  # names may hold commas


def has_device(machine: Machine) -> bool | None:
    return machine.world.exists("/dev/dxg") if machine.ask(kernel.generation) else None


def has_library(machine: Machine) -> bool | None:
    return machine.world.exists(f"{FOLDER}/{LIBRARY}") if machine.ask(kernel.generation) else None


def loader_finds_library(machine: Machine) -> bool | None:
    """Whether ldconfig has put the library of Windows' driver into its cache; without a cache, whether it would."""
    if not machine.ask(has_library):
        return None
    known = machine.world.read("/etc/ld.so.cache")
    if known is not None:
        return f"{FOLDER}/{LIBRARY}\0".encode() in known
    files = (f"/etc/ld.so.conf.d/{name}" for name in machine.world.names("/etc/ld.so.conf.d") if name.endswith(".conf"))
    return any(line.strip() == FOLDER for file in files for line in (machine.text(file) or "").split("\n"))


def cards(machine: Machine) -> tuple[Card, ...] | None:
    """`NVIDIA GeForce RTX 4070 Laptop GPU` and its like."""
    return tuple(card for card, _ in machine.ask(_listed)) or None


def driver(machine: Machine) -> str | None:
    """The version of Windows' driver."""
    return next((version for _, version in machine.ask(_listed)), None)


def nvcc(machine: Machine) -> str | None:
    """The CUDA compiler: distributions have one in /usr/bin, NVIDIA's own is in no PATH."""
    if not machine.ask(kernel.generation):
        return None
    return programs.find(machine, "nvcc", after=(f"{TOOLKIT}/bin",)) or ""


def toolkit(machine: Machine) -> Tool | None:
    """The CUDA toolkit; its version stands in a file since 11.1."""
    if not machine.world.exists(f"{TOOLKIT}/bin/nvcc"):
        return None
    try:
        version = json.loads(machine.text(f"{TOOLKIT}/version.json") or "")["cuda"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        version = None
    return Tool(TOOLKIT, version if isinstance(version, str) else None)


def _listed(machine: Machine) -> tuple[tuple[Card, str], ...]:
    """Each card and the version of its driver."""
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return ()
    ran = programs.run(machine, NVIDIA_SMI, SMI, f"--query-gpu={','.join(COLUMNS)}", "--format=csv,noheader,nounits")
    lines = ran.out.decode("utf-8", "replace").splitlines() if ran and not ran.code else []
    rows = (row.groups() for line in lines if (row := _ROW.match(line)))
    return tuple((_card(number, name, memory), version) for number, name, memory, version in rows)


def _card(number: str, name: str, memory: str) -> Card:
    """nvidia-smi counts memory in MiB; of some cards it says `[N/A]`."""
    return Card(int(number), name, int(memory) << 20 if memory.isdecimal() else None)
