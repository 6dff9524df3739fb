"""Delve is too old or too new for the Go in use.

Each release of Delve supports certain versions of Go. One that an older Go has built cannot read the debug information
(DWARF 5) that Go writes since 1.25.

## Example

```json host
{"go": {"version": "1.26.8"}, "delve": {"version": "1.20.1", "built_by": "1.20.1"}}
```

becomes

```json host
{"go": {"version": "1.26.8"}, "delve": {"version": "1.26.0", "built_by": "1.26.8"}}
```

## Example

```json host
{"go": {"version": "1.26.8"}, "delve": {"version": "1.26.0", "built_by": "1.24.8"}}
```

becomes

```json host
{"go": {"version": "1.26.8"}, "delve": {"version": "1.26.0", "built_by": "1.26.8"}}
```

## Example

The workspace asks for Go 1.27, which go downloads:

```json host
{"delve": {"version": "1.25.2", "built_by": "1.25.3"}}
```

```json workspace
{"go_line": "1.27.0"}
```

becomes

```json host
{"delve": {"version": "1.27.2", "built_by": "1.27.1"}}
```

## No finding

The versions fit:

```json host
{}
```

## No finding

The version of Delve is unknown:

```json host
{"delve": {"version": null, "built_by": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_tools import DELVE, Misfit
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.tool_misfit import misfit_on
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

UNSUPPORTED = Message(
    en="Delve {found} does not support Go {go}: it does not debug, or misses breakpoints",
    zh="Delve {found} 不支持 Go {go}：它会拒绝调试，或断点不起作用",
)
BUILT_BEFORE = Message(
    en="Delve {found} was built with Go {by} and cannot read what Go {go} makes: breakpoints do not work",
    zh="Delve {found} 由 Go {by} 构建，无法读取 Go {go} 的产物：断点不起作用",
)
MESSAGES = {Misfit.UNSUPPORTED: UNSUPPORTED, Misfit.BUILT_BEFORE: BUILT_BEFORE}


@machine_rule(Severity.WARNING, "editors.delve", needs=("delve", "go", "go_variables"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    lines = scene.workspace.lines if scene.workspace is not None else None
    found = misfit_on(host, DELVE, host.delve, lines)
    if found is not None and host.delve is not None:
        message = MESSAGES[found.reason](found=host.delve.version, by=host.delve.built_by, go=found.go)
        yield machine_finding(message, command("wslgo provision --only toolchain,tools"))
