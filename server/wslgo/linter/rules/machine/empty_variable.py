"""GOPROXY or GOSUMDB is empty where go needs a value.

An empty line in the go env file or in `$GOROOT/go.env` hides the default. Without GOPROXY go downloads no module, and
without GOSUMDB it rejects each module that is not in go.sum.

## Example

```json host
{"go_variables": [{"name": "GOSUMDB", "value": "sum.golang.org", "origin": "default"}]}
```

becomes

```json host
{}
```

## No finding

```json host
{}
```

## No finding

The go command fails for another reason, so nothing is known:

```json host
{"go": {"path": "/usr/bin/go", "problem": "Exec format error"}, "go_variables": []}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import DEFAULT
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.value_cure import restoration
from wslgo.machine.host import Host
from wslgo.text.message import Message

NO_PROXY = Message(en="GOPROXY is empty: go cannot download modules", zh="GOPROXY 为空：go 无法下载模块")
NO_DATABASE = Message(
    en="GOSUMDB is empty: go cannot verify modules that are not in go.sum",
    zh="GOSUMDB 为空：go 无法验证 go.sum 中没有的模块",
)


@machine_rule(
    Severity.ERROR, "go.goproxy", "go.gosumdb", needs=("go", "go_variables", "goenv_path"), dimension="network"
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    # Without an answer of `go env` only those are known that are set.
    if not any(variable.origin == DEFAULT for variable in host.go_variables or ()):
        return
    for name, message in (("GOPROXY", NO_PROXY), ("GOSUMDB", NO_DATABASE)):
        if host.variable(name) is None:
            yield machine_finding(message(), restoration(host, name), about=f"go.{name.lower()}")
