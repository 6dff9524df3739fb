"""The go command is for another processor.

The archive of another processor was unpacked: the kernel does not start its programs ("Exec format error").

## Example

```json host
{"go": {"version": null, "problem": "Exec format error", "starts": false, "processor": "arm64"}}
```

becomes

```json host
{}
```

## No finding

An emulator (qemu with binfmt_misc) starts it:

```json host
{"go": {"starts": true, "processor": "arm64"}}
```

## No finding

The processor of this machine is unknown:

```json host
{"go": {"starts": false, "processor": "arm64"}, "processor": null}
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
    en="{path} is built for {found} and does not start here: this machine is {here}",
    zh="{path} 是为 {found} 构建的，在此无法启动：本机为 {here}",
)


@machine_rule(Severity.ERROR, "go.go", needs=("go", "processor"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go, here = host.go, host.processor
    if go is None or go.starts is not False or not go.problem:
        return
    if go.processor is not None and here is not None and go.processor != here:
        message = MESSAGE(path=go.path, found=go.processor, here=here)
        yield machine_finding(message, command("wslgo provision --only toolchain,path"))
