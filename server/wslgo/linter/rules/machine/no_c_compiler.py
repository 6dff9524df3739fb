"""A C compiler is not installed.

cgo needs one, and so do `go test -race` and packages such as go-sqlite3. Without it go builds what it can with cgo
switched off, and the rest fails with `C compiler "gcc" not found`.

## Example

```json host
{"compiler": null}
```

becomes

```json host
{}
```

## Example

```json host
{"compiler": null, "installer": "dnf"}
```

## No finding

PATH is not known:

```json host
{"compiler": null, "search_path": null}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.packages import APT, COMPILER, TOOLCHAIN, installer_named
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="A C compiler is not installed: cgo and go test -race do not work",
    zh="没有 C 编译器：cgo 和 go test -race 无法使用",
)


@machine_rule(Severity.WARNING, "go.compiler", needs=("compiler", "search_path", "installer"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.compiler is None and host.search_path is not None:
        yield machine_finding(MESSAGE(), command(_command(host)))


def _command(host: Host) -> str:
    if host.installer == APT:
        return f"sudo apt install {TOOLCHAIN}"
    other = installer_named(host.installer)
    return "wslgo provision --only packages" if other is None else f"{other.words} {other.names[COMPILER]}"
