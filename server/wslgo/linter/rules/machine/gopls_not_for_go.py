"""gopls is too old or too new for the Go in use.

Each release of gopls supports certain versions of Go. One that an older Go has built cannot check the types of a newer
one.

## Example

```json host
{"go": {"version": "1.25.0"}, "gopls": {"version": "0.11.0", "built_by": null}}
```

becomes

```json host
{"go": {"version": "1.25.0"}, "gopls": {"version": "0.20.0", "built_by": "1.25.0"}}
```

## Example

```json host
{"go": {"version": "1.25.0"}, "gopls": {"version": "0.20.0", "built_by": "1.24.6"}}
```

becomes

```json host
{"go": {"version": "1.25.0"}, "gopls": {"version": "0.20.0", "built_by": "1.25.0"}}
```

## Example

The workspace asks for Go 1.27, which go downloads:

```json host
{"gopls": {"version": "0.20.0", "built_by": "1.25.3"}}
```

```json workspace
{"go_line": "1.27.0"}
```

becomes

```json host
{"gopls": {"version": "0.24.0", "built_by": "1.27.1"}}
```

## No finding

The versions fit:

```json host
{}
```

## No finding

The version of gopls is unknown:

```json host
{"gopls": {"version": null, "built_by": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_tools import GOPLS, Misfit
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.tool_misfit import misfit_on
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

UNSUPPORTED = Message(
    en="gopls {found} does not support Go {go}: the editor shows false errors",
    zh="gopls {found} 不支持 Go {go}：编辑器会报告并不存在的错误",
)
BUILT_BEFORE = Message(
    en="gopls {found} was built with Go {by} and cannot read what Go {go} makes: the editor shows false errors",
    zh="gopls {found} 由 Go {by} 构建，无法读取 Go {go} 的产物：编辑器会报告并不存在的错误",
)
MESSAGES = {Misfit.UNSUPPORTED: UNSUPPORTED, Misfit.BUILT_BEFORE: BUILT_BEFORE}


@machine_rule(Severity.WARNING, "editors.gopls", needs=("gopls", "go", "go_variables"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    lines = scene.workspace.lines if scene.workspace is not None else None
    found = misfit_on(host, GOPLS, host.gopls, lines)
    if found is not None and host.gopls is not None:
        message = MESSAGES[found.reason](found=host.gopls.version, by=host.gopls.built_by, go=found.go)
        yield machine_finding(message, command("wslgo provision --only toolchain,tools"))
