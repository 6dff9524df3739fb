"""The go command finds no module in this folder.

Without a `go.mod` in it or above it, `go build` fails with `go: go.mod file not found in current directory or any
parent directory`, `go get` cannot add a dependency, and gopls knows single files only. `go mod init` makes a module. In
a repository of several modules without a `go.work`, `go build ./...` at its root finds none of them, and changes of one
module are not seen by another: `go work init` names them. It need not be committed.

## Example

```json host
{}
```

```json workspace
{"outside_module": ["/home/user/src/shop", "main.go", []]}
```

## Example

```json host
{}
```

```json workspace
{"outside_module": ["/home/user/src/shop", "", ["api", "web"]]}
```

## No finding

```json host
{}
```

```json workspace
{"outside_module": null}
```

## No finding

GOPATH mode needs no module:

```json host
{"go_variables": [{"name": "GO111MODULE", "value": "off", "origin": "environment"}]}
```

```json workspace
{"outside_module": ["/home/user/go/src/example.com/shop", "main.go", []]}
```

## No finding

It is the home folder, with a file to try something:

```json host
{"home": "/home/user"}
```

```json workspace
{"outside_module": ["/home/user", "try.go", []]}
```
"""

import re
from collections.abc import Iterator
from shlex import quote

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

FILE = Message(
    en="{file} belongs to no module: go build fails in {folder}, and go get cannot add dependencies",
    zh="{file} 不属于任何模块：在 {folder} 中 go build 会失败，go get 也无法添加依赖",
)
MODULES = Message(
    en="go finds none of the {count} modules from {folder}, which has no go.work: go build ./... fails there",
    zh="{folder} 没有 go.work，go 在那里找不到这 {count} 个模块中的任何一个：go build ./... 会失败",
)


@machine_rule(Severity.HINT, "go.go", needs=("go", "go_variables", "home"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    found = scene.workspace.outside_module if scene.workspace is not None else None
    mode = host.go_values().get("GO111MODULE", "")
    if found is None or host.go is None or mode in ("off", "auto") or found.folder == host.home:
        return
    if found.modules:
        step = command("go work init " + " ".join(quote(f"./{name}") for name in found.modules))
        yield machine_finding(MODULES(count=len(found.modules), folder=found.folder), step)
    else:
        name = found.folder.rpartition("/")[2].lower()
        # go wants a path without a dot first to be one of its own; a name of letters and digits is allowed.
        path = name if re.fullmatch("[a-z][a-z0-9-]*", name) else "example"
        yield machine_finding(FILE(file=found.file, folder=found.folder), command(f"go mod init {path}"))
