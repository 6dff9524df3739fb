"""Delve ignores an attribute that only the Go extension's old adapter reads.

`dlvLoadConfig`, `apiVersion` and `remotePath` belong to the `legacy` adapter. Since 2021 Delve itself is the adapter
(`dlv-dap`) and silently ignores them. Use `maxStringLen` and `maxArrayValues` instead of `dlvLoadConfig`, and
`substitutePath` instead of `remotePath`. In particular, `dlvLoadConfig` does not shorten pointers: Delve always shows
them whole.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "apiVersion": 2,
            "dlvLoadConfig": {
                "maxStringLen": 4096
            }
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}"
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Old",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "debugAdapter": "legacy",
            "port": 2345,
            "apiVersion": 2,
            "remotePath": "/app"
        }
    ]
}
```

## No finding

The adapter of a remote attach depends on the version of Delve:

```json
{"configurations": [{"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "remotePath": "/app"}]}
```

## No finding

The only mapping of a remote attach is not removed:

```json
{
    "configurations": [
        {
            "name": "Pod",
            "type": "go",
            "request": "attach",
            "mode": "remote",
            "debugAdapter": "dlv-dap",
            "port": 2345,
            "remotePath": "/app"
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "Empty", "type": "go", "request": "launch", "program": "${workspaceFolder}", "remotePath": ""},
        {"name": "Debug", "type": "go", "request": "launch", "program": "${workspaceFolder}", "maxStringLen": 4096}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.delve_attributes import BY_NAME, Reader
from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message

REMOTE_PATH = "remotePath"

MESSAGE = Message(
    en='Delve ignores {name}: only the old adapter ("debugAdapter": "legacy") reads it',
    zh='Delve 会忽略 {name}：仅旧适配器（"debugAdapter": "legacy"）读取它',
)


@rule(
    Severity.INFORMATION,
    fixable=Safety.UNSAFE,
    by_entry=True,
    only_with=tuple(name.lower() for name, known in BY_NAME.items() if known.reader is Reader.LEGACY),
)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if not _is_delve(configuration):
            continue
        for number, member in enumerate(configuration.node.members):
            known = BY_NAME.get(member.key)
            if known is None or known.reader is not Reader.LEGACY or _is_empty(member.value):
                continue
            if member.key == REMOTE_PATH and _is_mapping(configuration):
                continue
            edits = () if tree.problems else edit.removals(tree, configuration.node, (number,), with_own_comments=True)
            fixes = (Fix(REMOVE(name=member.key), edits),) if edits else ()
            yield Finding(member.key_span, MESSAGE(name=member.key), fixes, tags=(Tag.UNNECESSARY,))


def _is_empty(value: Node | None) -> bool:
    """Return whether a value is empty, as old templates leave `remotePath`: it does no harm."""
    return value is None or value.string == ""


def _is_mapping(configuration: Configuration) -> bool:
    """Return whether `remotePath` is the only mapping of paths, which another rule turns into `substitutePath`."""
    mapping = configuration.get("substitutePath")
    return request_and_mode(configuration) == "attach/remote" and (mapping is None or not mapping.elements)


def _is_delve(configuration: Configuration) -> bool:
    """Return whether Delve itself is the adapter; for a remote attach the entry has to name it."""
    is_named = configuration.get("debugAdapter") is not None
    return not is_legacy(configuration) and (is_named or request_and_mode(configuration) != "attach/remote")
