"""The nvidia-smi in PATH is that of a Linux driver.

It asks a module of the kernel that WSL does not have, and fails: "NVIDIA-SMI has failed because it couldn't communicate
with the NVIDIA driver". That of Windows' driver is `/usr/lib/wsl/lib/nvidia-smi`. CUDA programs work all the same.

## Example

```json host host=nvidia-gpu
{"gpu": {"smi": "/usr/bin/nvidia-smi", "linux_smi": "/usr/bin/nvidia-smi"}}
```

becomes

```json host host=nvidia-gpu
{}
```

## No finding

In a container it comes from what runs the container:

```json host host=nvidia-gpu
{
 "gpu": {"smi": "/usr/bin/nvidia-smi", "linux_smi": "/usr/bin/nvidia-smi"},
 "wsl": {"container": "docker"}
}
```

## No finding

A script that starts the right one:

```json host host=nvidia-gpu
{"gpu": {"smi": "/usr/local/bin/nvidia-smi", "linux_smi": ""}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import FOLDER
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{path} is that of a Linux driver: it cannot reach the driver of Windows, and scripts find no GPU",
    zh="{path} 属于 Linux 驱动：它无法与 Windows 的驱动通信，脚本会认为没有 GPU",
)
REMOVE = Message(
    en="remove the package that owns {path}, or type {folder}/nvidia-smi",
    zh="删除 {path} 所属的软件包，或输入 {folder}/nvidia-smi",
)


@machine_rule(Severity.WARNING, "gpu.smi", needs=("gpu.linux_smi", "gpu.has_library", "wsl.container"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    path = host.gpu.linux_smi
    if path and host.gpu.has_library and not host.wsl.container:
        yield machine_finding(MESSAGE(path=path), REMOVE(path=path, folder=FOLDER))
