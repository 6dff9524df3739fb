"""GOOS or GOARCH of another system is set for every build.

`go env -w GOOS=windows`, left over from a cross build, makes every build, test and debug session of this machine one
for Windows. Set it for one command instead: `GOOS=windows go build`.

## Example

```json host
{"go_variables": [{"name": "GOOS", "value": "windows", "origin": "/home/user/.config/go/env"}]}
```

becomes

```json host
{"go_variables": [{"name": "GOOS", "value": "linux", "origin": "default"}]}
```

## Example

```json host
{"go_variables": [{"name": "GOARCH", "value": "arm64", "origin": "environment"}]}
```

becomes

```json host
{"go_variables": [{"name": "GOARCH", "value": "amd64", "origin": "default"}]}
```

## No finding

The processor of this machine is unknown:

```json host
{"go_variables": [{"name": "GOARCH", "value": "arm64", "origin": "environment"}], "processor": null}
```

## No finding

amd64 runs the programs of its predecessor:

```json host
{"go_variables": [{"name": "GOARCH", "value": "386", "origin": "environment"}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.target import foreign_target
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.value_cure import restoration
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{name}={value} is set for every build: go run, go test and the debugger cannot start the result here",
    zh="{name}={value} 对每次构建都生效：go run、go test 和调试器无法在此启动构建结果",
)


@machine_rule(Severity.WARNING, "go.target", needs=("go_variables", "goenv_path", "processor"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for variable in foreign_target(host):
        message = MESSAGE(name=variable.name, value=variable.value)
        yield machine_finding(message, restoration(host, variable.name))
