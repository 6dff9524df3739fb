"""An attribute is written with other capitals than VS Code and its Go extension know.

They compare names letter by letter and pass over `Program` or `buildflags`; Delve, which does not look at capitals,
may read it nonetheless. So half of what the attribute does is missing.

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

Which of the two is meant, only the writer knows:

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

Names of variables may be as they like, and attributes that nobody knows are the editor's to mark:

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
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.span import Edit

WRITTEN = {name.casefold(): name for name in BY_NAME}

MESSAGE = Message(
    en="VS Code and its Go extension do not know {wrong}: the attribute is {right}",
    zh="VS Code 及其 Go 扩展不认识 {wrong}：该属性应写作 {right}",
)
TITLE = Message(en="Write {right}", zh="改写为 {right}")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for member in configuration.node.members:
            right = WRITTEN.get(member.key.casefold())
            if right is None or right == member.key:
                continue
            is_free = configuration.node.get(right) is None
            edit = Edit(member.key_span, f'"{right}"')
            fixes = (Fix(TITLE(right=right), (edit,), Safety.SAFE),) if is_free else ()
            yield Finding(member.key_span, MESSAGE(wrong=member.key, right=right), fixes)
