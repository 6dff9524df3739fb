"""A remote attach takes the Go extension's old adapter, which maps paths in its own way.

Without `debugAdapter` the extension lets Delve be the adapter of a remote attach only if Delve can guess the paths of
the program: that takes Go extension 0.46 and Delve 1.24. Otherwise it silently takes the `legacy` adapter, which does
not find programs in a folder of the workspace, so breakpoints stay grey. Add `"debugAdapter": "dlv-dap"`, with the
mapping in `substitutePath`.

## Example

```json
{
    "configurations": [
        {
            "name": "Container",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "port": 40000,
            "substitutePath": [{"from": "${workspaceFolder}/server", "to": "/app"}]
        }
    ]
}
```

```json host
{
    "editors": [{"name": "VS Code", "folder": "/home/me/.vscode-server", "go_extension": "0.42.0"}],
    "delve": {"path": "/home/me/go/bin/dlv", "version": "1.22.1"}
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Container",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "port": 40000,
            "substitutePath": [{"from": "${workspaceFolder}/server", "to": "/app"}],
            "debugAdapter": "dlv-dap"
        }
    ]
}
```

## No finding

The entry decides:

```json
{"configurations": [
  {"name": "C", "type": "go", "request": "attach", "mode": "remote", "port": 1, "debugAdapter": "legacy"}
]}
```

```json host
{
    "editors": [{"name": "VS Code", "folder": "/home/me/.vscode-server", "go_extension": "0.42.0"}],
    "delve": {"path": "/home/me/go/bin/dlv", "version": "1.22.1"}
}
```

## No finding

Both are new enough:

```json
{"configurations": [{"name": "C", "type": "go", "request": "attach", "mode": "remote", "port": 1}]}
```

```json host
{
    "editors": [{"name": "VS Code", "folder": "/home/me/.vscode-server", "go_extension": "0.52.2"}],
    "delve": {"path": "/home/me/go/bin/dlv", "version": "1.27.1"}
}
```

## No finding

Nothing is known of this machine:

```json
{"configurations": [{"name": "C", "type": "go", "request": "attach", "mode": "remote", "port": 1}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.launch.old_adapter import takes_old_adapter
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en="Go extension or Delve is too old to guess paths: it takes the old adapter. Set debugAdapter to dlv-dap",
    zh="Go 扩展或 Delve 太旧，无法推测路径：会改用旧适配器。请将 debugAdapter 设为 dlv-dap",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("editors", "delve"), by_entry=True, only_with=("remote",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        mode = configuration.get("mode")
        if mode is None or not takes_old_adapter(configuration, scene.others, scene.host):
            continue
        edits = () if tree.problems else edit.with_member(tree, configuration.node, "debugAdapter", "dlv-dap")
        fixes = (Fix(ADD(text='"debugAdapter": "dlv-dap"'), edits),) if edits else ()
        yield Finding(mode.span, MESSAGE(), fixes)
