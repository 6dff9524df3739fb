"""A remote attach does not map the paths of the program, so breakpoints stay grey.

Delve binds a breakpoint to the path at which the program was built: `/go/src/app` in a container, not the folder that
is open here. `remotePath` told that to the old adapter, and Delve ignores it. Add `substitutePath`: `from` is the
folder here, `to` the one where the program was built.

## Example

```json
{
    "configurations": [
        {
            "name": "Pod",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "port": 2345,
            "host": "10.0.0.5",
            "remotePath": "/go/src/app"
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Pod",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "port": 2345,
            "host": "10.0.0.5",
            "substitutePath": [
                {
                    "from": "${workspaceFolder}",
                    "to": "/go/src/app"
                }
            ]
        }
    ]
}
```

## Example

The program runs on another machine, and nothing says where it was built:

```json
{"configurations": [
  {"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "port": 2345, "host": "build.example.com"}
]}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Pod",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "port": 2345,
            "host": "10.0.0.5",
            "substitutePath": [{"from": "${workspaceFolder}", "to": "/app"}]
        },
        {
            "name": "Old",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "debugAdapter": "legacy",
            "port": 2345,
            "remotePath": "/app"
        },
        {"name": "Here", "type": "go", "request": "attach", "mode": "remote", "port": 2345, "host": "127.0.0.1"},
        {"name": "Same", "type": "go", "request": "attach", "mode": "remote", "remotePath": "${workspaceFolder}"}
    ]
}
```

## No finding

The settings have the mapping:

```json
{"configurations": [{"name": "P", "type": "go", "request": "attach", "mode": "remote", "remotePath": "/app"}]}
```

```json path=.vscode/settings.json
{"go.delveConfig": {"substitutePath": [{"from": "${workspaceFolder}", "to": "/app"}]}}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, request_and_mode
from wslgo.launch.old_adapter import chosen_adapter, delve_settings, is_legacy_with, takes_old_adapter
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Property
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.span import Edit

LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
HERE = "${workspaceFolder}"

IGNORED = Message(
    en="Delve ignores remotePath, so breakpoints stay grey where the program was built in {path}. Use substitutePath",
    zh="Delve 会忽略 remotePath，若程序在 {path} 中构建，断点会一直是灰色。请使用 substitutePath",
)
UNMAPPED = Message(
    en="Breakpoints stay grey if the program was built in another folder on {host}. Add substitutePath",
    zh="如果程序在 {host} 的另一个文件夹中构建，断点会一直是灰色。请添加 substitutePath",
)
TITLE = Message(en="Replace by substitutePath", zh="改为 substitutePath")


@rule(Severity.HINT, fixable=Safety.UNSAFE, needs=("editors", "delve"), by_entry=True, only_with=("remote",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if (
            request_and_mode(configuration) != "attach/remote"
            or is_legacy_with(configuration, scene.others)
            or takes_old_adapter(configuration, scene.others, scene.host)
            or _has_mapping(configuration, scene)
        ):
            continue
        member, host = configuration.node.member("remotePath"), configuration.get("host")
        path = configuration.text("remotePath")
        if path.rstrip("/") == HERE:
            continue
        if member is not None and path:
            is_delve = bool(chosen_adapter(configuration, scene.others))
            severity = Severity.WARNING if is_delve else Severity.INFORMATION
            yield Finding(
                member.key_span, IGNORED(path=path), _fixes(tree, configuration, member, path), severity=severity
            )
        elif host is not None and configuration.text("host") not in LOOPBACK and "${" not in configuration.text("host"):
            yield Finding(host.span, UNMAPPED(host=configuration.text("host")))


def _has_mapping(configuration: Configuration, scene: Scene) -> bool:
    own = configuration.get("substitutePath")
    return (own is not None and bool(own.elements)) or any(
        node.elements for node in delve_settings(scene.others, "substitutePath")
    )


def _fixes(tree: Jsonc, configuration: Configuration, member: Property, path: str) -> tuple[Fix, ...]:
    """Return the mapping in the place of `remotePath`."""
    if tree.problems or configuration.get("substitutePath") is not None or member.value is None:
        return ()
    value = edit.replacement(tree, member.value, [{"from": _folder_here(configuration), "to": path}])
    edits = (Edit(member.key_span, '"substitutePath"'), *value)
    return (Fix(TITLE(), edits),)


def _folder_here(configuration: Configuration) -> str:
    """Return what the old adapter mapped to `remotePath`: `cwd`, or else the open folder."""
    return configuration.text("cwd") or HERE
