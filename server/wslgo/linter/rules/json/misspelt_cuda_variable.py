"""The name of a variable for the CUDA driver is misspelt.

The driver silently ignores a name that it does not know: with `CUDA_VISIBLE_DEVICE=1` the program still runs on GPU 0,
and with `CUDA_LAUNCH_BLOCK=1` errors are reported at a later line.

## Example

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CUDA_VISIBLE_DEVICE": "1"}
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
            "env": {"CUDA_VISIBLE_DEVICES": "1"}
        }
    ]
}
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CUDA_LAUNCH_BLOCKIGN": "1"}}
```

## Example

```json path=.vscode/tasks.json
{"tasks": [{"label": "run", "command": "go run .", "options": {"env": {"cuda_device_order": "PCI_BUS_ID"}}}]}
```

## Example

```json path=app.code-workspace
{"settings": {"go.testEnvVars": {"CUDA_MODULE_LOADNG": "EAGER"}}}
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
            "env": {"CUDA_VISIBLE_DEVICES": "1", "CUDA_HOME": "/usr/local/cuda", "CUDA_DEVICE": "0", "MY_CUDA": "1"},
            "args": ["CUDA_VISIBLE_DEVICE"]
        }
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
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.span import Edit

PREFIX = "CUDA_"

MESSAGE = Message(
    en="The CUDA driver ignores {name}. Did you mean {meant}?", zh="CUDA 驱动程序会忽略 {name}。是否指 {meant}？"
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=(PREFIX.lower(),), dimension="gpu")
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    if tree.root is None or PREFIX not in tree.source.text.upper():
        return
    from wslgo.knowledge.cuda_variables import OF_OTHERS, VALUES  # few files set such a variable

    for node in holders(tree, scene.file):
        names = {member.key for member in node.members}
        for member in node.members:
            name = member.key
            if not name.upper().startswith(PREFIX) or name in VALUES or name.upper() in OF_OTHERS:
                continue
            meant = nearest(name, VALUES)
            if (
                meant is not None
                and meant not in names
                and member.value is not None
                and member.value.string is not None
            ):
                new = Edit(member.key_span, f'"{meant}"')
                yield Finding(member.key_span, MESSAGE(name=name, meant=meant), (Fix(CHANGE_TO(value=meant), (new,)),))
