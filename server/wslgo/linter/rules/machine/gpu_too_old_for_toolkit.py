"""This workspace compiles CUDA code, and the compiler of the installed toolkit compiles nothing for the GPU here.

CUDA 13 ended the support of GPUs before compute capability 7.5 (Maxwell, Pascal, Volta: GTX 900 and 10, Titan V), CUDA
12 that of those before 5.0. nvcc ends with "Unsupported gpu architecture", and what is compiled for newer GPUs with "no
kernel image is available for execution on the device" (error 209). The driver still runs the programs of an older
toolkit.

## Example

```json host host=nvidia-gpu
{"gpu": {"toolkit": {"path": "/usr/local/cuda", "version": "13.0.2"}, "capabilities": ["6.1"]}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"toolkit": {"path": "/usr/local/cuda", "version": "12.9.1"}, "capabilities": ["6.1"]}}
```

## No finding

Another GPU is new enough:

```json host host=nvidia-gpu
{"gpu": {"toolkit": {"path": "/usr/local/cuda", "version": "13.0.2"}, "capabilities": ["6.1", "8.9"]}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```

## No finding

Nothing is compiled for the GPU:

```json host host=nvidia-gpu
{"gpu": {"toolkit": {"path": "/usr/local/cuda", "version": "13.0.2"}, "capabilities": ["6.1"]}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true}
```

## No finding

An old nvidia-smi does not tell the compute capability:

```json host host=nvidia-gpu
{"gpu": {"toolkit": {"path": "/usr/local/cuda", "version": "13.0.2"}, "capabilities": null}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import nvidia
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="CUDA toolkit {toolkit} compiles nothing for the GPU here (compute capability {capability}; {least} or newer)",
    zh="CUDA 工具包 {toolkit} 无法为此处的 GPU 编译（计算能力 {capability}；需要 {least} 或更高）",
)
INSTALL = Message(
    en="install {package}, and let /usr/local/cuda lead to it",
    zh="安装 {package}，并让 /usr/local/cuda 指向它",
)


@machine_rule(Severity.WARNING, "gpu.toolkit", needs=("gpu.has_library", "gpu.toolkit", "gpu.capabilities"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    gpu, workspace = host.gpu, scene.workspace
    version = (gpu.toolkit.version if gpu.toolkit else None) or ""
    compiler = nvidia.compiler_of(version)
    found = [release for name in gpu.capabilities or () if (release := nvidia.release_of(name)) is not None]
    if workspace is None or not workspace.compiles_cuda or compiler is None or not found or not gpu.has_library:
        return
    if max(found) < compiler.least:
        capability, least = (f"{release[0]}.{release[1]}" for release in (max(found), compiler.least))
        message = MESSAGE(toolkit=version, capability=capability, least=least)
        yield machine_finding(message, INSTALL(package=compiler.older))
