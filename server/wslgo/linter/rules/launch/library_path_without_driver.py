"""`LD_LIBRARY_PATH` replaces the folder of the CUDA driver, which the loader of this machine finds in no other way.

WSL puts the driver into `/usr/lib/wsl/lib` and adds that folder to the loader's list when a distribution starts. Where
that did not happen (`ldconfig=false`, a container, no `ldconfig`), only `LD_LIBRARY_PATH` leads there. The value of an
entry replaces the inherited one, so the program ends with "libcuda.so.1: cannot open shared object file".

## Example

```json
{
    "configurations": [
        {
            "name": "Train",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64"}
        }
    ]
}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{"wsl": {"generation": 2}, "gpu": {"has_library": true, "loader_finds_library": false}}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Train",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64:/usr/lib/wsl/lib"}
        }
    ]
}
```

## No finding

The inherited value is kept, or the folder is named:

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/opt/lib:${env:LD_LIBRARY_PATH}"}
        },
        {
            "name": "B",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/usr/lib/wsl/lib/:/opt/lib"}
        }
    ]
}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{"wsl": {"generation": 2}, "gpu": {"has_library": true, "loader_finds_library": false}}
```

## No finding

The loader knows the folder:

```json
{"configurations": [
  {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"LD_LIBRARY_PATH": "/usr/local/cuda/lib64"}}
]}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{"wsl": {"generation": 2}, "gpu": {"has_library": true, "loader_finds_library": true}}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, starts
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

NAME = "LD_LIBRARY_PATH"

MESSAGE = Message(
    en="Without {folder} in {name} this program does not find the CUDA driver (libcuda.so.1) on this machine",
    zh="{name} 中没有 {folder}，此程序在这台机器上找不到 CUDA 驱动程序（libcuda.so.1）",
)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    needs=("wsl.generation", "gpu.has_library", "gpu.loader_finds_library"),
    by_entry=True,
    only_with=("ld_library_path",),
    dimension="gpu",
)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    project, gpu = scene.project, scene.host.gpu
    if project is None or not gpu.has_library or gpu.loader_finds_library is not False:
        return
    from wslgo.golang.uses import cuda  # few machines have the driver and do not find it
    from wslgo.knowledge.nvidia import FOLDER

    for configuration in go_entries(tree):
        value = configuration.variable(NAME)
        if value is None or value.string is None or not starts(configuration) or "${" in value.string:
            continue
        if FOLDER in (folder.rstrip("/") for folder in value.string.split(":")):
            continue
        program = program_of(configuration, project, workspace_folder_of(scene.file.place))
        if program is None or cuda.evidence_in_program(project, program.package, program.files) is None:
            continue
        new = f"{value.string.rstrip(':')}:{FOLDER}" if value.string else FOLDER
        fix = Fix(ADD(text=FOLDER), edit.replacement(tree, value, new))
        yield Finding(value.span, MESSAGE(folder=FOLDER, name=NAME), (fix,))
