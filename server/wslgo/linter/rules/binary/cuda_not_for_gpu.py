"""The CUDA code in a program is not for the GPU of this machine.

Machine code (`sm_90`) runs on GPUs of the same major version; the driver compiles PTX (`compute_80`) for any later GPU,
if it knows the version of the PTX. Otherwise each launch fails with `no kernel image is available` (error 209), or
with `the provided PTX was compiled with an unsupported toolchain` (error 222).

## Example

```json binary
{"cuda": {"sm": ["90"], "ptx": [], "targets": [], "kernels": ["add"]}}
```

```json host
{"gpu": {"capabilities": ["8.9"]}}
```

becomes

```json host
{"gpu": {"capabilities": ["9.0"]}}
```

## Example

The PTX is newer than the driver:

```json binary
{"cuda": {"sm": ["90"], "ptx": ["9.0"], "targets": ["75"], "kernels": ["add"]}}
```

```json host
{"gpu": {"capabilities": ["8.9"], "driver": "551.61"}}
```

## No finding

The driver compiles the PTX:

```json binary
{"cuda": {"sm": ["75"], "ptx": ["8.5"], "targets": ["75"], "kernels": ["add"]}}
```

```json host
{"gpu": {"capabilities": ["12.0"], "driver": "581.10"}}
```

## No finding

The GPU is unknown:

```json binary
{"cuda": {"sm": ["35"], "ptx": [], "targets": [], "kernels": ["add"]}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.gpu_code import is_too_new, runs_machine_code, runs_ptx
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message

NO_CODE = Message(
    en="Its CUDA code is for {names}, and the GPU here is sm_{own}: launches fail, no kernel image (error 209)",
    zh="CUDA 代码面向 {names}，而本机 GPU 是 sm_{own}：启动核函数会失败，no kernel image（错误 209）",
)
TOO_NEW = Message(
    en="Driver {driver} cannot compile PTX {ptx} for the GPU here (sm_{own}): launches fail with error 222",
    zh="驱动 {driver} 无法为本机 GPU（sm_{own}）编译 PTX {ptx}：启动核函数会失败（错误 222）",
)
BUILD_FOR = Message(
    en="compile the .cu files with: nvcc -gencode arch=compute_{own},code=sm_{own}",
    zh="这样编译 .cu 文件：nvcc -gencode arch=compute_{own},code=sm_{own}",
)


@binary_rule(Severity.ERROR, needs=("gpu.capabilities", "gpu.driver"), dimension="gpu")
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    cuda, gpus = binary.cuda, host.gpu.capabilities
    if cuda is None or not gpus:
        return
    if any(runs_machine_code(name, gpu) for gpu in gpus for name in cuda.sm):
        return
    own = gpus[0].replace(".", "")
    if not any(runs_ptx(target, gpu) for gpu in gpus for target in cuda.targets):
        names = (*(f"sm_{name}" for name in cuda.sm), *(f"compute_{name}" for name in cuda.targets))
        yield machine_finding(NO_CODE(names=tuple(dict.fromkeys(names)), own=own), BUILD_FOR(own=own))
    elif host.gpu.driver is not None and cuda.ptx and all(is_too_new(ptx, host.gpu.driver) for ptx in cuda.ptx):
        message = TOO_NEW(driver=host.gpu.driver, ptx=cuda.ptx[0], own=own)
        yield machine_finding(message, BUILD_FOR(own=own))
