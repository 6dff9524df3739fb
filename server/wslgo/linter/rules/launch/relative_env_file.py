"""`envFile` is a relative path, which does not start from the workspace.

The Go extension passes the path to Node unchanged, so it is resolved against the VS Code server's start folder. The
file is not there, and the start fails with "Cannot load environment variables from file". Start the path with
`${workspaceFolder}`.

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "envFile": "./dev.env"
        },
        {
            "name": "B",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "envFile": ["a.env", "~/b.env"]
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "envFile": "${workspaceFolder}/dev.env"
        },
        {
            "name": "B",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "envFile": ["${workspaceFolder}/a.env", "${env:HOME}/b.env"]
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "envFile": "${workspaceFolder}/dev.env"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "envFile": "/etc/app.env"},
        {"name": "C", "type": "go", "request": "launch", "program": ".", "envFile": ""}
    ]
}
```

## No finding

```json
{"configurations": [{"name": "Script", "type": "python", "request": "launch", "envFile": "dev.env"}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en="{path} is resolved against the VS Code server's start folder, not the workspace, so it is not found",
    zh="{path} 会相对于 VS Code 服务器的启动文件夹（而不是工作区）解析，因此找不到",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("envfile",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for node in configuration.env_files() if configuration.request == "launch" else ():
            path = node.string or ""
            # VS Code handles Windows paths and paths that start with a variable.
            if not path or path.startswith(("/", "${")) or "\\" in path or ":" in path:
                continue
            absolute = f"${{env:HOME}}/{path[2:]}" if path.startswith("~/") else _in_workspace(path)
            fix = Fix(CHANGE_TO(value=absolute), edit.replacement(tree, node, absolute), Safety.SAFE)
            yield Finding(node.span, MESSAGE(path=path), (fix,))


def _in_workspace(path: str) -> str:
    return f"${{workspaceFolder}}/{path.removeprefix('./')}"
