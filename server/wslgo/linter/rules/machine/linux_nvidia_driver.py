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

## Example

It was installed without a package of apt:

```json host host=nvidia-gpu
{"gpu": {"linux_library": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"linux_library": ""}}
```

## Example

```json host host=nvidia-gpu
{"gpu": {"linux_library": "/usr/lib/libcuda.so.1"}, "installer": "pacman"}
```

## No finding

In a container what runs it puts the library there:

```json host host=nvidia-gpu
{"gpu": {"linux_library": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}, "wsl": {"container": "docker"}}
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
from wslgo.knowledge.packages import APT
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


OWNERLESS = Message(
    en="{path} is of a Linux driver, which can hide that of Windows: then CUDA programs find no GPU",
    zh="{path} 属于 Linux 驱动，可能会遮蔽 Windows 的驱动，使 CUDA 程序找不到 GPU",
)
UNINSTALL = Message(
    en="type: {owner} (it names the package to remove); if there is none, type: sudo nvidia-uninstall",
    zh="输入：{owner}（它会显示要删除的软件包）；如果没有，则输入：sudo nvidia-uninstall",
)
REMOVE = Message(en="remove the Linux driver that brought {path}", zh="删除带来 {path} 的 Linux 驱动")

# The command that names the package of a file, by the program that installs packages.
OWNERS = {APT: "dpkg -S", "dnf": "rpm -qf", "zypper": "rpm -qf", "pacman": "pacman -Qo"}


@machine_rule(
    Severity.WARNING,
    "gpu.library",
    needs=("gpu.has_device", "gpu.has_library", "gpu.linux_library", "packages", "installer", "wsl.container"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if not (host.gpu.has_device and host.gpu.has_library) or host.wsl.container:
        return
    names, path = tuple(sorted(filter(is_driver, host.packages or ()))), host.gpu.linux_library
    owner = OWNERS.get(host.installer or "")
    if names:
        yield machine_finding(MESSAGE(names=names), command(f"sudo apt-get remove {' '.join(names)}"))
    elif path:
        step = UNINSTALL(owner=f"{owner} {path}") if owner else REMOVE(path=path)
        yield machine_finding(OWNERLESS(path=path), step)
