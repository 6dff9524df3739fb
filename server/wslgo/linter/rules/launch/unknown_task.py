"""`preLaunchTask` or `postDebugTask` names a task that does not exist.

VS Code looks for a task with exactly this `label` in `tasks.json` of the same folder, in the user's tasks, and in those
that extensions offer (`go: build package`, `npm: start`). Without one it reports "Could not find the task" and does not
start the program.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "preLaunchTask": "biuld"}
    ]
}
```

```json project path=.vscode/tasks.json
{"version": "2.0.0", "tasks": [{"label": "build", "type": "shell", "command": "make"}]}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "preLaunchTask": "build"}
    ]
}
```

## Example

The folder has no `tasks.json`. The user's own tasks may have it, for this machine alone:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "postDebugTask": "stop db"}
    ]
}
```

```text project path=go.mod
module example.com/app
```

## Example

```json path=app.code-workspace
{
    "folders": [{"path": "."}],
    "tasks": {"version": "2.0.0", "tasks": [{"label": "build", "type": "shell", "command": "make"}]},
    "launch": {
        "configurations": [{"name": "A", "type": "go", "request": "launch", "program": "."}],
        "compounds": [{"name": "B", "configurations": ["A"], "preLaunchTask": "kernels"}]
    }
}
```

```text project path=go.mod
module example.com/app
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "preLaunchTask": "go: build package"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "preLaunchTask": "${defaultBuildTask}"},
        {"name": "C", "type": "go", "request": "launch", "program": ".", "preLaunchTask": "nvcc", "postDebugTask": ""},
        {"name": "D", "type": "go", "request": "launch", "program": ".", "preLaunchTask": {"type": "shell"}}
    ]
}
```

```json path=.vscode/tasks.json
{"version": "2.0.0", "tasks": [{"label": "nvcc", "type": "shell", "command": "nvcc"}]}
```

## No finding

Nothing is known of the folder:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}", "preLaunchTask": "build"}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.launch.known_tasks import known_tasks
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit, launch
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.nearest import nearest

KEYS = ("preLaunchTask", "postDebugTask", "postRestartTask")

MESSAGE = Message(
    en="tasks.json has no task with the label {name!r}, so VS Code does not start the program",
    zh="tasks.json 中没有标签为 {name!r} 的任务，因此 VS Code 不会启动程序",
)
AFTERWARDS = Message(
    en="tasks.json has no task with the label {name!r}: VS Code reports an error at the end of each session",
    zh="tasks.json 中没有标签为 {name!r} 的任务：每次会话结束时 VS Code 都会报错",
)

UNWRITTEN = Message(
    en="No tasks.json here has the task {name!r}: unless your user tasks have it, VS Code does not start the program",
    zh="此处没有包含任务 {name!r} 的 tasks.json：除非您的用户任务中有它，否则 VS Code 不会启动程序",
)
UNWRITTEN_AFTERWARDS = Message(
    en="No tasks.json here has the task {name!r}: unless your user tasks have it, each session ends with an error",
    zh="此处没有包含任务 {name!r} 的 tasks.json：除非您的用户任务中有它，否则每次会话都以报错结束",
)

# Whether a file for tasks exists, and whether the task is to run before the program.
_MESSAGES = {
    (True, True): MESSAGE,
    (True, False): AFTERWARDS,
    (False, True): UNWRITTEN,
    (False, False): UNWRITTEN_AFTERWARDS,
}


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=False, only_with=tuple(map(str.lower, KEYS)))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    asked = [(key, node) for key, node in _references(tree) if _is_label(node.string)]
    tasks = known_tasks(scene.file, scene.others, scene.project) if asked else None
    if tasks is None:
        return
    # The user's own tasks are in a file that is not read; beside a tasks.json they are rare.
    severity = None if tasks.written else Severity.INFORMATION
    for key, node in asked:
        name = node.string or ""
        if name in tasks.names:
            continue
        near = nearest(name, tasks.names)
        fixes = (Fix(CHANGE_TO(value=near), edit.replacement(tree, node, near)),) if near else ()
        yield Finding(node.span, _MESSAGES[tasks.written, key == KEYS[0]](name=name), fixes, severity=severity)


def _references(tree: Jsonc) -> Iterator[tuple[str, Node]]:
    entries = go_entries(tree)
    for configuration in entries:
        for key in KEYS:
            node = configuration.get(key)
            if node is not None:
                yield key, node
    names = {configuration.name for configuration in entries}
    for compound in launch.read(launch.holder(tree)).compounds:
        node = compound.node.get(KEYS[0])
        if node is not None and any(reference.name in names for reference in compound.configurations):
            yield KEYS[0], node


def _is_label(name: str | None) -> bool:
    """Return whether only a file can have a task of this name: those of extensions are `TYPE: NAME`."""
    return bool(name) and ": " not in (name or "") and "${" not in (name or "")
