"""An attribute has the wrong upper or lower case.

VS Code and its Go extension compare names exactly and ignore `Program` or `buildflags`. Delve ignores case and may read
the attribute all the same, so only half of it works. Write the name as documented.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "Program": "${workspaceFolder}",
            "buildflags": "-tags=cuda"
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "buildFlags": "-tags=cuda"
        }
    ]
}
```

## Example

Only the author knows which of the two was intended:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "PROGRAM": "."}]}
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "buildFlags": "-tags=cuda"},
        {"name": "B", "type": "node", "request": "launch", "Program": "x.js"}
    ]
}
```

## No finding

Names of variables are free, and VS Code itself marks unknown attributes:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"Program": "x"}, "zzz": 1}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.delve_attributes import BY_NAME
from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.span import Edit

WRITTEN = {name.casefold(): name for name in BY_NAME}

MESSAGE = Message(
    en="VS Code and its Go extension ignore '{wrong}'. Write {right}",
    zh="VS Code 及其 Go 扩展会忽略 '{wrong}'。请写成 {right}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for member in configuration.node.members:
            right = WRITTEN.get(member.key.casefold())
            if right is None or right == member.key:
                continue
            is_free = configuration.node.get(right) is None
            edit = Edit(member.key_span, f'"{right}"')
            fixes = (Fix(CHANGE_TO(value=right), (edit,), Safety.SAFE),) if is_free else ()
            yield Finding(member.key_span, MESSAGE(wrong=member.key, right=right), fixes)
