"""An editor has a server in this distribution, but not the Go extension.

Extensions of Windows are not used in a WSL window: the Go extension has to be installed there, too.

## Example

```json host
{"editors": [{"name": "VS Code", "folder": "/home/user/.vscode-server"}]}
```

becomes

```json host
{"editors": [{"name": "VS Code", "folder": "/home/user/.vscode-server", "go_extension": "0.50.0"}]}
```

## No finding

No editor was here yet:

```json host
{"editors": []}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(en="{name} has no Go extension in WSL", zh="{name} 在 WSL 中没有 Go 扩展")
INSTALL = Message(
    en="install the extension golang.go in {name}'s WSL window", zh="在 {name} 的 WSL 窗口中安装扩展 golang.go"
)


@machine_rule(Severity.INFORMATION, "editors.editor", needs=("editors",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for editor in host.editors or ():
        if not editor.go_extension:
            yield machine_finding(MESSAGE(name=editor.name), INSTALL(name=editor.name))
