"""An entry asks for an input that the file does not define.

`${input:NAME}` needs an entry with that `id` in `inputs`; otherwise VS Code stops with "Undefined input variable".

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["--model", "${input:modle}"]
        }
    ],
    "inputs": [{"id": "model", "type": "promptString", "description": "Model"}]
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
            "program": "${workspaceFolder}",
            "args": ["--model", "${input:model}"]
        }
    ],
    "inputs": [{"id": "model", "type": "promptString", "description": "Model"}]
}
```

## Example

```json
{
    "configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}],
    "inputs": []
}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["${input:model}"]
        }
    ],
    "inputs": [{"id": "model", "type": "promptString", "description": "Model"}]
}
```

## No finding

Without any `inputs` in the file those of the user's settings may be meant:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern

INPUT = pattern(r"\$\{input:([^{}]*)\}")

MESSAGE = Message(
    en="No entry of inputs has the id {id!r}: VS Code stops before the program starts",
    zh="inputs 中没有 id 为 {id!r} 的条目：VS Code 会在程序启动前中止",
)
TITLE = Message(en="Use {id}", zh="改用 {id}")


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    inputs = tree.at("inputs")
    if inputs is None or inputs.kind != "array":
        return
    ids = {entry.at("id") for entry in inputs.elements}
    known = {node.string for node in ids if node is not None and node.string}
    for configuration in go_entries(tree):
        for node in configuration.node.walk():
            for found in INPUT.finditer(node.string or ""):
                if found[1] not in known:
                    yield _finding(tree, node, found[1], nearest(found[1], known))


def _finding(tree: Jsonc, node: Node, name: str, near: str | None) -> Finding:
    text = (node.string or "").replace(f"${{input:{name}}}", f"${{input:{near}}}")
    fixes = (Fix(TITLE(id=near), edit.replaced(tree, node, text)),) if near else ()
    return Finding(node.span, MESSAGE(id=name), fixes)
