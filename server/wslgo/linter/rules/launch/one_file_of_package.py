"""`program` is one file of a package, so the build lacks the other files.

Delve builds exactly what `program` names. For `main.go` it builds only that file, and go reports "undefined" for every
function, variable, constant and type of another file. Name the folder to build the whole package. wslgo reports this
only if the file certainly uses such a name.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}/cmd/api/main.go"
        }
    ]
}
```

```go project path=cmd/api/main.go
package main

func main() {
        serve(8080)
}
```

```go project path=cmd/api/serve.go
package main

func serve(port int) {}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}/cmd/api"
        }
    ]
}
```

## Example

It needs a variable of another file:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/main.go"}]}
```

```go project path=main.go
package main

import "fmt"

func main() { fmt.Println(version, settings{}.Name) }
```

```go project path=app.go
package main

var version = "1"

type settings struct{ Name string }
```

becomes

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

## No finding

The file needs no other:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/main.go"}]}
```

```go project path=main.go
package main

import "example.com/server"

func main() {
        server.serve(8080) // serve(8080)
}
```

```go project path=serve.go
package main

func serve(port int) {}
```

## No finding

Its own name hides the other one:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/main.go"}]}
```

```go project path=main.go
package main

func main() {
        serve := func(int) {}
        serve(8080)
}
```

```go project path=serve.go
package main

func serve(port int) {}
```

## No finding

Methods do not clash with functions:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/main.go"}]}
```

```go project path=main.go
package main

type runner interface {
        run()
}

type app struct{}

func (a app) serve(port int) {}

func main() { app{}.serve(8080) }
```

```go project path=serve.go
package main

func serve(port int) {}

func run() {}
```

## No finding

A folder of scripts, each a separate program:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}/a.go"}]}
```

```go project path=a.go
package main

func main() { run() }
```

```go project path=b.go
package main

func main() {}

func run() {}
```

## No finding

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

func main() { run() }
```

```go project path=run.go
package main

func run() {}
```
"""

from collections.abc import Iterator

from wslgo.golang.package import GoFile
from wslgo.golang.paths import parent
from wslgo.golang.project import Project
from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.go import file_head
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # most entries name a folder
    from wslgo.syntax.go.package_names import Declared

MODES = ("launch/auto", "launch/debug")

MESSAGE = Message(
    en="Only this file is built, so the build fails: {name} is declared in {neighbour}. Set program to the folder",
    zh="仅构建此文件，因此构建会失败：{name} 位于 {neighbour}。请将 program 设为文件夹",
)
DECLARED = Message(en="Declared here", zh="在此处声明")
TITLE = Message(en="Build the package", zh="构建整个包")


class Missing(NamedTuple):
    """A name that the build lacks, and where it is declared."""

    name: str
    path: str
    span: Span


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=(".go",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    if scene.project is None:
        return
    workspace = workspace_folder_of(scene.file.place)
    for configuration in go_entries(tree):
        path = _file(configuration, scene.project, workspace)
        program = program_of(configuration, scene.project, workspace)
        missing = (
            _missing_name(scene.project, path, program.files) if path is not None and program is not None else None
        )
        if missing is not None and program is not None and configuration.program is not None:
            # With a second main in the folder, the folder would not build either.
            is_alone = len(program.files) == len(program.package.files)
            fixes = (_fix(tree, configuration.program),) if is_alone else ()
            yield _finding(configuration.program, missing, scene.project, fixes)


def _file(configuration: Configuration, project: Project, workspace: str) -> str | None:
    """Return the path of the one file with `main` that an entry builds."""
    written = configuration.text("program")
    if request_and_mode(configuration) not in MODES or is_legacy(configuration) or not written.endswith(".go"):
        return None
    path = project.resolved_path(written, workspace)
    return path if path is not None and file_head.declares_main(project.text(path)) else None


def _finding(node: Node, missing: Missing, project: Project, fixes: tuple[Fix, ...]) -> Finding:
    related = Related(missing.span, DECLARED(), project.shown_path(missing.path))
    message = MESSAGE(name=missing.name, neighbour=missing.path.rpartition("/")[2])
    return Finding(node.span, message, fixes, (related,))


def _fix(tree: Jsonc, node: Node) -> Fix:
    folder = parent(node.string or "") or "${workspaceFolder}"
    return Fix(TITLE(), edit.replacement(tree, node, folder), Safety.SAFE)


def _missing_name(project: Project, path: str, files: tuple[GoFile, ...]) -> Missing | None:
    """Return a name that a file uses and another file declares."""
    borrowed = project.read(path, _borrowed)
    for file in files:
        if file.path != path and borrowed:
            for name, span in project.read(file.path, _declared):
                if name in borrowed:
                    return Missing(name, file.path, span)
    return None


def _borrowed(text: str) -> frozenset[str]:
    from wslgo.syntax.go import package_names  # see above
    from wslgo.syntax.go.file_body import code

    return package_names.borrowed_names(code(text).blanked)


def _declared(text: str) -> "tuple[Declared, ...]":
    from wslgo.syntax.go import package_names  # see above
    from wslgo.syntax.go.file_body import code

    return tuple(package_names.declared_names(code(text).blanked))
