"""`CGO_ENABLED` is `0` for a build that needs cgo.

The variable reaches the build, which then leaves out every file with `import "C"`. If the package has no other files,
the build fails with "build constraints exclude all Go files". The race detector (`-race`) also needs cgo on Linux. Set
the variable to `1`.

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
from wslgo.launch.program import target_of
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


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        enabled = configuration.variable("CGO_ENABLED")
        if enabled is None or enabled.string != "0" or not builds(configuration):
            continue
        message = RACE() if "-race" in configuration.build_flags() else _nothing_left(configuration, scene)
        if message is not None:
            yield Finding(enabled.span, message, (Fix(TITLE(), edit.replacement(tree, enabled, "1")),))


def _nothing_left(configuration: Configuration, scene: Scene) -> Text | None:
    project, path = scene.project, configuration.text("program")
    folder = project.resolved_path(path, workspace_folder_of(scene.file.place)) if project and path else None
    if project is None or folder is None or folder.endswith(".go"):
        return None
    target = target_of(configuration)
    without, with_cgo = project.package(folder, target), project.package(folder, target._replace(has_cgo=True))
    if without is None or with_cgo is None or without.files or without.tests or not with_cgo.files:
        return None
    return NOTHING_LEFT(folder=project.shown_path(folder) or ".")
