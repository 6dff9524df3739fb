"""The dynamic linker does not look into `/usr/lib/wsl/lib`.

WSL mounts the driver's libraries there and writes a file for the linker. Where that file is missing, CUDA programs end
with `libcuda.so.1: cannot open shared object file`.

`/usr/lib/wsl/lib/libcuda.so.1 is not a symbolic link`, which apt and ldconfig print, is another matter and harmless:
Windows copies the library to each of its names. To be rid of it, write `ldconfig=false` below `[automount]` in
`/etc/wsl.conf`, put links to these libraries into a folder of your own, and name that folder in a file of
`/etc/ld.so.conf.d`; or as an administrator of Windows replace `libcuda.so` and `libcuda.so.1` in
`C:\\Windows\\System32\\lxss\\lib` by links to `libcuda.so.1.1`, which the next driver undoes.

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

## No finding

`ldconfig=false` in wsl.conf leaves it to the user, and this workspace does not use CUDA:

```json host
{
 "gpu": {"has_device": true, "has_library": true, "loader_finds_library": false},
 "wslconf": {"path": "/etc/wsl.conf", "text": "[automount]\\nldconfig=false\\n"}
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import LDCONFIG as SETTING
from wslgo.machine.switches import switched_off
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="/usr/lib/wsl/lib is not on the linker path: CUDA programs do not start",
    zh="动态链接器不查找 /usr/lib/wsl/lib：CUDA 程序无法启动",
)

LDCONFIG = "echo /usr/lib/wsl/lib | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"


@machine_rule(
    Severity.WARNING,
    "gpu.library",
    needs=(
        "gpu.has_device",
        "gpu.has_library",
        "gpu.loader_finds_library",
        "wslconf",
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if not (host.gpu.has_device and host.gpu.has_library and host.gpu.loader_finds_library is False):
        return
    uses_cuda = scene.workspace is not None and scene.workspace.uses_cuda
    if uses_cuda or switched_off(host, SETTING) is None:
        yield machine_finding(MESSAGE(), command(LDCONFIG))
