"""An entry or a task uses an input that the file does not define.

`${input:NAME}` needs an entry with that `id` in `inputs`. Without it VS Code stops with "Undefined input variable".

## Example

```json path=.vscode/launch.json
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

```json path=.vscode/launch.json
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

```json path=.vscode/launch.json
{
    "configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}],
    "inputs": []
}
```

## Example

Without `inputs` in the file, only the user's settings can define the input:

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}]}
```

## Example

```json path=.vscode/tasks.json
{
    "version": "2.0.0",
    "tasks": [{"label": "build", "type": "shell", "command": "go build -tags ${input:tags} ./..."}],
    "inputs": [{"id": "tag", "type": "promptString", "description": "Tags"}]
}
```

becomes

```json path=.vscode/tasks.json
{
    "version": "2.0.0",
    "tasks": [{"label": "build", "type": "shell", "command": "go build -tags ${input:tag} ./..."}],
    "inputs": [{"id": "tag", "type": "promptString", "description": "Tags"}]
}
```

## Example

```json path=app.code-workspace
{
    "launch": {
        "configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${input:program}"}],
        "inputs": [{"id": "model", "type": "promptString", "description": "Model"}]
    }
}
```

## Example

```json path=.vscode/settings.json
{
    "launch": {
        "configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${input:program}"}],
        "inputs": []
    }
}
```

## No finding

```json path=.vscode/launch.json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "args": ["${input:model}"],
            "windows": {"args": ["${input:drive}"]}
        },
        {"name": "Script", "type": "node", "request": "launch", "program": "${input:script}"}
    ],
    "inputs": [{"id": "model", "type": "promptString", "description": "Model"}]
}
```

## No finding

```json path=.vscode/launch.json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "args": ["${input:device}"]}]}
```

```json path=app.code-workspace
{
    "folders": [{"path": "."}],
    "launch": {"configurations": [], "inputs": [{"id": "device", "type": "promptString", "description": "Device"}]}
}
```

## No finding

```json path=.vscode/tasks.json
{
    "version": "2.0.0",
    "tasks": [{"label": "build", "type": "shell", "command": "echo ${input:tag}"}],
    "inputs": [{"id": "tag", "type": "promptString", "description": "Tags"}]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene, holds_entries
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import SETTINGS, TASKS, WORKSPACE
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import holder
from wslgo.text.message import Message
from wslgo.text.nearest import nearest
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

INPUT = pattern(r"\$\{input:([^{}]*)\}")

# Only the block for the system of the editor's server counts.
OTHER_SYSTEMS = ("windows", "osx")

MESSAGE = Message(
    en="inputs has no entry with the id {id!r}, so VS Code does not start this",
    zh="inputs 中没有 id 为 {id!r} 的条目，因此 VS Code 不会启动它",
)
MISSING = Message(
    en="This file has no inputs: VS Code does not start this unless the user's settings define {id!r}",
    zh="此文件没有 inputs：除非用户设置定义了 {id!r}，否则 VS Code 不会启动它",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, by_entry=True, only_with=("${input:",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    if "${input:" not in tree.source.text:
        return
    is_alone = not any(
        file.family.name in (WORKSPACE, SETTINGS) and "inputs" in file.source.text for file in scene.others
    )
    if scene.file.family.name == TASKS:
        tasks = tree.at("tasks")
        yield from _findings(tree, tree.root, tasks.elements if tasks is not None else (), is_alone=is_alone)
    elif holds_entries(scene.file):
        yield from _findings(tree, holder(tree), tuple(entry.node for entry in go_entries(tree)), is_alone=is_alone)


def _findings(tree: Jsonc, place: Node | None, users: tuple[Node, ...], *, is_alone: bool) -> Iterator[Finding]:
    """Yield the findings about entries or tasks, whose `inputs` are in `place`, or perhaps in a file beside it."""
    inputs = place.get("inputs") if place is not None else None
    ids = [entry.at("id") for entry in inputs.elements] if inputs is not None else []
    known = {node.string for node in ids if node is not None and node.string}
    for node in _strings(users):
        for found in INPUT.finditer(node.string or ""):
            if found[1] in known:
                continue
            from wslgo.syntax.json.parts import part_edits, part_span  # most inputs are defined

            used = Span(*found.span())
            if inputs is None and is_alone:
                yield Finding(part_span(tree, node, used), MISSING(id=found[1]), severity=Severity.INFORMATION)
            elif inputs is not None and inputs.kind == "array":
                near = nearest(found[1], known)
                edits = part_edits(tree, node, Span(*found.span(1)), near) if near else ()
                fixes = (Fix(CHANGE_TO(value=near), edits),) if near and edits else ()
                yield Finding(part_span(tree, node, used), MESSAGE(id=found[1]), fixes)


def _strings(users: tuple[Node, ...]) -> Iterator[Node]:
    """Yield the values of entries or tasks, without those for other systems."""
    for user in users:
        for member in user.members:
            if member.key not in OTHER_SYSTEMS and member.value is not None:
                yield from member.value.walk()
