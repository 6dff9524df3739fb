"""Delve stops in Go and C code on the processor, never in a CUDA kernel: that takes cuda-gdb.

## What people believe

"Delve breaks in CUDA kernels, through symbols that nvidia-container-cli injects", and "it needs
CUDA_LAUNCH_BLOCKING".

## What is true

Delve shows a breakpoint in a `__global__` function as set. It belongs to the host function of the same line, which
launches the kernel; no thread of the GPU stops there. nvidia-container-cli mounts devices and libraries into a
container and changes no program.

Delve does not need `CUDA_LAUNCH_BLOCKING=1`. The variable makes a launch wait for the kernel, so that the call that
failed reports the error and not a later one. It costs speed and distorts timings.

## What to do

For the Go and C side: set breakpoints in the function that launches the kernel, or where the code checks for errors.
For kernels: compile with `nvcc -g -G`, use cuda-gdb, and let Windows permit it (`EnableInterface` = 1 under
`HKEY_LOCAL_MACHINE\\SOFTWARE\\NVIDIA Corporation\\GPUDebugger`). Only one debugger can hold a process.
compute-sanitizer finds faults of memory without one. The second command says what a debugger finds in a program.

```sh
compute-sanitizer ./app
wslgo inspect ./app
```

## Sources

- A kernel compiled by CUDA 13.0 in a cgo program, under Delve 1.27.1 without a GPU, 2026-11
- NVIDIA, cuda-gdb: <https://docs.nvidia.com/cuda/cuda-gdb/>
- NVIDIA/cuda-gdb issue 24: <https://github.com/NVIDIA/cuda-gdb/issues/24>
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.topics.here import delve

NEEDS = ("delve", "gpu.debugger", "windows.gpu_debugging")

DEBUGGER = Message(en="cuda-gdb is installed: {path}", zh="已安装 cuda-gdb：{path}")
NO_DEBUGGER = Message(en="cuda-gdb is not installed", zh="未安装 cuda-gdb")
UNKNOWN = Message(en="It is unknown whether cuda-gdb is installed", zh="是否安装了 cuda-gdb 未知")
PERMITTED = Message(en="Windows permits debuggers to reach the GPU", zh="Windows 允许调试器访问 GPU")
FORBIDDEN = Message(en="Windows does not permit debuggers to reach the GPU", zh="Windows 不允许调试器访问 GPU")


def here(host: Host) -> Iterator[Text]:
    """Yield the debuggers, and what Windows permits."""
    yield delve(host)
    debugger = host.gpu.debugger
    if debugger is None:
        yield UNKNOWN()
    else:
        yield DEBUGGER(path=debugger) if debugger else NO_DEBUGGER()
    if host.windows.gpu_debugging is not None:
        yield PERMITTED() if host.windows.gpu_debugging else FORBIDDEN()
