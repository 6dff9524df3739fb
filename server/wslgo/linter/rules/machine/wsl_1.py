"""The distribution runs in WSL 1.

WSL 1 translates system calls instead of running a Linux kernel. Delve hangs at the first breakpoint, GPU and WSLg
are missing, and most settings of `.wslconfig` have no effect. Converting keeps every file of the distribution.

## Example

```json host
{"wsl": {"generation": 1, "version": null, "kernel": "4.4.0-26100-Microsoft"}}
```

becomes

```json host
{"wsl": {"generation": 2}}
```

## No finding

```json host
{"wsl": {"generation": 2}}
```

## No finding

Not WSL at all:

```json host
{"wsl": {"generation": 0}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import in_windows

MESSAGE = Message(
    en="WSL 1: Delve hangs at the first breakpoint, GPU and WSLg are missing, and .wslconfig has little effect",
    zh="WSL 1：Delve 会停在第一个断点，没有 GPU 和 WSLg，.wslconfig 几乎不起作用",
)


@machine_rule(Severity.WARNING, "wsl.version", needs=("wsl.generation", "wsl.distribution"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.wsl.generation == 1:
        convert = in_windows(f"wsl --set-version {host.wsl.distribution or 'NAME'} 2")
        yield machine_finding(MESSAGE(), convert)
