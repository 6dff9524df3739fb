"""A program is for another system or another processor: Linux answers `exec format error`.

A GOOS or GOARCH that is still set from cross-compiling is the usual cause, or a file that was copied from another
computer. WSL starts programs of Windows through Windows, where Delve of the distribution cannot debug them.

## Example

```json binary
{"system": "darwin", "processor": "arm64"}
```

becomes

```json binary
{"system": "linux", "processor": "amd64"}
```

## Example

```json binary
{"processor": "arm64"}
```

## Example

```json binary
{"system": "windows"}
```

## No finding

A processor of 64 bits runs the code of 32 bits:

```json binary
{"processor": "386"}
```

## No finding

```json binary
{"system": null, "processor": null}
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
    en="A program for {system}/{processor}: Linux on {own} answers 'exec format error', and Delve does not start it",
    zh="这是 {system}/{processor} 的程序：{own} 上的 Linux 会报 exec format error，Delve 也无法启动",
)
OF_WINDOWS = Message(
    en="A program for Windows: Delve answers 'not an executable file', Linux 'exec format error' if WSL interop is off",
    zh="Windows 程序：Delve 会报 not an executable file；WSL 互操作关闭时，Linux 会报 exec format error",
)

# What a processor runs beside its own code.
RUNS = {"amd64": ("386",), "arm64": ("arm",)}


@binary_rule(Severity.ERROR, needs=("processor",), dimension="correctness")
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    own = host.processor
    is_foreign = binary.system not in (None, "linux", "android")
    is_of_another = None not in (own, binary.processor) and binary.processor not in (own, *RUNS.get(own or "", ()))
    if not is_foreign and not is_of_another:
        return
    step = command(f"GOOS=linux GOARCH={own or 'amd64'} go build")
    if binary.system == "windows":
        yield machine_finding(OF_WINDOWS(), step)
    else:
        message = MESSAGE(system=binary.system, processor=binary.processor or "?", own=own or "?")
        yield machine_finding(message, step)
