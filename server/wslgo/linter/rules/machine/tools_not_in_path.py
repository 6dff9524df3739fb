"""The folder of gopls and Delve is not in PATH.

The Go extension finds them there. In a terminal, `dlv` and whatever else `go install` puts there is not found.

## Example

```json host
{"search_path": ["/usr/local/go/bin", "/usr/bin", "/bin"]}
```

becomes

```json host
{"search_path": ["/home/user/go/bin", "/usr/local/go/bin", "/usr/bin", "/bin"]}
```

## No finding

Go is not in PATH either, which `machine/go-not-in-path` says:

```json host
{"search_path": ["/usr/bin", "/bin"]}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.search_path import is_added, is_missing
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{folder} is not in PATH: a terminal does not find {name}, only the editor does",
    zh="{folder} 不在 PATH 中：终端找不到 {name}，只有编辑器能找到",
)


@machine_rule(Severity.INFORMATION, "editors.delve", "editors.gopls", needs=("delve", "gopls", "go", "search_path"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if host.go is None or is_missing(host, host.go.path.rpartition("/")[0]):
        return
    for tool, about in ((host.delve, "editors.delve"), (host.gopls, "editors.gopls")):
        folder, _, name = tool.path.rpartition("/") if tool is not None else ("", "", "")
        if folder and is_missing(host, folder) and not is_added(host, scene, folder):
            next_step = command("wslgo provision --only path")
            yield machine_finding(MESSAGE(folder=folder, name=name), next_step, about=about)
            return
