"""The loader that a program names is not on this machine, so the kernel does not start it.

Shells and Delve print `no such file or directory` and the name of the program, although the program is there. The
program was linked on another distribution: with musl (Alpine), or with the loader of Nix.

## Example

```json binary
{"loader": {"name": "/lib/ld-musl-x86_64.so.1", "found": null}}
```

becomes

```json binary
{"loader": {"name": "/lib64/ld-linux-x86-64.so.2", "found": "/lib64/ld-linux-x86-64.so.2"}}
```

## No finding

A static program has none:

```json binary
{"loader": null}
```

## No finding

```json binary
{"system": "freebsd", "loader": {"name": "/libexec/ld-elf.so.1", "found": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="Its loader {name} does not exist here: the start fails with 'no such file or directory'",
    zh="此处没有它的动态链接器 {name}：启动会失败，并报 no such file or directory",
)
NEXT = Message(
    en="build the program in this distribution, or without cgo: CGO_ENABLED=0",
    zh="在此发行版中构建该程序，或不使用 cgo：CGO_ENABLED=0",
)


@binary_rule(Severity.ERROR, needs=("processor",), dimension="correctness")
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    loader = binary.loader
    is_for_here = binary.system == "linux" and host.processor in (None, binary.processor)
    if is_for_here and loader is not None and loader.found is None:
        yield machine_finding(MESSAGE(name=loader.name), NEXT())
