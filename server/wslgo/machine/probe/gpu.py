"""The paravirtual GPU of WSL: its device, the driver's libraries, the CUDA toolkit."""

import json
import re
from collections.abc import Iterable

from wslgo.knowledge.nvidia import FOLDER, LIBRARY
from wslgo.machine.host import Card, Tool
from wslgo.machine.probe import executable, kernel, programs
from wslgo.machine.probe.context import ProbeContext
from wslgo.syntax import loader_cache
from wslgo.system.programs import NVIDIA_SMI
from wslgo.system.world import Ran

SMI = f"{FOLDER}/nvidia-smi"
DRIVERS = "/usr/lib/wsl/drivers"  # the folder of each driver of Windows
TOOLKIT = "/usr/local/cuda"
# Where the packages of Linux drivers, and NVIDIA's .run file, put their library.
LIBRARY_FOLDERS = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
CDI_FOLDERS = ("/etc/cdi", "/var/run/cdi")
ENGINES, DESKTOP = ("docker", "podman"), "/docker-desktop/"
FOR_CONTAINERS = ("nvidia-ctk", "nvidia-container-runtime", "nvidia-container-cli")
COLUMNS = ("index", "name", "memory.total", "driver_version", "uuid")

_WSL = "/usr/lib/wsl/"  # some make links in a folder of their own there, so that ldconfig does not complain
_LONGEST = 120  # characters of what nvidia-smi says
_MOUNTED = re.compile(r"\bhostPath[\"']?:[ \t]{0,9}[\"']?(/usr/lib/wsl/[^\s\"',]{1,300})")
_MOST_FILES = 100
_CAPABILITY = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")
_TOOLKIT = re.compile(r"cuda-([0-9]{1,3})\.([0-9]{1,3})")
# Names may contain commas.
_ROW = re.compile(r"\s*([0-9]+), (.*), ([^,]+), ((?!GPU-)[^,]*[^,\s])(?:, (GPU-[0-9A-Fa-f-]{1,40}))?\s*\Z")


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
        folder, name = _WSL.encode(), f"/{LIBRARY}".encode()
        return any(folder in path and path.endswith(name) for path in known.split(b"\0"))
    files = (f"/etc/ld.so.conf.d/{name}" for name in machine.world.names("/etc/ld.so.conf.d") if name.endswith(".conf"))
    return any(line.strip().startswith(_WSL) for file in files for line in (machine.text(file) or "").split("\n"))


def has_copies(machine: ProbeContext) -> bool | None:
    """Return whether ldconfig says "libcuda.so.1 is not a symbolic link": Windows copies the library to each name."""
    if not machine.ask(has_library):
        return None
    is_link = machine.world.link(f"{FOLDER}/{LIBRARY}") is not None
    return not is_link and machine.world.exists(f"{FOLDER}/{LIBRARY}.1")


def lent_driver(machine: ProbeContext) -> str | None:
    """Return the folder of an NVIDIA driver that Windows lends; "" if none is among them."""
    if not machine.ask(kernel.generation):
        return None
    names = (name for name in machine.world.names(DRIVERS) if name.startswith("nv"))
    folders = (f"{DRIVERS}/{name}" for name in names)
    return next((folder for folder in folders if machine.world.exists(f"{folder}/{LIBRARY}.1")), "")


def linux_library(machine: ProbeContext) -> str | None:
    """Return the libcuda.so.1 in a folder for libraries of Linux; "" if there is none."""
    if not machine.ask(kernel.generation):
        return None
    places = (f"{folder}/{LIBRARY}" for folder in LIBRARY_FOLDERS)
    return next((place for place in places if machine.world.exists(place) and not _is_of_wsl(machine, place)), "")


def cached_library(machine: ProbeContext) -> str | None:
    """Return the libcuda.so.1 that the loader's cache has before that of the Windows driver; "" if there is none."""
    known = machine.world.read(loader_cache.PATH) if machine.ask(has_library) else None
    if known is None:
        return None
    found = loader_cache.first(known, LIBRARY, machine.ask(executable.processor))
    return "" if found is None or _is_of_wsl(machine, found) else found


