"""A variable for the CUDA driver has a value that the driver ignores.

The driver takes only the values of its documentation and says nothing about others: `CUDA_LAUNCH_BLOCKING=true` leaves
kernel launches asynchronous. It reads `CUDA_VISIBLE_DEVICES` up to the first entry that is not a GPU, so `all` and
`cuda:0` hide every GPU. Entries are indices (`0,1`) or UUIDs (`GPU-...`); an empty value and `-1` hide all.

## Example

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CUDA_LAUNCH_BLOCKING": "true", "CUDA_DEVICE_ORDER": "PCI_BUS"}
        }
    ]
}
```

becomes

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CUDA_LAUNCH_BLOCKING": "1", "CUDA_DEVICE_ORDER": "PCI_BUS_ID"}
        }
    ]
}
```

## Example

```json path=.vscode/launch.json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_VISIBLE_DEVICES": "all"}},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_VISIBLE_DEVICES": "0,cuda:1"}},
        {"name": "C", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_CACHE_MAXSIZE": "4GB"}}
    ]
}
```

## Example

```json path=.vscode/settings.json
{"go.testEnvVars": {"CUDA_MODULE_LOADING": "eagerly"}}
```

## Example

```json path=.vscode/tasks.json
{"tasks": [{"label": "r", "type": "shell", "command": "go run .", "options": {"env": {"CUDA_CACHE_DISABLE": "yes"}}}]}
```

## Example

```json path=app.code-workspace
{"settings": {"go.toolsEnvVars": {"CUDA_LAUNCH_BLOCKING": "on"}}}
```

## No finding

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {
                "CUDA_LAUNCH_BLOCKING": "0",
                "CUDA_DEVICE_ORDER": "PCI_BUS_ID",
                "CUDA_MODULE_LOADING": "EAGER",
                "CUDA_VISIBLE_DEVICES": "0, GPU-3f2a91c0",
                "CUDA_CACHE_MAXSIZE": "4294967296"
            }
        },
        {"name": "B", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_VISIBLE_DEVICES": "-1"}},
        {"name": "C", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_VISIBLE_DEVICES": ""}},
        {"name": "D", "type": "go", "request": "launch", "program": ".", "env": {"CUDA_VISIBLE_DEVICES": "${env:G}"}}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.json_variables import holders
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern

PREFIX = "CUDA_"
DEVICES, CACHE_SIZE = "CUDA_VISIBLE_DEVICES", "CUDA_CACHE_MAXSIZE"

# An index, or the beginning of a UUID; what hides all GPUs on purpose.
DEVICE = pattern(r"[ \t]*(?:\+?[0-9]{1,4}|(?:GPU|MIG)-[\w/-]+)[ \t]*")
NONE_AT_ALL = ("", "-1", "NoDevFiles", "none", "void")
NUMBER = pattern(r"[0-9]+")
ON = ("true", "yes", "on", "y", "t", "enable", "enabled")
OFF = ("false", "no", "off", "n", "f", "disable", "disabled")

VALUE = Message(
    en="The CUDA driver ignores {name}={value}. It takes {values}",
    zh="CUDA 驱动程序会忽略 {name}={value}。可用的值：{values}",
)
NO_DEVICE = Message(
    en="{value!r} is not the index or UUID of a GPU, so CUDA programs find no GPU",
    zh="{value!r} 不是 GPU 的索引或 UUID，因此 CUDA 程序找不到 GPU",
)
CUT = Message(
    en="{value!r} is not the index or UUID of a GPU: the CUDA driver ignores it and all entries after it",
    zh="{value!r} 不是 GPU 的索引或 UUID：CUDA 驱动程序会忽略它及其后的所有条目",
)
NO_NUMBER = Message(
    en="{name} is a number of bytes, and the CUDA driver does not read {value!r}",
    zh="{name} 是字节数，CUDA 驱动程序无法读取 {value!r}",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=(PREFIX.lower(),), dimension="gpu")
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    if tree.root is None or PREFIX not in tree.source.text:
        return
    from wslgo.knowledge.cuda_variables import VALUES  # few files set such a variable

    for node in holders(tree, scene.file):
        for member in node.members:
            value = member.value
            if member.key not in VALUES or value is None or value.string is None or "${" in value.string:
                continue
            fault = _fault(member.key, value.string)
            if fault is not None:
                yield Finding(value.span, fault, _fixes(tree, value, member.key))


def _fault(name: str, value: str) -> Text | None:
    if name == DEVICES:
        return _fault_of_devices(value)
    if name == CACHE_SIZE:
        return None if NUMBER.fullmatch(value.strip()) else NO_NUMBER(name=name, value=value)
    from wslgo.knowledge.cuda_variables import SWITCH, VALUES  # see above

    allowed = VALUES[name]
    # A number is a switch, too: the driver compares it with 0.
    if not allowed or value in allowed or (allowed == SWITCH and (not value or NUMBER.fullmatch(value))):
        return None
    return VALUE(name=name, value=value, values=", ".join(allowed))


def _fault_of_devices(value: str) -> Text | None:
    if value.strip() in NONE_AT_ALL:
        return None
    for number, entry in enumerate(value.split(",")):
        if not DEVICE.fullmatch(entry):
            # Behind -1 the author has switched the rest off.
            return None if number and entry.strip() == "-1" else (CUT if number else NO_DEVICE)(value=entry.strip())
    return None


def _fixes(tree: Jsonc, node: Node, name: str) -> tuple[Fix, ...]:
    from wslgo.knowledge.cuda_variables import SWITCH, VALUES  # see above

    value, allowed = (node.string or "").strip(), VALUES[name]
    if allowed == SWITCH:
        new = "1" if value.lower() in ON else "0" if value.lower() in OFF else None
    else:
        starts = [word for word in allowed if value and word.startswith(value.upper())]
        new = starts[0] if len(starts) == 1 else nearest(value, allowed)
    return (Fix(CHANGE_TO(value=new), edit.replacement(tree, node, new)),) if new else ()
