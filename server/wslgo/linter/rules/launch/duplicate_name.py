"""Two entries have the same name, so VS Code renames or hides one of them.

VS Code shows the second entry as `NAME (1)`; an older one always starts the first. A compound that names it starts the
first one, too. If a compound has the name of an entry, only the compound can be started. Give each its own name.

## Example

```json
{
    "configurations": [
        {"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/a"},
        {"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/b"}
    ]
}
```

## Example

```json
{
    "configurations": [{"name": "All", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/a"}],
    "compounds": [{"name": "All", "configurations": ["All"]}]
}
```

## No finding

Upper and lower case differ, and other languages are for their own tools:

```json
{
    "configurations": [
        {"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/a"},
        {"name": "debug", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/b"},
        {"name": "Script", "type": "node", "request": "launch", "program": "a.js"},
        {"name": "Script", "type": "node", "request": "launch", "program": "b.js"}
    ],
    "compounds": [{"name": "All", "configurations": ["Debug", "debug"]}]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message

# `getDeduplicatedConfig`, `getConfiguration` and `startDebugging` of VS Code 1.106 (code-server 4.139.1).
AGAIN = Message(
    en="Another entry has the name {name!r}: VS Code shows this one as {shown!r}. Give it its own name",
    zh="另一条目也叫 {name!r}：VS Code 会将此条目显示为 {shown!r}。请为它另取名称",
)
HIDDEN = Message(
    en="A compound has the name {name!r}, too, so this entry cannot be started alone. Give it its own name",
    zh="有一个复合配置也叫 {name!r}，因此此条目无法单独启动。请为它另取名称",
)
FIRST = Message(en="The same name", zh="相同的名称")


@rule(Severity.INFORMATION, by_entry=False)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    found = launch.read(launch.holder(tree))
    compounds = {compound.name: compound.node.get("name") for compound in found.compounds if compound.name}
    first: dict[str, tuple[Node, bool]] = {}
    count: dict[str, int] = {}
    for configuration in found.configurations:
        node, name = configuration.node.get("name"), configuration.name
        if node is None or not name:
            continue
        is_go = configuration.type == "go"
        before = first.setdefault(name, (node, is_go))
        number = count[name] = count.get(name, -1) + 1
        if number and (is_go or before[1]):
            message = AGAIN(name=name, shown=f"{name} ({number})")
            yield Finding(node.span, message, related=(Related(before[0].span, FIRST()),))
        compound = compounds.get(name)
        if is_go and not number and compound is not None:
            related = (Related(compound.span, FIRST()),)
            yield Finding(node.span, HIDDEN(name=name), related=related, severity=Severity.WARNING)
