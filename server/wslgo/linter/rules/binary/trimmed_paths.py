"""A Go program was built with `-trimpath`, so it does not know where its source files are.

The debug information has `example.com/app/main.go` instead of a path. An editor sets breakpoints by paths, and Delve
finds none of them, unless `substitutePath` translates each module.

## Example

```json binary
{"settings": [{"name": "-trimpath", "value": "true"}]}
```

becomes

```json binary
{"settings": []}
```

## No finding

```json binary
{"settings": [{"name": "-trimpath", "value": "false"}]}
```

## No finding

Without debug information, another rule reports the program:

```json binary
{"dwarf": false, "settings": [{"name": "-trimpath", "value": "true"}]}
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
    en="Built with -trimpath, it does not know where its files are: Delve finds no breakpoint of an editor",
    zh="构建时使用了 -trimpath，程序不知道源文件的位置：编辑器设置的断点不起作用",
)


@binary_rule(Severity.WARNING)
def check(binary: Binary, _host: Host) -> Iterator[Finding]:
    if binary.dwarf is not False and binary.setting("-trimpath") == "true":
        yield machine_finding(MESSAGE(), command("go build -trimpath=false -gcflags='all=-N -l'"))
