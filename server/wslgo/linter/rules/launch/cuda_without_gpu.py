"""A program that uses CUDA is started where WSL has no GPU.

`[gpu] enabled=false` in `wsl.conf` keeps the GPU out of a distribution, `gpuSupport=false` in `.wslconfig` out of all,
and WSL 1 has none. The program starts, and its first call of CUDA fails: no CUDA-capable device is detected.

## Example

```json
{"configurations": [{"name": "Train", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{
    "wsl": {"generation": 2},
    "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=false\\n"}
}
```

## Example

```json
{"configurations": [{"name": "Train", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{"wsl": {"generation": 1}}
```

## Example

The file is beside the code, as in a repository that sets up machines:

```json
{"configurations": [{"name": "Train", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```ini path=.wslconfig
[wsl2]
gpuSupport=false
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

## No finding

The GPU is on, or unknown:

```json
{"configurations": [{"name": "Train", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

// #include <cuda_runtime.h>
import "C"

func main() {}
```

```json host
{
    "wsl": {"generation": 2},
    "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nenabled=true\\n", "knows_start": false, "knows_before": false}
}
```

## No finding

The program does not use CUDA:

```json
{"configurations": [{"name": "Web", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

func main() {}
```

```json host
{"wsl": {"generation": 1}}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, starts
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import OTHER
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.typing import NamedTuple

WSL_1 = Message(
    en="'{name}' uses CUDA, and WSL 1 has no GPU. Convert the distribution: wsl --set-version NAME 2",
    zh="'{name}' 使用 CUDA，而 WSL 1 没有 GPU。请转换发行版：wsl --set-version NAME 2",
)
OFF = Message(
    en="'{name}' uses CUDA, but {setting} in {path} keeps the GPU out: it finds no device",
    zh="'{name}' 使用 CUDA，但 {path} 中的 {setting} 使 GPU 不可用：程序找不到设备",
)
SWITCH = Message(en="The GPU is switched off here", zh="GPU 在此处被关闭")


class Cause(NamedTuple):
    """The setting that switches the GPU off, with its file, and its place if the file was read."""

    setting: str
    path: str
    related: tuple[Related, ...] = ()


@rule(Severity.WARNING, needs=("wsl.generation", "wslconf", "wslconfig"), by_entry=True, dimension="gpu")
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    project, host = scene.project, scene.host
    is_old = host.wsl.generation == 1
    entries = go_entries(tree) if project is not None else ()
    cause = None if is_old or not entries else _cause(scene)
    if project is None or (cause is None and not is_old):
        return
    from wslgo.golang.uses import cuda  # few machines keep the GPU out

    for configuration in entries:
        node = configuration.program
        program = program_of(configuration, project, workspace_folder_of(scene.file.place)) if node else None
        if node is None or program is None or not starts(configuration) or configuration.get("port") is not None:
            continue
        if cuda.evidence_in_program(project, program.package, program.files) is None:
            continue
        name = configuration.name or configuration.text("program")
        if cause is None:
            yield Finding(node.span, WSL_1(name=name))
        else:
            yield Finding(node.span, OFF(name=name, setting=cause.setting, path=cause.path), related=cause.related)


def _cause(scene: Scene) -> Cause | None:
    """Return the setting of this machine, or else that of a file beside this one, that switches the GPU off."""
    is_known = scene.host.wslconf is not None or scene.host.wslconfig is not None
    if scene.host.wsl.generation == 0 or not (is_known or any(file.family.name in OTHER for file in scene.others)):
        return None
    from wslgo.machine.switches import GPU, switched_off_next  # loads the parser of WSL's files

    switch = switched_off_next(scene.host, GPU)
    if switch is not None:
        return Cause(switch.in_words, switch.path)
    for family, section, key in GPU:
        path, file = scene.other(family) or ("", None)
        setting = file.find(section, key) if file is not None else None
        if setting is not None and setting.value.lower() in ("false", "0"):
            related = (Related(setting.value_span, SWITCH(), path),)
            return Cause(f"[{section}] {key}={setting.value}", path, related)
    return None
