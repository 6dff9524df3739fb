"""This workspace uses CUDA, but the device of the GPU, `/dev/dxg`, is missing.

WSL 2 makes it on Windows 11 and on Windows 10 from 21H2 on, with a kernel that has the driver `dxgkrnl`, as that of
Microsoft has. A container has it only if it was started with it. Without it CUDA programs end with
`no CUDA-capable device is detected`.

## Example

```json host
{"gpu": {"has_device": false, "has_library": false}}
```

```json workspace
{"uses_cuda": true}
```

becomes

```json host host=nvidia-gpu
{}
```

## Example

In a container:

```json host
{"gpu": {"has_device": false, "has_library": false}, "wsl": {"container": "docker"}}
```

```json workspace
{"uses_cuda": true}
```

becomes

```json host host=nvidia-gpu
{"wsl": {"container": "docker"}}
```

## Example

A kernel of one's own:

```json host
{"gpu": {"has_device": false, "has_library": false}, "wsl": {"kernel": "6.12.10-xanmod1"}}
```

```json workspace
{"uses_cuda": true}
```

## No finding

Nothing here uses CUDA:

```json host
{"gpu": {"has_device": false, "has_library": false}}
```

```json workspace
{"uses_cgo": true}
```

## No finding

`gpuSupport=false` keeps it out, which is another finding:

```json host
{
 "gpu": {"has_device": false, "has_library": false},
 "wslconfig": {"text": "[wsl2]\\ngpuSupport=false\\n", "at_start": "[wsl2]\\ngpuSupport=false\\n"}
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
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows

MESSAGE = Message(
    en="This workspace uses CUDA, but /dev/dxg is missing: CUDA programs find no device",
    zh="此工作区使用 CUDA，但缺少 /dev/dxg：CUDA 程序找不到设备",
)
IN_CONTAINER = Message(
    en="This workspace uses CUDA, but this container has no /dev/dxg: CUDA programs find no device",
    zh="此工作区使用 CUDA，但此容器中没有 /dev/dxg：CUDA 程序找不到设备",
)
START = Message(
    en='start the container with --gpus all (in devcontainer.json: "runArgs": ["--gpus", "all"])',
    zh='启动容器时加上 --gpus all（在 devcontainer.json 中："runArgs": ["--gpus", "all"]）',
)
KERNEL = Message(
    en="build the kernel {kernel} with CONFIG_DXGKRNL, or remove the line kernel= from .wslconfig, "
    "then type in Windows: wsl --shutdown",
    zh="构建内核 {kernel} 时启用 CONFIG_DXGKRNL，或从 .wslconfig 中删除 kernel= 行，然后在 Windows 中输入："
    "wsl --shutdown",
)
TOO_OLD = Message(
    en="update Windows 10 to 21H2 or newer, or use Windows 11: earlier ones share no GPU",
    zh="将 Windows 10 更新到 21H2 或更高版本，或使用 Windows 11：更早的版本不共享 GPU",
)

FIRST_BUILD = 19044  # Windows 10 21H2
_OF_MICROSOFT = "microsoft-standard"


@machine_rule(
    Severity.WARNING,
    "gpu.card",
    needs=(
        *("gpu.has_device", "wsl.generation", "wsl.container", "wsl.kernel", "windows.build"),
        *("wslconf", "wslconfig"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    uses_cuda = scene.workspace is not None and scene.workspace.uses_cuda
    if uses_cuda and host.wsl.generation == 2 and host.gpu.has_device is False and switched_off(host, GPU) is None:
        yield machine_finding(IN_CONTAINER() if host.wsl.container else MESSAGE(), _step(host))


def _step(host: Host) -> Text:
    if host.wsl.container:
        return START()
    if host.windows.build is not None and host.windows.build < FIRST_BUILD:
        return TOO_OLD()
    kernel = host.wsl.kernel or ""
    return in_windows("wsl --update; wsl --shutdown") if _OF_MICROSOFT in kernel else KERNEL(kernel=kernel)
