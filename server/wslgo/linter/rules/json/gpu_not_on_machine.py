"""CUDA_VISIBLE_DEVICES names a GPU that this machine does not have.

The driver reads the list up to the first entry that names none of its GPUs, so `1` with a single GPU hides it, and CUDA
programs end with `no CUDA-capable device is detected`. The numbers are those of `nvidia-smi -L` with
`CUDA_DEVICE_ORDER=PCI_BUS_ID`, from 0 on; the first digits of a UUID do if no other GPU has them.

## Example

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "1"}}]}
```

```json host host=nvidia-gpu
{}
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "GPU-ffff"}}]}
```

```json host host=two-gpus
{}
```

## No finding

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "1,GPU-5b0e"}}]}
```

```json host host=two-gpus
{}
```

## No finding

The GPUs are not known:

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "7"}}]}
```

```json host
{}
```

## No finding

Another rule reports what names a GPU on no machine, and to leave none is a choice:

```json path=.vscode/launch.json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "all"}},
        {"name": "B", "type": "go", "request": "launch", "env": {"CUDA_VISIBLE_DEVICES": "-1"}}
    ]
}
```

```json host host=nvidia-gpu
{}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en="GPU {item} is not on this machine (nvidia-smi lists {numbers}): CUDA programs find no device",
    zh="此计算机没有 GPU {item}（nvidia-smi 列出 {numbers}）：CUDA 程序找不到设备",
)
PART = Message(
    en="GPU {item} is not on this machine (nvidia-smi lists {numbers}): CUDA ignores it and all after it",
    zh="此计算机没有 GPU {item}（nvidia-smi 列出 {numbers}）：CUDA 会忽略它及其后的所有项",
)

NAME = "CUDA_VISIBLE_DEVICES"


@rule(Severity.WARNING, needs=("gpu.cards",), by_entry=True, only_with=(NAME.lower(),), dimension="gpu")
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    cards = scene.host.gpu.cards
    if tree.root is None or not cards or NAME not in tree.source.text:
        return
    from wslgo.machine.visible_devices import is_device, visible_devices  # few files need it

    for node in tree.root.walk():
        for member in node.members:
            value = member.value
            if member.key != NAME or value is None or value.string is None or "${" in value.string:
                continue
            known = visible_devices(value.string, cards)
            if known is None or not is_device(known.rejected):
                continue
            numbers = tuple(str(card.number) for card in cards)
            message = PART if known.numbers else MESSAGE
            severity = Severity.INFORMATION if known.numbers else None
            yield Finding(value.span, message(item=known.rejected, numbers=numbers), severity=severity)
