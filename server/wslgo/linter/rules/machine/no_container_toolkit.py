"""A container of this workspace asks for the GPU, but the container toolkit of NVIDIA is not installed.

docker then ends with `could not select device driver "" with capabilities: [[gpu]]`, and podman with `unresolvable CDI
devices`. The toolkit (`nvidia-container-toolkit`) is not a driver: it mounts that of Windows into the container. Docker
Desktop brings its own.

## Example

```json host host=nvidia-gpu
{"gpu": {"container_engine": "/usr/bin/docker", "container_toolkit": ""}}
```

```json workspace
{"gpu_containers": [".devcontainer/devcontainer.json"]}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"container_engine": "/usr/bin/docker", "container_toolkit": "/usr/bin/nvidia-ctk"}}
```

## Example

```json host host=nvidia-gpu
{"gpu": {"container_engine": "/usr/bin/podman", "container_toolkit": ""}}
```

```json workspace
{"gpu_containers": ["compose.yaml"]}
```

## No finding

Docker Desktop runs the containers:

```json host host=nvidia-gpu
{"gpu": {"container_engine": "", "container_toolkit": ""}}
```

```json workspace
{"gpu_containers": ["compose.yaml"]}
```

## No finding

No container asks for the GPU:

```json host host=nvidia-gpu
{"gpu": {"container_engine": "/usr/bin/docker", "container_toolkit": ""}}
```

```json workspace
{"uses_cuda": true}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{files} gives a container the GPU, but NVIDIA's container toolkit is not installed: {engine} does not start it",
    zh="{files} 让容器使用 GPU，但没有安装 NVIDIA 的容器工具包：{engine} 无法启动它",
)
CONFIGURE = Message(
    en="install nvidia-container-toolkit as NVIDIA's guide says, then type: {command}",
    zh="按 NVIDIA 的指南安装 nvidia-container-toolkit，然后输入：{command}",
)

FOR_DOCKER = "sudo nvidia-ctk runtime configure --runtime=docker && sudo systemctl restart docker"
FOR_PODMAN = "sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml"


@machine_rule(
    Severity.WARNING,
    "gpu.containers",
    needs=("gpu.has_library", "gpu.container_engine", "gpu.container_toolkit", "wsl.container"),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    files = scene.workspace.gpu_containers if scene.workspace is not None else ()
    engine = (host.gpu.container_engine or "").rpartition("/")[2]
    if files and engine and host.gpu.has_library and host.gpu.container_toolkit == "" and not host.wsl.container:
        step = CONFIGURE(command=FOR_PODMAN if engine == "podman" else FOR_DOCKER)
        yield machine_finding(MESSAGE(files=files, engine=engine), step)
