"""CUDA_VISIBLE_DEVICES leaves out GPUs of this machine because of an item that names none.

CUDA reads the list up to the first item that is neither the number of a GPU in nvidia-smi nor the start of its UUID
(`GPU-8932f937`) that no other has. `0,2,-1,1` is `0,2`; `all` and `1` with a single GPU leave none: CUDA programs end
with `no CUDA-capable device is detected`.

## Example

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "1"}}
```

becomes

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "0"}}
```

## Example

```json host host=two-gpus
{
 "gpu": {"visible_devices": "1,all,0", "device_order": "PCI_BUS_ID", "loader_finds_library": true},
 "wslg": {"display": ":0"}
}
```

becomes

```json host host=two-gpus
{
 "gpu": {"visible_devices": "1,0", "device_order": "PCI_BUS_ID", "loader_finds_library": true},
 "wslg": {"display": ":0"}
}
```

## Example

An empty value leaves none, on purpose perhaps, but this workspace uses CUDA:

```json host host=nvidia-gpu
{"gpu": {"visible_devices": ""}}
```

```json workspace
{"uses_cuda": true}
```

## No finding

The start of a UUID:

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "GPU-1c9a"}}
```

## No finding

A choice:

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "-1"}}
```

## No finding

A part of a GPU, whose name is not known here:

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "MIG-GPU-8932f937-d72c-4106-c12f-20bd9faed9f6/1/2"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.visible_devices import is_none, visible_devices
from wslgo.text.message import Message

MESSAGE = Message(
    en="CUDA_VISIBLE_DEVICES={value} names no GPU of this machine: CUDA programs find no device",
    zh="CUDA_VISIBLE_DEVICES={value} 没有指定此计算机的任何 GPU：CUDA 程序找不到设备",
)
PART = Message(
    en="{item} in CUDA_VISIBLE_DEVICES names no GPU of this machine: CUDA ignores it and all after it",
    zh="CUDA_VISIBLE_DEVICES 中的 {item} 不是此计算机的 GPU：CUDA 会忽略它及其后的所有项",
)
NONE = Message(
    en="CUDA_VISIBLE_DEVICES={value} hides every GPU, but this workspace uses CUDA",
    zh="CUDA_VISIBLE_DEVICES={value} 隐藏了所有 GPU，而此工作区使用 CUDA",
)
REMOVE = Message(
    en="remove the line that exports CUDA_VISIBLE_DEVICES, then type: unset CUDA_VISIBLE_DEVICES "
    "(nvidia-smi -L lists the GPUs: {numbers})",
    zh="删除导出 CUDA_VISIBLE_DEVICES 的那一行，然后输入：unset CUDA_VISIBLE_DEVICES"
    "（nvidia-smi -L 列出的 GPU：{numbers}）",
)


@machine_rule(Severity.WARNING, "gpu.devices", needs=("gpu.has_library", "gpu.cards", "gpu.visible_devices"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    value, cards = host.gpu.visible_devices, host.gpu.cards
    known = visible_devices(value, cards) if value is not None and cards and host.gpu.has_library else None
    if known is None or value is None or cards is None or (known.numbers and not known.rejected):
        return
    step = REMOVE(numbers=tuple(str(card.number) for card in cards))
    uses_cuda = scene.workspace is not None and scene.workspace.uses_cuda
    if is_none(value):
        if uses_cuda:
            yield machine_finding(NONE(value=value), step)
    elif not known.numbers:
        yield machine_finding(MESSAGE(value=value), step)
    elif not known.rejected.startswith("-"):
        yield machine_finding(PART(item=known.rejected or '""'), step)
