"""The numbers in CUDA_VISIBLE_DEVICES are not those of nvidia-smi.

CUDA counts its GPUs from the fastest on, nvidia-smi in the order of the PCI bus. With unequal GPUs `0` can be another
one than `0` in nvidia-smi, unless `CUDA_DEVICE_ORDER=PCI_BUS_ID` is set. UUIDs (`nvidia-smi -L`) need no order.

## Example

```json host host=two-gpus
{"gpu": {"visible_devices": "1"}}
```

becomes

```json host host=two-gpus
{"gpu": {"visible_devices": "1", "device_order": "PCI_BUS_ID"}}
```

## Example

A value that CUDA does not know:

```json host host=two-gpus
{"gpu": {"visible_devices": "0", "device_order": "PCI_BUS"}}
```

## No finding

Both are the same, or there is one:

```json host host=nvidia-gpu
{"gpu": {"visible_devices": "0"}}
```

## No finding

```json host host=two-gpus
{"gpu": {"visible_devices": "GPU-d47f8a93"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.visible_devices import BY_BUS, visible_devices
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="CUDA counts the fastest GPU first: a number in CUDA_VISIBLE_DEVICES={value} can be another one in nvidia-smi",
    zh="CUDA 从最快的 GPU 开始编号：CUDA_VISIBLE_DEVICES={value} 中的编号在 nvidia-smi 中可能是另一个",
)


@machine_rule(
    Severity.INFORMATION,
    "gpu.devices",
    needs=("gpu.has_library", "gpu.cards", "gpu.visible_devices", "gpu.device_order"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    value, cards = host.gpu.visible_devices, host.gpu.cards or ()
    if value is None or host.gpu.device_order == BY_BUS or len({card.name for card in cards}) < 2:
        return
    known = visible_devices(value, cards)
    if known is not None and known.has_numbers and known.numbers:
        yield machine_finding(MESSAGE(value=value), command(f"export CUDA_DEVICE_ORDER={BY_BUS}"))
