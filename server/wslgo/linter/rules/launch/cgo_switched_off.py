"""`CGO_ENABLED` is `0` for a build that needs cgo.

The variable reaches the build, which then leaves out every file with `import "C"`. If the package, or one that it
imports, has no other files, the build fails with "build constraints exclude all Go files". The race detector (`-race`)
also needs cgo on Linux. Set the variable to `1`.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```

```go project path=main.go
package main

// #include <stdio.h>
import "C"

func main() {}
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
            "program": "${workspaceFolder}",
            "env": {"CGO_ENABLED": "1"}
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {
            "name": "Race",
            "type": "go",
            "request": "launch",
            "program": "${fileDirname}",
            "buildFlags": "-race",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```

## Example

The need is one package away:

```json
{
    "configurations": [
        {
            "name": "Sim",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}/cmd/sim",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```

```text project path=go.mod
module example.com/sim
```

```go project path=cmd/sim/main.go
package main

import "example.com/sim/gpu"

func main() { gpu.Run() }
```

```go project path=gpu/gpu.go
package gpu

import "C"

func Run() {}
```

## Example

```json
{
    "configurations": [
        {"name": "UI", "type": "go", "request": "launch", "program": "${workspaceFolder}", "env": {"CGO_ENABLED": "0"}}
    ]
}
```

```text project path=go.mod
module example.com/ui
```

```go project path=main.go
package main

import "fyne.io/fyne/v2/app"

func main() { app.New() }
```

## No finding

The package has files without C:

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```

```go project path=gpu.go
package main

import "C"
```

```go project path=main.go
package main

func main() {}
```

## No finding

Without cgo it does not import that package:

```json
{
    "configurations": [
        {
            "name": "Sim",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```

```text project path=go.mod
module example.com/sim
```

```go project path=with_gpu.go
//go:build cgo

package main

import _ "example.com/sim/gpu"
```

```go project path=main.go
package main

func main() {}
```

```go project path=gpu/gpu.go
package gpu

import "C"
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Race",
            "type": "go",
            "request": "launch",
            "program": "${fileDirname}",
            "buildFlags": "-race",
            "env": {"CGO_ENABLED": "1"}
        },
        {
            "name": "Plain",
            "type": "go",
            "request": "launch",
            "program": "${fileDirname}",
            "env": {"CGO_ENABLED": "0"}
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message, Text

NOTHING_LEFT = Message(
    en="The build of {folder} fails because each of its files needs cgo. Set CGO_ENABLED to 1",
    zh="{folder} 会构建失败，因为其所有文件都需要 cgo。请将 CGO_ENABLED 设为 1",
)
RACE = Message(
    en="The build fails because -race needs cgo on Linux. Set CGO_ENABLED to 1",
    zh="构建会失败，因为在 Linux 上 -race 需要 cgo。请将 CGO_ENABLED 设为 1",
)
TITLE = Message(en="Turn cgo on", zh="启用 cgo")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, by_entry=True, only_with=("cgo_enabled",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        enabled = configuration.variable("CGO_ENABLED")
        if enabled is None or enabled.string != "0" or not builds(configuration):
            continue
        message = RACE() if "-race" in configuration.build_flags() else _nothing_left(configuration, scene)
        if message is not None:
            yield Finding(enabled.span, message, (Fix(TITLE(), edit.replacement(tree, enabled, "1")),))


def _nothing_left(configuration: Configuration, scene: Scene) -> Text | None:
    from wslgo.launch.without_cgo import empty_package  # few entries switch cgo off

    workspace = workspace_folder_of(scene.file.place)
    found = empty_package(configuration, scene.project, workspace) if scene.project is not None else None
    return NOTHING_LEFT(folder=found.name) if found is not None else None
