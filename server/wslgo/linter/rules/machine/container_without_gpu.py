"""This workspace uses CUDA, but its dev container starts without the GPU of this machine.

The container has neither `/dev/dxg` nor the libraries of the driver, and CUDA programs in it end with `no CUDA-capable
device is detected`. In `devcontainer.json`, `"runArgs": ["--gpus", "all"]` gives it the GPU and needs one;
`"hostRequirements": {"gpu": "optional"}` gives it the GPU where there is one.

## Example

```json host host=nvidia-gpu
{}
```

```json workspace
{"uses_cuda": true, "plain_containers": [".devcontainer/devcontainer.json"]}
```

becomes

```json host
{}
```

## No finding

Windows has no NVIDIA driver:

```json host
{}
```

```json workspace
{"uses_cuda": true, "plain_containers": [".devcontainer/devcontainer.json"]}
```

## No finding

Another dev container of the workspace has it:

```json host host=nvidia-gpu
{}
```

```json workspace
{
 "uses_cuda": true,
 "plain_containers": [".devcontainer/docs/devcontainer.json"],
 "gpu_containers": [".devcontainer/gpu/devcontainer.json"]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="This workspace uses CUDA, but {files} starts a container without the GPU: CUDA programs in it find no device",
    zh="此工作区使用 CUDA，但 {files} 启动的容器没有 GPU：其中的 CUDA 程序找不到设备",
)
ADD = Message(
    en='to use the GPU there, add to {file}: "hostRequirements": {requirements}',
    zh='如需在其中使用 GPU，请在 {file} 中加入："hostRequirements": {requirements}',
)

REQUIREMENTS = '{"gpu": "optional"}'


@machine_rule(Severity.INFORMATION, "gpu.card", needs=("gpu.has_library", "wsl.container"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    workspace = scene.workspace
    if workspace is None or not workspace.uses_cuda or workspace.gpu_containers or host.wsl.container:
        return
    files = workspace.plain_containers
    if files and host.gpu.has_library:
        yield machine_finding(MESSAGE(files=files), ADD(file=files[0], requirements=REQUIREMENTS))
