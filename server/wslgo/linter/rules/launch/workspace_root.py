"""`${workspaceRoot}` is the old name of `${workspaceFolder}`.

VS Code still reads it in old files, and its documentation no longer lists it. Write `${workspaceFolder}`.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceRoot}/cmd/api",
            "env": {"DATA": "${workspaceRoot}/data"}
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
            "program": "${workspaceFolder}/cmd/api",
            "env": {"DATA": "${workspaceFolder}/data"}
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "Go", "type": "go", "request": "launch", "program": "${workspaceFolder}"},
        {"name": "Script", "type": "node", "request": "launch", "program": "${workspaceRoot}/a.js"}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

OLD, NEW = "${workspaceRoot}", "${workspaceFolder}"

MESSAGE = Message(
    en="{old} is the old name, kept for old files. Write {new}", zh="{old} 是仅为旧文件保留的旧名称。请写成 {new}"
)


@rule(Severity.HINT, fixable=Safety.SAFE, by_entry=True, only_with=("workspaceroot",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    text = tree.source.text
    if OLD not in text:
        return
    for configuration in go_entries(tree):
        for node in configuration.node.walk():
            # Escapes move the places of characters; they are rare in paths.
            at = text.find(OLD, node.span.start, node.span.end) if OLD in (node.string or "") else -1
            while at != -1:
                span = Span(at, at + len(OLD))
                yield Finding(
                    span,
                    MESSAGE(old=OLD, new=NEW),
                    (Fix(CHANGE_TO(value=NEW), (Edit(span, NEW),), Safety.SAFE),),
                    tags=(Tag.DEPRECATED,),
                )
                at = text.find(OLD, span.end, node.span.end)
