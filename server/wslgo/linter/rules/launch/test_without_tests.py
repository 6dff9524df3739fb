"""The mode is `test`, and the package has no tests.

Delve builds the test binary of the package. Without a file `*_test.go` go builds none, and Delve stops with "not an
executable file". Name the folder with the tests, or use the mode `debug`.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}"}
    ]
}
```

```go project path=main.go
package main

func main() {}
```

```go project path=shop/shop_test.go
package shop
```

## Example

The tests are left out without their build tag:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}/gpu"}
    ]
}
```

```go project path=gpu/gpu.go
package gpu
```

```go project path=gpu/gpu_test.go
//go:build cuda

package gpu
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}/shop"},
        {"name": "B", "type": "go", "request": "launch", "mode": "test", "program": "${fileDirname}"},
        {"name": "C", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"},
        {
            "name": "D",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": "${workspaceFolder}/gpu",
            "buildFlags": "-tags=cuda"
        },
        {
            "name": "E",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": "${workspaceFolder}/written",
            "preLaunchTask": "go: generate"
        },
        {
            "name": "F",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": "${workspaceFolder}/gpu",
            "envFile": "${workspaceFolder}/.env"
        }
    ]
}
```

```go project path=main.go
package main
```

```go project path=shop/shop_test.go
package shop
```

```go project path=written/written.go
package written
```

```go project path=gpu/gpu_test.go
//go:build cuda

package gpu
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}/gpu"}
    ]
}
```

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOFLAGS": "-tags=cuda"}}
```

```go project path=gpu/gpu_test.go
//go:build cuda

package gpu
```
"""

from collections.abc import Iterator

from wslgo.golang.package import Package
from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.launch.program import may_have_other_tags, target_of
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message, Text

# The tests are built somewhere else, or a task may write them.
ELSEWHERE = ("port", "debugServer", "preLaunchTask")

MESSAGE = Message(
    en="{path} has no _test.go file, so the mode test has nothing to start. Name the folder with the tests",
    zh="{path} 中没有 _test.go 文件，因此 test 模式没有可启动的内容。请指定包含测试的文件夹",
)
LEFT_OUT = Message(
    en="Each test of {path} needs a build tag that this entry does not set, so nothing starts. Add it to buildFlags",
    zh="{path} 的所有测试都需要此条目未设置的构建标签，因此没有可启动的内容。请在 buildFlags 中添加",
)


@rule(Severity.WARNING, by_entry=True, only_with=("test",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    project, workspace = scene.project, workspace_folder_of(scene.file.place)
    if project is None:
        return
    for configuration in go_entries(tree):
        node = configuration.program
        if node is None or request_and_mode(configuration) != "launch/test" or is_legacy(configuration):
            continue
        path = project.resolved_path(node.string or "", workspace)
        if path is None or path.endswith(".go") or any(configuration.get(name) for name in ELSEWHERE):
            continue
        package = project.package(path, target_of(configuration, project.target))
        fault = _fault(package, project.shown_path(path) or ".") if package is not None else None
        is_unsure = fault is not None and fault.message is LEFT_OUT and may_have_other_tags(configuration, scene.others)
        if fault is not None and not is_unsure:
            yield Finding(node.span, fault)


def _fault(package: Package, shown: str) -> Text | None:
    if package.tests:
        return None
    is_left_out = any(file.is_test for file in package.left_out)
    return (LEFT_OUT if is_left_out else MESSAGE)(path=shown)
