"""The go command does not start, or ends without output.

Its loader is missing, it may not be run, it crashes, or it does not answer in time. So nothing is known about this Go.

## Example

```json host
{
  "go": {"problem": "/lib/ld-musl-x86_64.so.1: No such file or directory", "starts": false, "processor": "amd64"}
}
```

becomes

```json host
{}
```

## No finding

go prints what is wrong, which `machine/go-fails` says:

```json host
{"go": {"problem": "go: unknown GOEXPERIMENT rangefunc", "starts": true}}
```

## No finding

It was built for another processor, which `machine/go-of-another-processor` says:

```json host
{"go": {"problem": "Exec format error", "starts": false, "processor": "arm64"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{path} does not work ({problem}), so no go command does",
    zh="{path} 无法工作（{problem}），因此所有 go 命令都无法使用",
)


@machine_rule(Severity.ERROR, "go.go", needs=("go", "processor"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go = host.go
    if go is None or not go.problem or go.starts is not False:
        return
    is_foreign = None not in (go.processor, host.processor) and go.processor != host.processor
    if not is_foreign:
        yield machine_finding(
            MESSAGE(path=go.path, problem=go.problem), command("wslgo provision --only toolchain,path")
        )
