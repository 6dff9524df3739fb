"""This workspace compiles CUDA code, but the CUDA toolkit is not installed.

cgo then ends with `cuda_runtime.h: No such file or directory`, and `.cu` files need nvcc. NVIDIA's repository for WSL
has the toolkit without a driver; that of the distribution brings a Linux driver with it, which hides that of Windows.

## Example

```json host host=nvidia-gpu
{"gpu": {"toolkit": null, "nvcc": ""}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```

becomes

```json host host=nvidia-gpu
{}
```

## Example

It is installed, but `/usr/local/cuda` is missing:

```json host host=nvidia-gpu
{"gpu": {"toolkit": null, "nvcc": "", "unlinked_toolkit": "/usr/local/cuda-12.9"}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```

## No finding

This workspace loads only the library of the driver:

```json host host=nvidia-gpu
{"gpu": {"toolkit": null, "nvcc": ""}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true}
```

## No finding

The driver is not known, so neither is the toolkit for it:

```json host host=nvidia-gpu
{"gpu": {"toolkit": null, "nvcc": "", "driver": null}}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "compiles_cuda": true}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import nvidia
from wslgo.knowledge.packages import installer_named
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="Building this workspace needs the CUDA toolkit, which is not installed",
    zh="构建此工作区需要 CUDA 工具包，但未安装",
)
UNLINKED = Message(
    en="Building this workspace needs the CUDA toolkit: it is in {path}, but no /usr/local/cuda leads there",
    zh="构建此工作区需要 CUDA 工具包：它位于 {path}，但没有指向它的 /usr/local/cuda",
)
INSTALL = Message(
    en="add NVIDIA's repository {repository} (the one without a driver) to apt, then type: "
    "sudo apt-get install {package}",
    zh="在 apt 源中加入 NVIDIA 的 {repository} 仓库（不含驱动的那个），然后输入：sudo apt-get install {package}",
)
BY_HAND = Message(
    en="install {package} as NVIDIA's guide CUDA on WSL says, without a Linux driver",
    zh="按 NVIDIA 的 CUDA on WSL 指南安装 {package}，不要安装 Linux 驱动",
)


@machine_rule(
    Severity.WARNING,
    "gpu.toolkit",
    needs=(
        *("gpu.has_device", "gpu.has_library", "gpu.toolkit", "gpu.unlinked_toolkit", "gpu.nvcc", "gpu.driver"),
        "installer",
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    gpu, workspace = host.gpu, scene.workspace
    if workspace is None or not workspace.compiles_cuda or not (gpu.has_device and gpu.has_library):
        return
    if gpu.nvcc != "" or gpu.toolkit is not None:
        return
    package = nvidia.toolkit_for(gpu.driver or "")
    if gpu.unlinked_toolkit:
        link = f"sudo ln -sfn {gpu.unlinked_toolkit} /usr/local/cuda"
        yield machine_finding(UNLINKED(path=gpu.unlinked_toolkit), command(link))
    elif package is not None:
        is_other = installer_named(host.installer) is not None
        step = BY_HAND(package=package) if is_other else INSTALL(repository=nvidia.REPOSITORY, package=package)
        yield machine_finding(MESSAGE(), step)
