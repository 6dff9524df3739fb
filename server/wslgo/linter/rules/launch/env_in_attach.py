"""An entry that attaches sets variables, which the process does not get.

The environment of a process that runs already cannot be changed from outside. The Go extension hands these variables
to the Delve that it starts, and Delve hands them to nobody. `CUDA_LAUNCH_BLOCKING` in particular counts only if it is
there before the program first calls CUDA: set it where the program is started.

## Example

```json
{
    "configurations": [
        {
            "name": "Attach",
            "type": "go",
            "request": "attach",
            "mode": "local",
            "processId": "${command:pickGoProcess}",
            "env": {"CUDA_LAUNCH_BLOCKING": "1"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Attach",
            "type": "go",
            "request": "attach",
            "mode": "local",
            "processId": "${command:pickGoProcess}"
        }
    ]
}
```

## Example

```json
{"configurations": [{"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "port": 1, "envFile": "/x"}]}
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
            "env": {"GODEBUG": "gctrace=1"}
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "Attach", "type": "go", "request": "attach", "processId": 0, "env": {}, "envFile": ""},
        {"name": "Script", "type": "node", "request": "attach", "env": {"PORT": "1"}}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message

ATTRIBUTES = ("env", "envFile")

MESSAGE = Message(
    en="The process does not get this {name}: it runs already, and its environment cannot change; set the variables "
    "where it is started",
    zh="该进程不会得到此 {name}：它已在运行，其环境无法更改；请在启动该进程的地方设置变量",
)
TITLE = Message(en="Remove {name}", zh="删除 {name}")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for number, member in enumerate(configuration.node.members):
            if configuration.request != "attach" or member.key not in ATTRIBUTES or _is_empty(member.value):
                continue
            edits = () if tree.problems else edit.without(tree, configuration.node, (number,))
            fixes = (Fix(TITLE(name=member.key), edits),) if edits else ()
            yield Finding(member.key_span, MESSAGE(name=member.key), fixes, tags=(Tag.UNNECESSARY,))


def _is_empty(value: Node | None) -> bool:
    return value is None or value.kind == "null" or not (value.string or value.members or value.elements)
