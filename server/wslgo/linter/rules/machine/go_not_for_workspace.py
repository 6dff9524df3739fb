"""The go command cannot build this workspace, and cannot get the Go that its go.mod asks for.

GOTOOLCHAIN, GOPROXY or GOSUMDB keep go from running another Go than its own, or it asks for one that does not exist.
The root `go.mod` or `go.work` counts.

## Example

```json host
{
  "go": {"version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "local", "origin": "/home/user/.config/go/env"}]
}
```

```json workspace
{"go_line": "1.27.0"}
```

becomes

```json host
{
  "go": {"version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## Example

```json host
{
  "go": {"version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

```json workspace
{"go_line": "1.24"}
```

becomes

```json host
{"go": {"version": "1.24.0"}}
```

## No finding

go downloads the newer Go:

```json workspace
{"go_line": "1.27.0"}
```

## No finding

Without a workspace nothing is asked for:

```json host
{"go": {"version": "1.22.2"}, "go_variables": [{"name": "GOTOOLCHAIN", "value": "local", "origin": "default"}]}
```
"""

from collections.abc import Iterator

from wslgo.golang.toolchain import Obstacle, obstacle
from wslgo.knowledge.go_releases import switches_toolchains
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.module_go import command_on
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.toolchain_obstacle import IS_SURE, explanation
from wslgo.linter.value_cure import cure
from wslgo.machine.host import Host
from wslgo.text.message import Text
from wslgo.text.next_step import command


@machine_rule(Severity.ERROR, "go.go", needs=("go", "go_variables", "goenv_path", "home"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    go, workspace = command_on(host), scene.workspace
    if go is None or workspace is None or not switches_toolchains(go.version):  # machine/go-too-old
        return
    lines = workspace.lines
    reason = obstacle(lines, go)
    if reason is not None:
        severity = Severity.ERROR if reason in IS_SURE else Severity.WARNING
        yield machine_finding(explanation(lines, go, reason), _next_step(host, reason), severity=severity)


def _next_step(host: Host, reason: Obstacle) -> Text:
    """Return the step that helps: another Go does not if GOTOOLCHAIN names one."""
    variable = host.variable("GOTOOLCHAIN")
    names_a_go = variable is not None and variable.value.startswith("go")
    step = cure(host, variable) if variable is not None and names_a_go and reason is Obstacle.LOCAL else None
    return step or command("wslgo provision --only toolchain,path")
