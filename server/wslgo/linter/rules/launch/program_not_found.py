"""`program` is neither a folder with a program nor a `.go` file.

In the modes `debug`, `test` and `auto` the Go extension builds `program`, a folder or one `.go` file. It rejects
anything else: a binary, another file, or a path that does not exist. A folder without Go files does not build, and a
package that is not `main` builds into something that cannot start.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/sever"}
    ]
}
```

```go project path=cmd/server/main.go
package main

func main() {}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/cmd/server"}
    ]
}
```

## Example

A file that is not Go, and a binary, which needs the mode `exec`:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/main.c"},
        {"name": "B", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/bin/app"}
    ]
}
```

```text project path=bin/app
```

```c project path=main.c
int main(void) { return 0; }
```

## Example

A package that is not a program, and a folder without Go files:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/shop"},
        {"name": "B", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}/docs"}
    ]
}
```

```go project path=shop/shop.go
package shop
```

```text project path=docs/notes.txt
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"},
        {"name": "B", "type": "go", "request": "launch", "mode": "auto", "program": "${fileDirname}"},
        {"name": "C", "type": "go", "request": "launch", "mode": "exec", "program": "${workspaceFolder}/bin/app"},
        {"name": "D", "type": "go", "request": "launch", "mode": "debug", "program": "example.com/tools/cmd/x"},
        {"name": "E", "type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}/shop"},
        {"name": "F", "type": "go", "request": "launch", "mode": "debug", "program": "/srv/app"},
        {"name": "G", "type": "go", "request": "launch", "mode": "debug", "program": "/app", "port": 4}
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

## No finding

The files of the program need a build tag, which another rule or the build itself reports:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/gpu"}]}
```

```go project path=gpu/main.go
//go:build cuda

package main

func main() {}
```
"""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path, parent
from wslgo.golang.project import Project
from wslgo.launch.delve_behaviour import builds, go_entries, is_legacy
from wslgo.launch.program import target_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message, Text

GO = ".go"

ABSENT = Message(
    en="{path} does not exist, so this entry does not start: program must be a folder or a .go file",
    zh="{path} 不存在，因此此条目无法启动：program 必须是文件夹或 .go 文件",
)
OTHER_FILE = Message(
    en="{path} is not a folder or a .go file, so this entry does not start. A binary needs the mode exec",
    zh="{path} 不是文件夹或 .go 文件，因此此条目无法启动。二进制文件需要使用 exec 模式",
)
NO_GO = Message(
    en="{path} has no Go files, so the build fails. Name the folder of the program",
    zh="{path} 中没有 Go 文件，因此构建会失败。请指定程序所在的文件夹",
)
NOT_MAIN = Message(
    en="{path} is package {name} and not main, so there is nothing to start. Name a folder with package main",
    zh="{path} 是包 {name} 而不是 main，因此没有可启动的程序。请指定包含 main 包的文件夹",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, by_entry=True)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    project, workspace = scene.project, workspace_folder_of(scene.file.place)
    if project is None:
        return
    for configuration in go_entries(tree):
        node = configuration.program
        if node is None or not _builds_program(configuration):
            continue
        path = project.resolved_path(node.string or "", workspace)
        if path is None or "\\" in path:
            continue
        fault = _fault(project, path, configuration)
        if fault is not None:
            severity = Severity.ERROR if fault.message in (ABSENT, OTHER_FILE) else Severity.WARNING
            fixes = _fixes(tree, node, project, path) if fault.message is ABSENT else ()
            yield Finding(node.span, fault, fixes, severity=severity)


def _builds_program(configuration: Configuration) -> bool:
    """Return whether this machine builds what `program` names, and not a package by its import path."""
    first = configuration.text("program").partition("/")[0]
    is_import_path = "." in first.strip(".") and not first.endswith(GO) and "$" not in first
    return (
        builds(configuration)
        and not is_legacy(configuration)
        and not is_import_path
        and not any(configuration.get(name) is not None for name in ("port", "debugServer", "preLaunchTask"))
    )


def _fault(project: Project, path: str, configuration: Configuration) -> Text | None:
    shown = project.shown_path(path) or "."
    if project.has(path):
        return None if path.endswith(GO) else OTHER_FILE(path=shown)
    if not project.has_go(""):
        return None  # settings without the code that they are for
    if not project.has_folder(path):
        return ABSENT(path=shown)
    package = project.package(path, target_of(configuration, project.target))
    if package is None:
        return NO_GO(path=shown)
    # The mode `auto` is a test while a test file has the focus.
    name = package.files[0].head.package if package.files and configuration.mode == "debug" else "main"
    return NOT_MAIN(path=shown, name=name) if name not in ("main", "") else None


def _fixes(tree: Jsonc, node: Node, project: Project, path: str) -> tuple[Fix, ...]:
    """Return the nearest name in the same folder, if that has Go files."""
    from wslgo.syntax.json import edit  # most programs are there
    from wslgo.text.nearest import nearest

    above = parent(path)
    entries, last = project.entries(above), path.rpartition("/")[2]
    names = [name for name in entries.files if name.endswith(GO)] if path.endswith(GO) else list(entries.folders)
    near = nearest(last, names)
    written = node.string or ""
    if (
        near is None
        or not written.endswith(last)
        or not project.has_go(above if path.endswith(GO) else joined_path(above, near))
    ):
        return ()
    value = written[: len(written) - len(last)] + near
    return (Fix(CHANGE_TO(value=value), edit.replacement(tree, node, value)),)
