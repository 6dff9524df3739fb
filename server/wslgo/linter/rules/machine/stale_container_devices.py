"""The CDI file for containers names files of a Windows driver that is no longer there.

`nvidia-ctk cdi generate` writes the paths of the driver into the file, and an update of the driver in Windows changes
its folder in `/usr/lib/wsl/drivers`. Containers with `--device nvidia.com/gpu=all` then do not start, or find neither
nvidia-smi nor the GPU. Write the file again after each update.

## Example

```json host host=nvidia-gpu
{"gpu": {"stale_devices": "/etc/cdi/nvidia.yaml"}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"stale_devices": ""}}
```

## No finding

Windows has no NVIDIA driver:

```json host
{"gpu": {"has_library": false, "stale_devices": "/etc/cdi/nvidia.yaml"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{path} names the files of an older Windows driver: containers do not get the GPU",
    zh="{path} 中是较旧的 Windows 驱动的文件：容器无法使用 GPU",
)


@machine_rule(Severity.WARNING, "gpu.containers", needs=("gpu.has_library", "gpu.stale_devices"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    path = host.gpu.stale_devices
    if path and host.gpu.has_library:
        yield machine_finding(MESSAGE(path=path), command(f"sudo nvidia-ctk cdi generate --output={path}"))
