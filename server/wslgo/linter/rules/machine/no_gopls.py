"""gopls is not installed.

Without gopls the editor has no completion, no navigation and no renaming for Go.

## Example

```json host
{"gopls": null}
```

becomes

```json host
{}
```

## No finding

PATH is not known:

```json host
{"gopls": null, "search_path": null}
```

## No finding

Go is not installed yet:

```json host
{"gopls": null, "go": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="gopls is not installed: the editor has no completion and no navigation for Go",
    zh="未安装 gopls：编辑器没有 Go 的补全和跳转",
)


@machine_rule(Severity.WARNING, "editors.gopls", needs=("gopls", "go", "search_path"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.gopls is None and host.search_path is not None and host.go is not None:
        yield machine_finding(MESSAGE(), command("wslgo provision --only tools"))
