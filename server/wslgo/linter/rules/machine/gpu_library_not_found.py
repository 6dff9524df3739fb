"""The dynamic linker does not look into `/usr/lib/wsl/lib`.

WSL mounts the driver's libraries there and writes a file for the linker. Where that file is missing, CUDA programs end
with `libcuda.so.1: cannot open shared object file`.

## Example

```json host
{"gpu": {"has_device": true, "has_library": true, "loader_finds_library": false}}
```

becomes

```json host
{"gpu": {"has_device": true, "has_library": true, "loader_finds_library": true}}
```

## No finding

Windows has no NVIDIA driver:

```json host
{"gpu": {"has_device": true, "has_library": false, "loader_finds_library": false}}
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
    en="/usr/lib/wsl/lib is not on the linker path: CUDA programs do not start",
    zh="动态链接器不查找 /usr/lib/wsl/lib：CUDA 程序无法启动",
)

LDCONFIG = "echo /usr/lib/wsl/lib | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"


@machine_rule(Severity.WARNING, "gpu.library", needs=("gpu.has_device", "gpu.has_library", "gpu.loader_finds_library"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.gpu.has_device and host.gpu.has_library and host.gpu.loader_finds_library is False:
        yield machine_finding(MESSAGE(), command(LDCONFIG))
