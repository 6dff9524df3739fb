"""The program is in a folder without a module, so the build fails.

Delve runs `go build` in the folder of the program, and go looks for a `go.mod` there and in the folders above: `go.mod
file not found in current directory or any parent directory`. Run `go mod init NAME` in the folder. A program that is
one file and imports only the standard library builds without a module.

## Example

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/app"}
  ]
}
```

```go project path=cmd/app/main.go
package main

func main() {}
```

## No finding

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/app"}
  ]
}
```

```go project path=cmd/app/main.go
package main

func main() {}
```

```text project path=go.mod
module example.com/m
```

## No finding

One file, a binary, a folder without Go, and a path that only VS Code knows:

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/app/main.go"},
    {"type": "go", "request": "launch", "mode": "exec", "program": "${workspaceFolder}/app"},
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/other"},
    {"type": "go", "request": "launch", "mode": "auto", "program": "${fileDirname}"}
  ]
}
```

```go project path=cmd/app/main.go
package main

func main() {}
```

## No finding

Modules are switched off:

```json
{
  "configurations": [
    {
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "env": {"GO111MODULE": "off"}
    }
  ]
}
```

```go project path=main.go
package main

func main() {}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries, is_legacy
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message

MODULE_MODE = "GO111MODULE"

MESSAGE = Message(
    en="{folder} has no go.mod, and the folders above have none, so the build fails. Run there: go mod init NAME",
    zh="{folder} 及其上级文件夹中没有 go.mod，因此构建会失败。请在该处运行：go mod init NAME",
)


@rule(Severity.WARNING, needs=("go_variables",), by_entry=True, once=True)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    project, workspace = scene.project, workspace_folder_of(scene.file.place)
    mode = scene.host.go_values().get(MODULE_MODE, "on")
    if project is None or project.is_bounded or mode != "on":
        return
    reported: set[str] = set()
    for configuration in go_entries(tree):
        node = configuration.program
        if node is None or not _builds_a_folder(configuration):
            continue
        program = program_of(configuration, project, workspace)
        folder = program.package.folder if program is not None else None
        if folder is None or folder in reported or project.module_of(folder) is not None:
            continue
        reported.add(folder)
        yield Finding(node.span, MESSAGE(folder=project.shown_path(folder) or "."))


def _builds_a_folder(configuration: Configuration) -> bool:
    return (
        builds(configuration)
        and not is_legacy(configuration)
        and not configuration.text("program").endswith(".go")
        and configuration.variable(MODULE_MODE) is None
        and configuration.get("port") is None
    )
