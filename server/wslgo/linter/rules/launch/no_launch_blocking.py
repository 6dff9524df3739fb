"""A program that uses CUDA is debugged without `CUDA_LAUNCH_BLOCKING`.

A kernel launch returns before the kernel has run. If the kernel fails, a later CUDA call reports the error, so Delve
shows a line that has nothing to do with the mistake. With `CUDA_LAUNCH_BLOCKING=1` the call that launches a kernel
waits for it and reports its failure itself. That costs speed and distorts every timing, so wslgo does not report
entries for benchmarks and profilers, or entries that set the variable to any value.

wslgo reads from the text of the package, and of the packages that it imports in the same workspace, whether the program
uses CUDA: `#cgo` flags, included headers, pkg-config names, imports of Go modules for CUDA, `.cu` files next to cgo.
Monitoring the GPU with NVML does not count.

## Example

```json
{
    "version": "0.2.0",
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}" // the package
        }
    ]
}
```

```go project path=cuda.go
package main

// #cgo LDFLAGS: -lcudart
// #include <cuda_runtime.h>
import "C"
```

becomes

```json
{
    "version": "0.2.0",
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}", // the package
            "env": {
                "CUDA_LAUNCH_BLOCKING": "1"
            }
        }
    ]
}
```

## Example

The program imports a package that uses CUDA:

```json
{"configurations": [
  {"type": "go", "request": "launch", "name": "App", "program": "cmd/a", "env": {"X": "1"}}
]}
```

```go project path=cmd/a/main.go
package main

import _ "example.com/gpu/kernels"
```

```go project path=kernels/kernels.go
package kernels

import "gorgonia.org/cu"
```

```text project path=go.mod
module example.com/gpu
```

becomes

```json
{"configurations": [
  {"type": "go", "request": "launch", "name": "App", "program": "cmd/a", "env": {"X": "1", "CUDA_LAUNCH_BLOCKING": "1"}}
]}
```

## No finding

The entry is made for speed:

```json
{"configurations": [{"name": "Profile", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=cuda.go
package main

// #include <cuda_runtime.h>
import "C"
```

## No finding

The author has decided:

```json
{
  "configurations": [
    {
      "name": "Debug",
      "type": "go",
      "request": "launch",
      "program": "${workspaceFolder}",
      "env": {"CUDA_LAUNCH_BLOCKING": "0"}
    }
  ]
}
```

```go project path=cuda.go
package main

// #include <cuda_runtime.h>
import "C"
```

## No finding

NVML only monitors the GPU:

```json
{"configurations": [{"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=main.go
package main

import "github.com/NVIDIA/go-nvml/pkg/nvml"
```

## No finding

The C code uses CUDA only in builds with a tag, which this build does not have:

```json
{"configurations": [{"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}"}]}
```

```go project path=cuda.go
//go:build cuda

package main

// #include <cuda_runtime.h>
import "C"
```

```go project path=main.go
package main
```
"""

from collections.abc import Iterator

from wslgo.golang.project import Project
from wslgo.knowledge.cuda import LAUNCH_BLOCKING
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import launch
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # an entry whose program is not here needs neither
    from wslgo.golang.uses.cuda import Evidence

# `core` and `replay` start nothing.
MODES = ("debug", "test", "auto", "exec")

# Words in names and arguments of entries that are made for speed, where the variable would distort the measurement.
SPEED = pattern(
    r"(?<![a-z])(?:bench|profil|perf(?!ect)|nsys|ncu\b|nsight|pprof|cpuprofile|release|speed|throughput|latency)"
    r"|性能|基准|压测|剖析|发布",
)

MESSAGE = Message(
    en="'{name}' uses CUDA without CUDA_LAUNCH_BLOCKING, so Delve shows a CUDA error at a later, wrong line",
    zh="'{name}' 使用 CUDA，但未设置 CUDA_LAUNCH_BLOCKING，因此 CUDA 错误会显示在之后的、错误的行",
)
HERE = Message(en="CUDA is used here: {what}", zh="此处使用 CUDA：{what}")
TITLE = Message(en='Set CUDA_LAUNCH_BLOCKING to "1"', zh='将 CUDA_LAUNCH_BLOCKING 设为 "1"')


@rule(Severity.HINT, fixable=Safety.UNSAFE, by_entry=True)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    if scene.project is None:
        return
    for configuration in launch.read(launch.holder(tree)).configurations:
        program = program_of(configuration, scene.project, _workspace(scene)) if _debugs_go(configuration) else None
        if program is not None and not _is_for_speed(configuration) and not _is_decided(configuration, scene):
            from wslgo.golang.uses import cuda  # see above
            from wslgo.launch.without_cgo import empty_package

            evidence = cuda.evidence_in_program(scene.project, program.package, program.files)
            # An entry that cannot be built debugs nothing.
            if evidence is not None and empty_package(configuration, scene.project, _workspace(scene)) is None:
                yield _finding(tree, configuration, evidence, scene.project)


def _finding(tree: Jsonc, configuration: Configuration, evidence: "Evidence", project: Project) -> Finding:
    related = Related(evidence.span, HERE(what=evidence.what), project.shown_path(evidence.path))
    edits = () if tree.problems else _edits(tree, configuration)
    fixes = (Fix(TITLE(), edits),) if edits else ()
    name = configuration.name or configuration.text("program")
    return Finding(_culprit(configuration), MESSAGE(name=name), fixes, (related,))


def _culprit(configuration: Configuration) -> Span:
    """Return the key `env`, else the program."""
    for block in (configuration.node.get("linux"), configuration.node):
        member = block.member("env") if block else None
        if member is not None:
            return member.key_span
    return configuration.program.span if configuration.program else configuration.node.span


def _edits(tree: Jsonc, configuration: Configuration) -> tuple[Edit, ...]:
    from wslgo.syntax.json import edit  # see above

    env = configuration.env
    if env is None:
        return edit.with_member(tree, configuration.node, "env", {LAUNCH_BLOCKING: "1"})
    return edit.with_member(tree, env, LAUNCH_BLOCKING, "1") if env.kind == "object" else ()


# Which entries are checked


def _debugs_go(configuration: Configuration) -> bool:
    no_debug = configuration.get("noDebug")
    return (
        configuration.type == "go"
        and configuration.request == "launch"
        and configuration.mode in MODES
        and not (no_debug is not None and no_debug.boolean)
    )


def _is_for_speed(configuration: Configuration) -> bool:
    words = (configuration.name, configuration.text("program").rpartition("/")[2], *configuration.args())
    return any(SPEED.search(word.lower()) for word in words)


def _is_decided(configuration: Configuration, scene: Scene) -> bool:
    """Return whether the variable is set somewhere, or may be set in a file that wslgo cannot read."""
    if any(variable.name == LAUNCH_BLOCKING for variable in configuration.variables()):
        return True
    return any(_may_set(node, scene) for node in configuration.env_files())


def _may_set(node: Node, scene: Scene) -> bool:
    project = scene.project
    path = project.resolved_path(node.string or "", _workspace(scene)) if project else None
    if project is None or path is None or not project.has(path):
        return True
    from wslgo.syntax.shell import dotenv  # few entries that use CUDA name an env file

    found = dotenv.parse(Source(project.text(path)))
    return any(assignment.name == LAUNCH_BLOCKING for assignment in found.assignments)


def _workspace(scene: Scene) -> str:
    """Return the folder that contains `.vscode`, or a workspace file."""
    return workspace_folder_of(scene.file.place)
