"""Windows does not let debuggers of CUDA reach the GPU, but this workspace compiles CUDA code.

cuda-gdb then runs through without a stop in a kernel, and compute-sanitizer and core dumps of the GPU do not work. A
value of the registry, which an administrator sets, allows it: `EnableInterface` below
`HKEY_LOCAL_MACHINE\\SOFTWARE\\NVIDIA Corporation\\GPUDebugger`. Delve does not need it: it debugs only what runs on the
processor.

## Example

```json host host=nvidia-gpu
{"windows": {"gpu_debugging": false}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```

becomes

```json host host=nvidia-gpu
{"windows": {"gpu_debugging": true}}
```

## No finding

Nothing here is compiled for the GPU:

```json host host=nvidia-gpu
{"windows": {"gpu_debugging": false}}
```

## No finding

Windows was not asked, as no such debugger is installed:

```json host host=nvidia-gpu
{"windows": {"gpu_debugging": null}, "gpu": {"debugger": ""}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.cuda import DEBUGGER_INTERFACE
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="Windows keeps debuggers off the GPU: cuda-gdb stops in no kernel, and compute-sanitizer does not work",
    zh="Windows 不允许调试器访问 GPU：cuda-gdb 不会停在任何内核函数中，compute-sanitizer 也无法工作",
)
ALLOW = Message(
    en="in Windows, in a PowerShell of an administrator, type: {command}",
    zh="在 Windows 中以管理员身份打开 PowerShell，输入：{command}",
)

_KEY, _, _NAME = DEBUGGER_INTERFACE.rpartition("\\")
COMMAND = f'reg add "{_KEY}" /v {_NAME} /t REG_DWORD /d 1 /f'


@machine_rule(
    Severity.INFORMATION,
    "gpu.debugger",
    needs=("windows.gpu_debugging", "gpu.has_library", "gpu.debugger", "editors"),
    dimension="debugging",
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    compiles = scene.workspace is not None and scene.workspace.compiles_cuda
    if compiles and host.gpu.has_library and host.windows.gpu_debugging is False:
        yield machine_finding(MESSAGE(), ALLOW(command=COMMAND))
