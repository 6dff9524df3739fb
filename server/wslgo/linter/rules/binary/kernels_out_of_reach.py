"""A Go program has CUDA kernels, which Delve cannot debug.

Delve debugs what runs on the processor: Go, C, and the host part of `.cu` files. A breakpoint in the line of a
`__global__` function is shown as set, but it belongs to the host function that launches the kernel, and no thread of
the GPU stops there. cuda-gdb stops in kernels, if nvcc compiled them with `-G`.

## Example

```json binary
{"cuda": {"sm": ["90"], "kernels": ["add"]}}
```

## No finding

```json binary
{"cuda": null}
```

## No finding

A library that is not part of a Go program is not for Delve:

```json binary
{"go": null, "cuda": {"sm": ["90"], "kernels": ["add"]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="Delve does not stop in its CUDA kernels: a breakpoint in a __global__ function is in the host code for it",
    zh="Delve 不会停在 CUDA 核函数中：__global__ 函数里的断点实际落在启动它的主机代码上",
)
NEXT = Message(
    en="debug kernels with cuda-gdb (extension nvidia.nsight-vscode-edition), compiled with nvcc -G",
    zh="核函数用 cuda-gdb 调试（扩展 nvidia.nsight-vscode-edition），并用 nvcc -G 编译",
)


@binary_rule(Severity.INFORMATION)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.go is not None and binary.cuda is not None:
        yield machine_finding(MESSAGE(), NEXT())
