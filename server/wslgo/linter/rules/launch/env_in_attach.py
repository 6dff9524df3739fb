"""An entry that attaches sets variables, which the process does not get.

The environment of a running process cannot change from outside. The Go extension passes these variables to Delve, and
Delve does not pass them on. In particular, `CUDA_LAUNCH_BLOCKING` has an effect only if it is set before the program
first calls CUDA. Set the variables where the program starts.

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
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message

ATTRIBUTES = ("env", "envFile")

MESSAGE = Message(
    en="The process is already running, so {name} has no effect. Set the variables where it starts",
    zh="该进程已在运行，因此 {name} 不起作用。请在启动该进程的地方设置变量",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=("attach",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for number, member in enumerate(configuration.node.members):
            if configuration.request != "attach" or member.key not in ATTRIBUTES or _is_empty(member.value):
                continue
            edits = () if tree.problems else edit.removals(tree, configuration.node, (number,), with_own_comments=True)
            fixes = (Fix(REMOVE(name=member.key), edits),) if edits else ()
            yield Finding(member.key_span, MESSAGE(name=member.key), fixes, tags=(Tag.UNNECESSARY,))


def _is_empty(value: Node | None) -> bool:
    return value is None or value.kind == "null" or not (value.string or value.members or value.elements)
