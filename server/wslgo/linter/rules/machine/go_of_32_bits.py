"""The go command is for 32 bits, on a machine of 64 bits.

It builds for 32 bits, so programs have 2 to 4 GB of memory at most, cgo needs the 32-bit libraries of the system, the
race detector is missing, and Delve runs through breakpoints. Install the archive for the processor of this machine.

## Example

```json host
{"go": {"processor": "386"}}
```

becomes

```json host
{"go": {"processor": "amd64"}}
```

## Example

```json host
{"go": {"processor": "arm"}, "processor": "arm64"}
```

## No finding

Programs for 32 bits are built on purpose, by a Go of 64 bits:

```json host
{"go_variables": [{"name": "GOARCH", "value": "386", "origin": "environment"}]}
```

## No finding

The processor of this machine is not known, or has 32 bits:

```json host
{"go": {"processor": "386"}, "processor": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

WIDER = {"386": "amd64", "arm": "arm64"}

MESSAGE = Message(
    en="{path} is a 32-bit Go ({found}) on {here}: Delve runs through breakpoints, and -race does not work",
    zh="{path} 是 32 位的 Go（{found}），而本机为 {here}：Delve 不会停在断点处，-race 也无法使用",
)


@machine_rule(Severity.WARNING, "go.go", needs=("go", "processor"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go, here = host.go, host.processor
    if go is not None and go.starts is not False and here is not None and WIDER.get(go.processor or "") == here:
        message = MESSAGE(path=go.path, found=go.processor, here=here)
        yield machine_finding(message, command("wslgo provision --only toolchain,path"))
