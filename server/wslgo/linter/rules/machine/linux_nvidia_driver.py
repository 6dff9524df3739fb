"""A Linux driver of NVIDIA is installed beside the driver of Windows.

In WSL the driver is that of Windows, which WSL lends. Packages of a Linux driver bring a `libcuda.so.1` of their own,
which can come first: then CUDA programs and nvidia-smi find no device, or fail to initialize NVML. The CUDA toolkit
and the container toolkit are not drivers.

## Example

```json host host=nvidia-gpu
{"packages": ["build-essential", "libnvidia-compute-535", "nvidia-driver-535"]}
```

becomes

```json host host=nvidia-gpu
{"packages": ["build-essential"]}
```

## No finding

Windows lends no driver of NVIDIA, so this one hides nothing:

```json host
{"packages": ["nvidia-driver-535"], "gpu": {"has_device": true, "has_library": false}}
```

## No finding

The installed packages are not known:

```json host host=nvidia-gpu
{"packages": null}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import is_driver
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{names}: a Linux driver can hide that of Windows, and then CUDA programs find no GPU",
    zh="{names}：Linux 驱动可能会遮蔽 Windows 的驱动，使 CUDA 程序找不到 GPU",
)


@machine_rule(Severity.WARNING, "gpu.library", needs=("gpu.has_device", "gpu.has_library", "packages"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    names = tuple(sorted(filter(is_driver, host.packages or ())))
    if names and host.gpu.has_device and host.gpu.has_library:
        yield machine_finding(MESSAGE(names=names), command(f"sudo apt-get remove {' '.join(names)}"))
