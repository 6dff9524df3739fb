"""`LD_LIBRARY_PATH` finds another `libcuda.so.1` before the one of WSL.

In WSL the driver is that of Windows, whose library is in `/usr/lib/wsl/lib`, and the dynamic linker finds it without
`LD_LIBRARY_PATH`. A stub of the CUDA toolkit (`/usr/local/cuda/lib64/stubs`, made for linking) fails with "CUDA driver
is a stub library" (error 34), and the library of a Linux driver finds no device. `-L.../stubs` in `CGO_LDFLAGS` is
right.

## Example

```json host host=nvidia-gpu
{"gpu": {"hidden_by": "/usr/local/cuda/lib64/stubs/libcuda.so.1"}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"hidden_by": ""}}
```

## Example

```json host host=nvidia-gpu
{"gpu": {"hidden_by": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}}
```

## No finding

Windows has no NVIDIA driver:

```json host
{"gpu": {"has_library": false, "hidden_by": "/usr/local/cuda/lib64/stubs/libcuda.so.1"}}
```

## No finding

Not known:

```json host host=nvidia-gpu
{"gpu": {"hidden_by": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

STUB = Message(
    en="LD_LIBRARY_PATH finds {path} before the driver of Windows: CUDA driver is a stub library (error 34)",
    zh="LD_LIBRARY_PATH 先找到 {path}，而不是 Windows 的驱动：CUDA driver is a stub library（错误 34）",
)
MESSAGE = Message(
    en="LD_LIBRARY_PATH finds {path} before the driver of Windows: CUDA programs find no GPU",
    zh="LD_LIBRARY_PATH 先找到 {path}，而不是 Windows 的驱动：CUDA 程序找不到 GPU",
)
REMOVE = Message(
    en="remove {folder} from LD_LIBRARY_PATH where it is exported: the linker finds /usr/lib/wsl/lib without it",
    zh="在导出 LD_LIBRARY_PATH 的位置删除 {folder}：动态链接器无需它也能找到 /usr/lib/wsl/lib",
)


@machine_rule(Severity.ERROR, "gpu.library", needs=("gpu.has_library", "gpu.hidden_by"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    path = host.gpu.hidden_by
    if path and host.gpu.has_library:
        folder = path.rpartition("/")[0]
        message = STUB if folder.endswith("/stubs") else MESSAGE
        yield machine_finding(message(path=path), REMOVE(folder=folder))