def hidden_by(machine: ProbeContext) -> str | None:
    """Return the libcuda.so.1 that LD_LIBRARY_PATH finds before that of WSL; "" if there is none."""
    if not machine.ask(has_library):
        return None
    for folder in machine.environment.get("LD_LIBRARY_PATH", "").split(":"):
        place = f"{folder.rstrip('/')}/{LIBRARY}"
        if folder.startswith("/") and machine.world.exists(place):
            return "" if _is_of_wsl(machine, place) else place
    return ""


def stale_devices(machine: ProbeContext) -> str | None:
    """Return the CDI file with a file of WSL's driver that does not exist; "" if there is none."""
    if not machine.ask(has_library):
        return None
    paths = (f"{folder}/{name}" for folder in CDI_FOLDERS for name in machine.world.names(folder))
    for path in paths:
        named = dict.fromkeys(_MOUNTED.findall(machine.text(path) or ""))
        if not all(machine.world.exists(file) for file in [*named][:_MOST_FILES]) or _is_older(machine, path, named):
            return path
    return ""


def cards(machine: ProbeContext) -> tuple[Card, ...] | None:
    """Return the GPUs that nvidia-smi lists; None if it does not run to its end."""
    found = machine.ask(_cards_with_drivers)
    return None if found is None else tuple(card for card, _ in found)


def capabilities(machine: ProbeContext) -> tuple[str, ...] | None:
    """Return the compute capabilities of the GPUs, each once; None if nvidia-smi does not know them."""
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return None
    ran = programs.run(machine, NVIDIA_SMI, SMI, "--query-gpu=compute_cap", "--format=csv,noheader")
    lines = ran.out.decode("utf-8", "replace").split("\n") if ran is not None and not ran.code else []
    return tuple(dict.fromkeys(filter(_CAPABILITY.fullmatch, map(str.strip, lines)))) or None


def problem(machine: ProbeContext) -> str | None:
    """Return the first line of what nvidia-smi says if it fails."""
    ran = machine.ask(_smi_run)
    if ran is None or not ran.code:
        return None
    lines = (ran.out.strip() or ran.err.strip()).decode("utf-8", "replace").splitlines()
    return lines[0][:_LONGEST].strip() if lines else f"exit code {ran.code}"


def smi(machine: ProbeContext) -> str | None:
    """Return the nvidia-smi that a terminal finds, "" if there is none in PATH."""
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return None
    return None if machine.ask(programs.search_path) is None else programs.find(machine, "nvidia-smi") or ""


def linux_smi(machine: ProbeContext) -> str | None:
    """Return the nvidia-smi of a Linux driver that a terminal finds, "" if it finds another one or none."""
    path = machine.ask(smi)
    if not path or _is_of_wsl(machine, path):
        return None if path is None else ""
    # Others have a script of their own there, which starts that of WSL.
    return path if executable.processor_of(machine.world.read(path) or b"") else ""


def driver(machine: ProbeContext) -> str | None:
    """Return the version of the Windows driver."""
    return next((version for _, version in machine.ask(_cards_with_drivers) or ()), None)


def nvcc(machine: ProbeContext) -> str | None:
    """Return the CUDA compiler, "" if it is not installed: NVIDIA's own packages do not add it to PATH."""
    if not machine.ask(kernel.generation):
        return None
    return programs.find(machine, "nvcc", after=(f"{TOOLKIT}/bin",)) or ""


def visible_devices(machine: ProbeContext) -> str | None:
    return machine.environment.get("CUDA_VISIBLE_DEVICES") if machine.ask(kernel.generation) else None


def device_order(machine: ProbeContext) -> str | None:
    return machine.environment.get("CUDA_DEVICE_ORDER") if machine.ask(kernel.generation) else None


def debugger(machine: ProbeContext) -> str | None:
    """Return cuda-gdb, "" if it is not installed."""
    if not machine.ask(kernel.generation):
        return None
    return programs.find(machine, "cuda-gdb", after=(f"{TOOLKIT}/bin",)) or ""


