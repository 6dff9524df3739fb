"""`go.goroot` in the editor's settings for this distribution names another Go than the one in PATH.

The Go extension then builds, tests and debugs with that Go, and terminals use another one: results differ, and a
module may work in only one of them.

## Example

```json path=/home/user/.vscode-server/data/Machine/settings.json
{"go.goroot": "/opt/go1.22"}
```

becomes

```json path=/home/user/.vscode-server/data/Machine/settings.json
{}
```

## No finding

It is the same one:

```json path=/home/user/.vscode-server/data/Machine/settings.json
{"go.goroot": "/usr/local/go"}
```

## No finding

The settings of a workspace are a choice for it:

```json path=/home/user/src/app/.vscode/settings.json
{"go.goroot": "/opt/go1.22"}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Scope
from wslgo.linter.another_go import is_another_go
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import SETTINGS
from wslgo.text.message import Message

MESSAGE = Message(
    en="go.goroot={value}: the Go extension uses that Go, but terminals use {path}",
    zh="go.goroot={value}：Go 扩展使用该 Go，而终端使用 {path}",
)
REMOVE = Message(en="remove go.goroot from {path}", zh="从 {path} 中删除 go.goroot")


@machine_rule(Severity.INFORMATION, "editors.editor", needs=("go", "editors", "mounts"), dimension="reproducibility")
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    from wslgo.goenv.readers import assignments  # few machines have such a file

    places = {f"{editor.folder}/data/Machine/settings.json" for editor in host.editors or ()}
    files = [file for file in scene.files if file.family.name == SETTINGS and (file.place or file.path) in places]
    for file in files:
        for found in assignments(file):
            value = found.value or ""
            if found.scope is Scope.EDITOR_GOROOT and host.go is not None and is_another_go(host, value):
                yield machine_finding(MESSAGE(value=value, path=host.go.path), REMOVE(path=file.path))
