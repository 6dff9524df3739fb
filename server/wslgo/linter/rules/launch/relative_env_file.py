"""`envFile` is a relative path, which is not looked up in the workspace.

The Go extension hands the path to Node as it stands, so it is seen from the folder in which VS Code's server was
started. The file is not found there, and the start stops with "Cannot load environment variables from file".

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
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en="{path} is not looked up in the workspace: a relative envFile is seen from where VS Code's server was started",
    zh="不会在工作区中查找 {path}：相对路径的 envFile 以 VS Code 服务器的启动位置为准",
)
TITLE = Message(en="Write {path}", zh="改写为 {path}")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for node in configuration.env_files() if configuration.request == "launch" else ():
            path = node.string or ""
            # What looks like a path of Windows, or begins with a variable, is left to VS Code.
            if not path or path.startswith(("/", "${")) or "\\" in path or ":" in path:
                continue
            absolute = f"${{env:HOME}}/{path[2:]}" if path.startswith("~/") else _in_workspace(path)
            fix = Fix(TITLE(path=absolute), edit.replaced(tree, node, absolute), Safety.SAFE)
            yield Finding(node.span, MESSAGE(path=path), (fix,))


def _in_workspace(path: str) -> str:
    return f"${{workspaceFolder}}/{path.removeprefix('./')}"
