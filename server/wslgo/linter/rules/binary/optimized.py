"""The compiler has optimized a Go program: variables are missing, functions are inlined, steps jump.

Delve prints `Warning: debugging optimized function`. A program that Delve builds itself is not optimized; one for mode
`exec` has to be built with `-gcflags='all=-N -l'`. Without `all=` the flags are only for the packages that are named.

## Example

```json binary
{"optimized": "all"}
```

becomes

```json binary
{"optimized": "none"}
```

## Example

Only the packages that were named are not optimized:

```json binary
{"optimized": "dependencies"}
```

## No finding

```json binary
{"optimized": "none"}
```

## No finding

Without debug information, another rule reports the program:

```json binary
{"optimized": "all", "dwarf": false}
```

## No finding

```json binary
{"optimized": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import DEPENDENCIES, OPTIMIZED, Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="The compiler has optimized it: in Delve variables are missing, functions are inlined and steps jump",
    zh="程序经过编译器优化：在 Delve 中会缺少变量，函数被内联，单步会跳行",
)
ONLY_DEPENDENCIES = Message(
    en="Its dependencies are optimized, because -gcflags has no all=: in their code Delve misses variables",
    zh="-gcflags 没有 all=，依赖包仍被优化：在它们的代码中 Delve 看不到部分变量",
)


@binary_rule(Severity.WARNING)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.dwarf is not True:
        return
    step = command("go build -gcflags='all=-N -l'")
    if binary.optimized == OPTIMIZED:
        yield machine_finding(MESSAGE(), step)
    elif binary.optimized == DEPENDENCIES:
        yield machine_finding(ONLY_DEPENDENCIES(), step, severity=Severity.INFORMATION)
