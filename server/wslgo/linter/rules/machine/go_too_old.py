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

## Example

A newer Go is behind it in PATH:

```json host
{
 "go": {"path": "/usr/bin/go", "version": "1.18.1"},
 "other_go": {"path": "/usr/local/go/bin/go", "version": "1.27.3"},
 "search_path": ["/usr/bin", "/usr/local/go/bin"]
}
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
from wslgo.linter.newer_go import newer_go
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="Go {version} rejects a go.mod for a newer Go, and cannot download that Go (since 1.21 it can)",
    zh="Go {version} 不接受为更新的 Go 编写的 go.mod，也无法下载所需的 Go（1.21 起可以）",
)
FIRST = Message(
    en='{newer} is installed: add to ~/.profile: export PATH="{folder}:$PATH"',
    zh='已安装 {newer}：在 ~/.profile 中加入 export PATH="{folder}:$PATH"',
)


@machine_rule(Severity.WARNING, "go.go", needs=("go", "other_go", "mounts"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go = host.go
    version = go_version(go.version or "") if go is not None else None
    if go is not None and version is not None and not switches_toolchains(version):
        newer = newer_go(host)
        by_hand = None if newer is None else FIRST(newer=newer.version, folder=newer.path.rpartition("/")[0])
        step = by_hand or command("wslgo provision --only toolchain,path")
        yield machine_finding(MESSAGE(version=go.version), step)
