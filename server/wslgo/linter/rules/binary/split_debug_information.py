"""The debug information of C code is in files of its own (`-gsplit-dwarf`), which Delve does not read.

The program only names the `.dwo` files. Delve 1.27 knows separate files of a whole program, but not these: breakpoints
in C code are not found.

## Example

```json binary
{"has_split_dwarf": true}
```

becomes

```json binary
{"has_split_dwarf": false}
```

## No finding

```json binary
{"has_split_dwarf": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="Debug information of C code is in .dwo files, which Delve does not read: breakpoints there are not found",
    zh="C 代码的调试信息在 .dwo 文件中，Delve 不会读取：C 代码中的断点不起作用",
)
NEXT = Message(en="build without -gsplit-dwarf in CGO_CFLAGS", zh="构建时从 CGO_CFLAGS 中去掉 -gsplit-dwarf")


@binary_rule(Severity.INFORMATION)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.go is not None and binary.has_split_dwarf:
        yield machine_finding(MESSAGE(), NEXT())
