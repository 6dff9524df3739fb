"""The names of C libraries that wslgo looks for on a machine: for the linker, for pkg-config, and of headers.

They are those of `c_libraries.py` and `cuda.py`: `-lcuda`, `alsa`, `<cuda.h>`.
"""

from wslgo.knowledge import c_libraries, cuda

CUDA = frozenset(f"-l{name}" for name in (*cuda.LIBRARIES, *cuda.MONITORING_LIBRARIES, "cudart_static"))
LINKED = CUDA | {f"-l{name}" for name in c_libraries.LINKED}
CUDA_HEADERS = frozenset(f"<{name}>" for name in (*cuda.HEADERS, *cuda.MONITORING_HEADERS))
HEADERS = CUDA_HEADERS | {f"<{name}>" for name in c_libraries.HEADERS}
PKG_CONFIG = frozenset(c_libraries.PKG_CONFIG)
KNOWN = LINKED | HEADERS | PKG_CONFIG
