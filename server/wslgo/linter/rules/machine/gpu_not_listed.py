"""nvidia-smi lists no GPU, although Windows lends its NVIDIA driver.

The driver's libraries in `/usr/lib/wsl/lib` do not fit the running Windows driver, or the GPU hangs. CUDA programs fail
with `no CUDA-capable device is detected`.

## Example

```json host
{"gpu": {"has_device": true, "has_library": true, "cards": [], "driver": null}}
```

## Example

nvidia-smi says why:

```json host
{"gpu": {
  "has_device": true, "has_library": true, "cards": [], "driver": null,
  "problem": "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
}}
```

## No finding

nvidia-smi did not answer in time, or is missing:

```json host
{"gpu": {"has_device": true, "has_library": true, "cards": null}}
```

## No finding

```json host
{"gpu": {"has_device": false, "has_library": false, "cards": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="nvidia-smi lists no GPU, although Windows has an NVIDIA driver: CUDA programs find no device",
    zh="Windows 有 NVIDIA 驱动，但 nvidia-smi 没有列出 GPU：CUDA 程序找不到设备",
)
FAILS = Message(
    en="nvidia-smi fails ({problem}): CUDA programs find no device",
    zh="nvidia-smi 失败（{problem}）：CUDA 程序找不到设备",
)
UPDATE = Message(
    en="update the NVIDIA driver in Windows, then type there: wsl --update; wsl --shutdown",
    zh="在 Windows 中更新 NVIDIA 驱动，然后在那里输入：wsl --update; wsl --shutdown",
)


@machine_rule(Severity.WARNING, "gpu.card", needs=("gpu.has_device", "gpu.has_library", "gpu.cards", "gpu.problem"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    gpu = host.gpu
    if gpu.has_device and gpu.has_library and gpu.cards == ():
        yield machine_finding(FAILS(problem=gpu.problem) if gpu.problem else MESSAGE(), UPDATE())
