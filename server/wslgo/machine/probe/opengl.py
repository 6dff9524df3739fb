"""The driver that draws OpenGL, by the files that Mesa loads; no program is started for it.

Mesa draws with the GPU of Windows through Direct3D if its driver `d3d12` is installed, `libd3d12.so` of WSL can be
loaded, and `/dev/dxg` is there (src/gallium/winsys/d3d12/wgl, docs of Mesa 21 and newer); else with the processor.
"""

from wslgo.knowledge.nvidia import FOLDER
from wslgo.machine.probe import gpu, kernel
from wslgo.machine.probe.context import ProbeContext

D3D12, LLVMPIPE = "d3d12", "llvmpipe"
DIRECT3D = "libd3d12.so"
DRIVER, SOFTWARE = "d3d12_dri.so", "swrast_dri.so"
DEVICE = "/dev/dxg"

_ON = frozenset(("1", "true", "y", "yes", "t"))
_OF_SOFTWARE = frozenset(("llvmpipe", "softpipe", "swrast"))


def renderer(machine: ProbeContext) -> str | None:
    """Return the driver of Mesa, "" if Mesa is not installed."""
    cause_of_software = machine.ask(cause)
    if machine.ask(kernel.generation) != 2 or cause_of_software is None:
        return None
    if not machine.ask(_drivers):
        return ""
    return LLVMPIPE if cause_of_software else D3D12


def cause(machine: ProbeContext) -> str | None:
    """Return why the processor draws: `NAME=VALUE`, or a file that is missing; "" if the GPU does."""
    if machine.ask(kernel.generation) != 2:
        return None
    environment, known = machine.environment, machine.ask(_drivers)
    if environment.get("LIBGL_ALWAYS_SOFTWARE", "").lower() in _ON:
        return f"LIBGL_ALWAYS_SOFTWARE={environment['LIBGL_ALWAYS_SOFTWARE']}"
    if environment.get("GALLIUM_DRIVER", "") in _OF_SOFTWARE:
        return f"GALLIUM_DRIVER={environment['GALLIUM_DRIVER']}"
    if not machine.ask(gpu.has_device):
        return DEVICE
    if not machine.world.exists(f"{FOLDER}/{DIRECT3D}"):
        return f"{FOLDER}/{DIRECT3D}"
    # A Mesa that has put all its drivers into one file has none of these.
    return DRIVER if SOFTWARE in known and DRIVER not in known else ""


def _drivers(machine: ProbeContext) -> frozenset[str]:
    """Return the files of Mesa's drivers."""
    return frozenset(name for folder in gpu.LIBRARY_FOLDERS for name in machine.world.names(f"{folder}/dri"))
