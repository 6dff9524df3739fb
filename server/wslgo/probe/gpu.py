"""The paravirtual GPU of WSL: its device, the libraries of the driver, the toolkit."""

import json

from wslgo.host import Tool
from wslgo.probe import kernel, programs
from wslgo.probe.machine import Machine

FOLDER = "/usr/lib/wsl/lib"
LIBRARY = "libcuda.so.1"  # the name that programs ask the loader for
SMI = f"{FOLDER}/nvidia-smi"
TOOLKIT = "/usr/local/cuda"


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
    return any(line.strip() == FOLDER for file in files for line in (machine.text(file) or "").splitlines())


def names(machine: Machine) -> tuple[str, ...] | None:
    """`NVIDIA GeForce RTX 4070 Laptop GPU`, one for each."""
    return tuple(name for name, _ in machine.ask(_cards)) or None


def driver(machine: Machine) -> str | None:
    """The version of Windows' driver."""
    return next((version for _, version in machine.ask(_cards)), None)


def toolkit(machine: Machine) -> Tool | None:
    """The CUDA toolkit; its version stands in a file since 11.1."""
    if not machine.world.exists(f"{TOOLKIT}/bin/nvcc"):
        return None
    try:
        version = json.loads(machine.text(f"{TOOLKIT}/version.json") or "")["cuda"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        version = None
    return Tool(TOOLKIT, version if isinstance(version, str) else None)


def _cards(machine: Machine) -> tuple[tuple[str, str], ...]:
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return ()
    ran = programs.run(machine, SMI, "--query-gpu=name,driver_version", "--format=csv,noheader")
    lines = ran.out.decode("utf-8", "replace").splitlines() if ran and not ran.code else []
    rows = (line.rpartition(",") for line in lines if "," in line)
    return tuple((name.strip(), version.strip()) for name, _, version in rows)
