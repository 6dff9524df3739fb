"""An entry uses an input that the file does not define.

`${input:NAME}` needs an entry with that `id` in `inputs`. Without it VS Code stops with "Undefined input variable".

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

Without `inputs` in the file, the input may be in the user's settings:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import holder
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern

INPUT = pattern(r"\$\{input:([^{}]*)\}")

MESSAGE = Message(
    en="inputs has no entry with the id {id!r}, so VS Code does not start the program",
    zh="inputs 中没有 id 为 {id!r} 的条目，因此 VS Code 不会启动程序",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    place = holder(tree)
    inputs = place.at("inputs") if place is not None else None
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
    fixes = (Fix(CHANGE_TO(value=near), edit.replacement(tree, node, text)),) if near else ()
    return Finding(node.span, MESSAGE(id=name), fixes)
