"""The Go release that terminals run is on a Windows drive.

Its compiler and standard library are thousands of files. On a Windows drive each look at one is a slow round trip to
Windows, and the Go of Windows builds programs for Windows.

## Example

```json host
{"go": {"path": "/mnt/c/Go/bin/go", "folder": "/mnt/c/Go"}}
```

becomes

```json host
{"go": {"path": "/usr/local/go/bin/go", "folder": "/usr/local/go"}}
```

## No finding

WSL 1 has no virtual machine in between:

```json host
{"wsl": {"generation": 1}, "go": {"path": "/mnt/c/Go/bin/go", "folder": "/mnt/c/Go"}}
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
    en="{path} is on a Windows drive: every build makes thousands of slow round trips to Windows",
    zh="{path} 在 Windows 驱动器上：每次构建都要与 Windows 进行数千次缓慢的往返",
)


@machine_rule(Severity.WARNING, "go.go", needs=("go", "mounts", "wsl.generation"), dimension="speed")
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.go is None or host.go.problem or host.wsl.generation == 1:
        return
    path = host.go.folder or host.go.path
    if host.is_on_windows(path):
        yield machine_finding(MESSAGE(path=path), command("wslgo provision --only toolchain,path"))
