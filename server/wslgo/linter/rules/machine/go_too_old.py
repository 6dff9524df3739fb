"""Go is older than 1.21.

Such a Go cannot download the toolchain that a module asks for, and rejects a `go.mod` with a line such as
`go 1.24.0`.

## Example

```json host
{"go": {"version": "1.18.1"}}
```

becomes

```json host
{"go": {"version": "1.21.0"}}
```

## No finding

The version is that of a development build:

```json host
{"go": {"version": "devel"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_releases import switches_toolchains
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="Go {version} rejects a go.mod for a newer Go, and cannot download that Go (since 1.21 it can)",
    zh="Go {version} 不接受为更新的 Go 编写的 go.mod，也无法下载所需的 Go（1.21 起可以）",
)


@machine_rule(Severity.WARNING, "go.go", needs=("go",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go = host.go
    version = go_version(go.version or "") if go is not None else None
    if go is not None and version is not None and not switches_toolchains(version):
        yield machine_finding(MESSAGE(version=go.version), command("wslgo provision --only toolchain,path"))
