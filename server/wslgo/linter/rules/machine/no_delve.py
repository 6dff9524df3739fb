"""Delve is not installed.

Without Delve (`dlv`) nothing can be debugged.

## Example

```json host
{"delve": null}
```

becomes

```json host
{}
```

## No finding

PATH is not known:

```json host
{"delve": null, "search_path": null}
```

## No finding

Go is not installed yet:

```json host
{"delve": null, "go": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(en="Delve is not installed: nothing can be debugged", zh="未安装 Delve：无法调试")


@machine_rule(Severity.WARNING, "editors.delve", needs=("delve", "go", "search_path"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.delve is None and host.search_path is not None and host.go is not None:
        yield machine_finding(MESSAGE(), command("wslgo provision --only tools"))
