"""Windows lends no library of an NVIDIA driver, which CUDA programs need.

WSL mounts the libraries of Windows' driver at `/usr/lib/wsl/lib`. Without `libcuda.so.1` there, CUDA programs end with
`libcuda.so.1: cannot open shared object file`. The driver belongs to Windows: one that is installed in Linux finds no
GPU. If Windows has the driver and lends only its folder, its installation is incomplete.

## Example

```json host
{"gpu": {"has_device": true, "has_library": false}}
```

```json workspace
{"uses_cuda": true}
```

becomes

```json host host=nvidia-gpu
{}
```

## Example

Windows has the driver:

```json host
{"gpu": {"has_library": false, "lent_driver": "/usr/lib/wsl/drivers/nv_dispi.inf_amd64_0a1b2c3d"}}
```

## Example

In a container:

```json host
{"gpu": {"has_library": false}, "wsl": {"container": "docker"}}
```

```json workspace
{"uses_cuda": true}
```

## No finding

A container that was started with `--gpus all` has the library in a folder of the system:

```json host
{
 "gpu": {"has_library": false, "linux_library": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"},
 "wsl": {"container": "docker"}
}
```

```json workspace
{"uses_cuda": true}
```

## No finding

This workspace does not use CUDA, and graphics need no driver of NVIDIA:

```json host
{"gpu": {"has_device": true, "has_library": false}}
```

## No finding

`[gpu] enabled=false` keeps the libraries out, which is another finding:

```json host
{
 "gpu": {"has_library": false, "lent_driver": "/usr/lib/wsl/drivers/nv_dispi.inf_amd64_0a1b2c3d"},
 "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=false\\n", "at_start": "[gpu]\\nenabled=false\\n"}
}
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
from wslgo.machine.switches import GPU, switched_off
from wslgo.text.message import Message

MESSAGE = Message(
    en="This workspace uses CUDA, but Windows lends no NVIDIA driver: libcuda.so.1 is not in /usr/lib/wsl/lib",
    zh="此工作区使用 CUDA，但 Windows 没有提供 NVIDIA 驱动：/usr/lib/wsl/lib 中没有 libcuda.so.1",
)
INCOMPLETE = Message(
    en="Windows lends an NVIDIA driver ({folder}), but libcuda.so.1 is not in /usr/lib/wsl/lib: CUDA programs fail",
    zh="Windows 提供了 NVIDIA 驱动（{folder}），但 /usr/lib/wsl/lib 中没有 libcuda.so.1：CUDA 程序会失败",
)
IN_CONTAINER = Message(
    en="This workspace uses CUDA, but this container has no /usr/lib/wsl/lib/libcuda.so.1",
    zh="此工作区使用 CUDA，但此容器中没有 /usr/lib/wsl/lib/libcuda.so.1",
)
INSTALL = Message(
    en="if this computer has an NVIDIA GPU: install its driver in Windows, not in Linux, "
    "then type there: wsl --shutdown",
    zh="如果此计算机有 NVIDIA GPU：在 Windows（而不是 Linux）中安装其驱动，然后在那里输入：wsl --shutdown",
)
RESTART = Message(
    en="in Windows, type: wsl --shutdown; if it is still missing, install the NVIDIA driver there again",
    zh="在 Windows 中输入：wsl --shutdown；如果仍然缺少，请在那里重新安装 NVIDIA 驱动",
)
MOUNT = Message(
    en="start the container with --gpus all, or with -v /usr/lib/wsl:/usr/lib/wsl",
    zh="启动容器时加上 --gpus all 或 -v /usr/lib/wsl:/usr/lib/wsl",
)


@machine_rule(
    Severity.WARNING,
    "gpu.card",
    needs=(
        *("gpu.has_device", "gpu.has_library", "gpu.lent_driver", "gpu.linux_library", "wsl.generation"),
        *("wsl.container", "wslconf", "wslconfig"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    gpu = host.gpu
    if host.wsl.generation != 2 or not gpu.has_device or gpu.has_library is not False or switched_off(host, GPU):
        return
    uses_cuda = scene.workspace is not None and scene.workspace.uses_cuda
    if gpu.lent_driver and not host.wsl.container:
        yield machine_finding(INCOMPLETE(folder=gpu.lent_driver), RESTART())
    elif uses_cuda and host.wsl.container and gpu.linux_library == "":
        # What runs containers can put the library elsewhere, which is not known here.
        yield machine_finding(IN_CONTAINER(), MOUNT())
    elif uses_cuda and not host.wsl.container:
        yield machine_finding(MESSAGE(), INSTALL())
