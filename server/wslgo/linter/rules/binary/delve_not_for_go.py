"""Delve is too old or too new for the Go that built a program.

Each release of Delve supports certain versions of Go and rejects others. A Delve that an older Go has built cannot read
the debug information (DWARF 5) that Go writes since 1.25.

## Example

```json binary
{"go": "go1.27.0"}
```

```json host
{"delve": {"path": "/usr/bin/dlv", "version": "1.25.2", "built_by": "1.25.3"}}
```

becomes

```json host
{"delve": {"path": "/usr/bin/dlv", "version": "1.27.2", "built_by": "1.27.0"}}
```

## Example

```json binary
{"go": "go1.22.1"}
```

```json host
{"delve": {"path": "/usr/bin/dlv", "version": "1.27.2", "built_by": "1.27.0"}}
```

## No finding

```json binary
{"go": "go1.25.3"}
```

## No finding

The version of Delve is unknown:

```json binary
{"go": "go1.30.0"}
```

```json host
{"delve": {"path": "/usr/bin/dlv", "version": null, "built_by": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_tools import DELVE, Misfit, misfit
from wslgo.knowledge.version import go_version, toolchain_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

UNSUPPORTED = Message(
    en="Delve {found} does not support {go}, which built it: it rejects the program, or misses breakpoints",
    zh="Delve {found} 不支持构建该程序的 {go}：它会拒绝调试，或断点不起作用",
)
BUILT_BEFORE = Message(
    en="Delve {found} was built with Go {by} and cannot read what {go} made: breakpoints do not work",
    zh="Delve {found} 由 Go {by} 构建，无法读取 {go} 的产物：断点不起作用",
)
REBUILD = Message(en="build the program again with the installed Go", zh="用已安装的 Go 重新构建该程序")


@binary_rule(Severity.WARNING, needs=("delve",))
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    name = (binary.go or "").partition(" ")[0]  # an experiment follows: `go1.26.8 X:nodwarf5`
    go, delve = toolchain_version(name), host.delve
    if go is None or delve is None or delve.version is None or binary.dwarf is False:
        return
    reason = misfit(DELVE, delve.version, delve.built_by or "", go)
    if reason is None:
        return
    message = UNSUPPORTED if reason is Misfit.UNSUPPORTED else BUILT_BEFORE
    arguments = {"found": delve.version, "go": name} | ({"by": delve.built_by} if message is BUILT_BEFORE else {})
    yield machine_finding(message(**arguments), _next(name, delve.built_by or ""))


def _next(go: str, built_by: str) -> Text:
    """Return the cure: a newer Delve, or a newer build of a program that is older than Delve supports."""
    built, delve = toolchain_version(go), go_version(built_by)
    is_old = built is not None and delve is not None and built[:2] < delve[:2]
    return REBUILD() if is_old else command("wslgo provision --only toolchain,tools")
