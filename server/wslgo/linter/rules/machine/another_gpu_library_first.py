"""The cache of the dynamic linker has another `libcuda.so.1` before the one of WSL.

A file of `/etc/ld.so.conf.d` whose name comes before `ld.wsl.conf` names its folder; often it is that of the stubs of
the CUDA toolkit, which are made for linking. CUDA programs load that library and find no device, or end with "CUDA
driver is a stub library" (error 34).

## Example

```json host host=nvidia-gpu
{"gpu": {"cached_library": "/usr/local/cuda/lib64/stubs/libcuda.so.1"}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"cached_library": ""}}
```

## Example

```json host host=nvidia-gpu
{"gpu": {"cached_library": "/opt/cuda/compat/libcuda.so.1"}}
```

## No finding

Not known, as in a distribution without the cache:

```json host host=nvidia-gpu
{"gpu": {"cached_library": null}}
```

## No finding

In a container it comes from what runs the container:

```json host host=nvidia-gpu
{"gpu": {"cached_library": "/usr/lib/x86_64-linux-gnu/libcuda.so.1"}, "wsl": {"container": "docker"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

STUB = Message(
    en="The loader finds the stub {path} before the driver of Windows: CUDA driver is a stub library (error 34)",
    zh="动态链接器先找到存根库 {path}，而不是 Windows 的驱动：CUDA driver is a stub library（错误 34）",
)
MESSAGE = Message(
    en="The loader finds {path} before the driver of Windows: CUDA programs find no GPU",
    zh="动态链接器先找到 {path}，而不是 Windows 的驱动：CUDA 程序找不到 GPU",
)
REMOVE = Message(
    en="remove {folder} from the file of /etc/ld.so.conf.d that names it, then type: sudo ldconfig",
    zh="从 /etc/ld.so.conf.d 中提到它的文件里删除 {folder}，然后输入：sudo ldconfig",
)


@machine_rule(
    Severity.ERROR,
    "gpu.library",
    needs=("gpu.has_library", "gpu.cached_library", "gpu.linux_library", "wsl.container"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    path = host.gpu.cached_library
    # `machine/linux-nvidia-driver` has that of a Linux driver.
    if path and path != host.gpu.linux_library and host.gpu.has_library and not host.wsl.container:
        folder = path.rpartition("/")[0]
        message = STUB if folder.endswith("/stubs") else MESSAGE
        yield machine_finding(message(path=path), REMOVE(folder=folder))
