"""GOROOT names the folder of another Go than the go command in PATH.

Every go command then takes compiler and library from that folder. If its version differs, builds end with
`compile: version "go1.22.1" does not match go tool version "go1.25.3"`. go knows its own folder without GOROOT.

## Example

```json host
{"go_variables": [{"name": "GOROOT", "value": "/usr/lib/go-1.22", "origin": "/home/user/.config/go/env"}]}
```

becomes

```json host
{}
```

## Example

```json host
{"go_variables": [{"name": "GOROOT", "value": "/opt/go", "origin": "environment"}]}
```

## No finding

It is the folder of the go command:

```json host
{"go_variables": [{"name": "GOROOT", "value": "/usr/local/go", "origin": "environment"}]}
```

## No finding

The folder of `/usr/bin/go` is not known:

```json host
{
 "go": {"path": "/usr/bin/go"},
 "go_variables": [{"name": "GOROOT", "value": "/usr/lib/go-1.22", "origin": "environment"}]
}
```

## No finding

No command works, which `machine/go-fails` says:

```json host
{
 "go": {"problem": "go: cannot find GOROOT directory: /opt/go"},
 "go_variables": [{"name": "GOROOT", "value": "/opt/go", "origin": "environment"}]
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT
from wslgo.linter.another_go import is_another_go
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="GOROOT={value} is not the folder of {path}: if their versions differ, every build fails",
    zh="GOROOT={value} 不是 {path} 所属的文件夹：如果版本不同，每次构建都会失败",
)
REMOVE = Message(en="remove GOROOT from {place}", zh="从 {place} 中删除 GOROOT")
UNSET = Message(
    en="type: unset GOROOT, and remove it where it is exported", zh="输入：unset GOROOT，并在导出它的位置删除它"
)


@machine_rule(Severity.WARNING, "go.goroot", needs=("go", "go_variables", "mounts"), dimension="reproducibility")
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    variable, go = host.variable("GOROOT"), host.go
    if variable is None or variable.origin == DEFAULT or go is None or go.problem:
        return
    if is_another_go(host, variable.value):
        step = UNSET() if variable.origin == ENVIRONMENT else REMOVE(place=variable.origin)
        yield machine_finding(MESSAGE(value=variable.value, path=go.path), step)
