"""A setting keeps the GPU of Windows out of this distribution.

`[gpu] enabled=false` in wsl.conf leaves out the driver's libraries, and `gpuSupport=false` in `.wslconfig` the device
itself. CUDA programs then end with `no CUDA-capable device is detected`, and graphics are drawn by the processor. It is
a warning if this workspace uses CUDA.

## Example

```json host
{
 "gpu": {"has_library": false},
 "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=false\\n", "at_start": "[gpu]\\nenabled=false\\n"}
}
```

becomes

```json host
{}
```

## Example

```json host
{
 "gpu": {"has_device": false, "has_library": false},
 "wslconfig": {"text": "[wsl2]\\ngpuSupport=false\\n", "at_start": "[wsl2]\\ngpuSupport=false\\n"}
}
```

## No finding

The libraries are here, so the setting was not in effect when WSL started:

```json host
{
 "gpu": {"has_device": true, "has_library": true, "cards": [{"number": 0, "name": "NVIDIA RTX A2000"}]},
 "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=false\\n"}
}
```

## No finding

Written since the start:

```json host
{
 "gpu": {"has_library": false},
 "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=false\\n", "at_start": "", "knows_start": true}
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import GPU, switched_off, switched_off_next
from wslgo.text.message import Message

OFF = Message(
    en="{setting} keeps the GPU of Windows out: CUDA programs find no device",
    zh="{setting} 使此处无法使用 Windows 的 GPU：CUDA 程序找不到设备",
)
NEEDED = Message(
    en="{setting} keeps the GPU of Windows out, but this workspace uses CUDA",
    zh="{setting} 使此处无法使用 Windows 的 GPU，而此工作区使用 CUDA",
)
LATER = Message(
    en="{setting} keeps the GPU of Windows out from the next start of WSL on, but this workspace uses CUDA",
    zh="{setting} 会使下次启动 WSL 后无法使用 Windows 的 GPU，而此工作区使用 CUDA",
)
REMOVE = Message(
    en="if you want the GPU: remove line {line} of {path}, then type in Windows: wsl --shutdown",
    zh="如需使用 GPU：删除 {path} 的第 {line} 行，然后在 Windows 中输入：wsl --shutdown",
)


@machine_rule(Severity.INFORMATION, "gpu.card", needs=("wsl.generation", "gpu.has_library", "wslconf", "wslconfig"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    is_needed = scene.workspace is not None and scene.workspace.uses_cuda
    is_out = host.gpu.has_library is False
    switch = switched_off_next(host, GPU) if is_needed else switched_off(host, GPU) if is_out else None
    if switch is None or host.wsl.generation != 2:
        return
    message = OFF if not is_needed else NEEDED if is_out and switch.is_in_effect else LATER
    yield machine_finding(
        message(setting=switch.in_words),
        REMOVE(line=switch.line, path=switch.path),
        severity=Severity.WARNING if is_needed else None,
    )
