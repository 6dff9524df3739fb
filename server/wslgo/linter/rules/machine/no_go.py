"""Go is not installed, or not in PATH.

Terminals, the Go extension and Delve look for the go command there.

## Example

```json host
{"go": null, "go_variables": null}
```

becomes

```json host
{}
```

## No finding

PATH is not known:

```json host
{"go": null, "search_path": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(en="Go is not installed, or not in PATH", zh="未安装 Go，或 Go 不在 PATH 中")
INSTALL = Message(
    en="type: wslgo provision (by hand: https://go.dev/dl)",
    zh="输入：wslgo provision（手动安装：https://golang.google.cn/dl）",
)


@machine_rule(Severity.ERROR, "go.go", needs=("go", "search_path"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.go is None and host.search_path is not None:
        yield machine_finding(MESSAGE(), INSTALL())
