"""A Go program has no DWARF: it was built with `-ldflags=-w`, or `strip` removed it.

Delve still starts it, prints `no debug info found`, and shows neither variables nor stacks; breakpoints in lines are
not found.

## Example

```json binary
{"dwarf": false, "settings": [{"name": "-ldflags", "value": "-s -w"}]}
```

becomes

```json binary
{}
```

## Example

```json binary
{"dwarf": false}
```

## No finding

The debug information is in a file of its own, which Delve finds:

```json binary
{"debug_file": "/usr/lib/debug/.build-id/ab/cd.debug"}
```

## No finding

Programs in other languages are not for Delve:

```json binary
{"dwarf": false, "go": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

BUILT = Message(
    en="-ldflags={flags} left out the debug information: Delve shows no variables and stacks, and finds no lines",
    zh="-ldflags={flags} 去掉了调试信息：Delve 看不到变量和调用栈，行断点也不起作用",
)
STRIPPED = Message(
    en="It has no debug information (strip?): Delve shows no variables and stacks, and finds no lines",
    zh="没有调试信息（被 strip 过？）：Delve 看不到变量和调用栈，行断点也不起作用",
)


@binary_rule(Severity.WARNING)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.go is None or binary.dwarf is not False:
        return
    flags = binary.setting("-ldflags") or ""
    is_built_so = bool({"-s", "-w"} & set(flags.split()))
    yield machine_finding(BUILT(flags=flags) if is_built_so else STRIPPED(), command("go build -gcflags='all=-N -l'"))