def container_engine(machine: ProbeContext) -> str | None:
    """Return docker or podman of this distribution, "" if there is none; Docker Desktop brings all that it needs."""
    if not machine.ask(kernel.generation):
        return None
    found = (programs.find(machine, name) for name in ENGINES)
    return next((path for path in found if path and DESKTOP not in machine.world.real(path)), "")


def container_toolkit(machine: ProbeContext) -> str | None:
    """Return NVIDIA's program that gives containers the GPU, "" if it is not installed."""
    if not machine.ask(kernel.generation):
        return None
    return next(filter(None, (programs.find(machine, name, after=("/usr/bin",)) for name in FOR_CONTAINERS)), "")


def toolkit(machine: ProbeContext) -> Tool | None:
    """Return the CUDA toolkit; since 11.1 it has a file with its version."""
    if not machine.world.exists(f"{TOOLKIT}/bin/nvcc"):
        return None
    try:
        version = json.loads(machine.text(f"{TOOLKIT}/version.json") or "")["cuda"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError):
        version = None
    return Tool(TOOLKIT, version if isinstance(version, str) else None)


def unlinked_toolkit(machine: ProbeContext) -> str | None:
    """Return the newest toolkit beside a missing `/usr/local/cuda`, such as `/usr/local/cuda-12.9`; "" if none is."""
    if not machine.ask(kernel.generation):
        return None
    if machine.world.exists(f"{TOOLKIT}/bin/nvcc"):
        return ""
    parent, _, name = TOOLKIT.rpartition("/")
    releases = (match for other in machine.world.names(parent) if (match := _TOOLKIT.fullmatch(other)))
    found = ((int(match[1]), int(match[2]), f"{parent}/{match[0]}") for match in releases if match[0].startswith(name))
    return max((release for release in found if machine.world.exists(f"{release[2]}/bin/nvcc")), default=(0, 0, ""))[2]


def _is_of_wsl(machine: ProbeContext, path: str) -> bool:
    return machine.world.real(path).startswith(_WSL)


def _is_older(machine: ProbeContext, path: str, named: Iterable[str]) -> bool:
    """Return whether a CDI file names only drivers that are older than one that has come since it was written."""
    of_drivers = {place for place in named if place.startswith(f"{DRIVERS}/nv")}
    written, names = machine.world.stat(path), machine.world.names(DRIVERS)
    folders = (f"{DRIVERS}/{name}" for name in names if name.startswith("nv"))
    others = [folder for folder in folders if not any(place.startswith(f"{folder}/") for place in of_drivers)]
    # The files in a folder keep the dates of their maker; the folder has that of its installation.
    drivers = (machine.world.stat(folder) for folder in others if machine.world.exists(f"{folder}/{LIBRARY}.1"))
    if written is None or not of_drivers:
        return False
    return any(driver.st_mtime > written.st_mtime for driver in drivers if driver is not None)


def _smi_run(machine: ProbeContext) -> Ran | None:
    if not machine.ask(kernel.generation) or not machine.world.exists(SMI):
        return None
    return programs.run(machine, NVIDIA_SMI, SMI, f"--query-gpu={','.join(COLUMNS)}", "--format=csv,noheader,nounits")


def _cards_with_drivers(machine: ProbeContext) -> tuple[tuple[Card, str], ...] | None:
    """Return each card with the version of its driver."""
    ran = machine.ask(_smi_run)
    if ran is None:
        return None
    lines = [] if ran.code else ran.out.decode("utf-8", "replace").splitlines()
    rows = (row.groups() for line in lines if (row := _ROW.match(line)))
    return tuple((_card(number, name, memory, uuid), version) for number, name, memory, version, uuid in rows)


def _card(number: str, name: str, memory: str, uuid: str | None) -> Card:
    """Return a card; nvidia-smi prints its memory in MiB, or `[N/A]`."""
    return Card(int(number), name, int(memory) << 20 if memory.isdecimal() else None, uuid)
