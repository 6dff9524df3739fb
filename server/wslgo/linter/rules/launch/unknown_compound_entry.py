"""A compound names an entry that does not exist.

A compound starts entries by their `name`, exactly as written. VS Code reports "Could not find launch configuration" and
starts none of them. Another compound cannot be a part of a compound.

## Example

```json
{
    "configurations": [
        {"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/server"},
        {"name": "Client", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/client"}
    ],
    "compounds": [{"name": "Both", "configurations": ["Sever", "Client"]}]
}
```

becomes

```json
{
    "configurations": [
        {"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/server"},
        {"name": "Client", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/client"}
    ],
    "compounds": [{"name": "Both", "configurations": ["Server", "Client"]}]
}
```

## Example

```json
{
    "configurations": [{"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}"}],
    "compounds": [
        {"name": "Both", "configurations": ["Server", "Postgres"]},
        {"name": "All", "configurations": ["Both"]}
    ]
}
```

## Example

```json
{
    "configurations": [{"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}"}],
    "compounds": [{"name": "Both", "configurations": ["Server", "Servers"]}]
}
```

## No finding

The second entry of a name has a number, and an entry of another folder is in its file:

```json
{
    "configurations": [
        {"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/a"},
        {"name": "Server", "type": "go", "request": "launch", "program": "${workspaceFolder}/cmd/b"}
    ],
    "compounds": [{"name": "Both", "configurations": ["Server", "Server (1)", {"folder": "web", "name": "Page"}]}]
}
```

## No finding

A workspace with several folders finds entries in all of them, and other languages are for their own tools:

```json path=app.code-workspace
{
    "folders": [{"path": "api"}, {"path": "web"}],
    "launch": {
        "configurations": [{"name": "Server", "type": "go", "request": "attach", "processId": 0}],
        "compounds": [{"name": "Both", "configurations": ["Server", "Page"]}]
    }
}
```

```json
{
    "configurations": [{"name": "Page", "type": "node", "request": "launch", "program": "a.js"}],
    "compounds": [{"name": "Both", "configurations": ["Pages"]}]
}
```
"""

from collections import Counter
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import LAUNCH, WORKSPACE
from wslgo.syntax.json import edit, launch
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.nearest import nearest

MESSAGE = Message(
    en="No entry has the name {name!r}, so VS Code starts nothing of this compound",
    zh="没有名为 {name!r} 的条目，因此 VS Code 不会启动此复合配置的任何条目",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=False, only_with=("compounds",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    found = launch.read(launch.holder(tree))
    if scene.file.family.name != LAUNCH or any(other.family.name == WORKSPACE for other in scene.others):
        return  # the entry may be that of another folder
    if not any(configuration.type == "go" for configuration in found.configurations):
        return
    names = _shown_names(configuration.name for configuration in found.configurations if configuration.name)
    for compound in found.compounds:
        for reference in compound.configurations:
            # VS Code leaves out a reference to the compound itself.
            if reference.node.string is None or reference.name in names or reference.name == compound.name:
                continue
            near = nearest(reference.name, names - {other.name for other in compound.configurations})
            fixes = (Fix(CHANGE_TO(value=near), edit.replacement(tree, reference.node, near)),) if near else ()
            yield Finding(reference.node.span, MESSAGE(name=reference.name), fixes)


def _shown_names(names: Iterator[str]) -> frozenset[str]:
    """Return the names as VS Code shows them: with a number after one that is used again."""
    found = Counter(names)
    again = (f"{name} ({number})" for name, count in found.items() for number in range(1, count))
    return frozenset((*found, *again))
