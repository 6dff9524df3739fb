"""cgo has optimized the C code of a program that is otherwise built for debugging.

Without CGO_CFLAGS cgo uses `-O2 -g`. Delve sets `-O0 -g` when it builds a program itself, but a task or a terminal does
not: variables of C functions are missing, and steps jump.

## Example

```json binary
{"is_c_optimized": true, "settings": [{"name": "CGO_CFLAGS", "value": ""}]}
```

becomes

```json binary
{"is_c_optimized": false, "settings": [{"name": "CGO_CFLAGS", "value": "-O0 -g"}]}
```

## No finding

The Go code is optimized, too: this program was not built for a debugger:

```json binary
{"is_c_optimized": true, "optimized": "all"}
```

## No finding

```json binary
{"is_c_optimized": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="Its C code is optimized, as cgo does without CGO_CFLAGS: variables of C functions are missing",
    zh="C 代码经过优化（未设置 CGO_CFLAGS 时 cgo 的默认行为）：看不到 C 函数的部分变量",
)


@binary_rule(Severity.INFORMATION)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.is_c_optimized and binary.is_optimized is False:
        yield machine_finding(MESSAGE(), command("CGO_CFLAGS='-O0 -g' go build -gcflags='all=-N -l'"))
