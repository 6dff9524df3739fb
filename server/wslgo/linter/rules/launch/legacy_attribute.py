"""An attribute is read by the Go extension's old adapter alone, and Delve ignores it.

`dlvLoadConfig`, `apiVersion` and `remotePath` belong to the adapter called `legacy`. Since 2021 Delve itself is the
adapter (`dlv-dap`), and passes over them without a word: `maxStringLen` and `maxArrayValues` stand for the first,
`substitutePath` for the last. In particular `dlvLoadConfig` cuts no pointer, to the device or elsewhere: a pointer is
always shown whole.

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

Which adapter a remote attach takes depends on the version of Delve:

```json
{"configurations": [{"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "remotePath": "/app"}]}
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
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message

MESSAGE = Message(
    en='Delve ignores {name}: only the old adapter reads it, with "debugAdapter": "legacy"',
    zh='Delve 会忽略 {name}：仅 "debugAdapter": "legacy" 的旧适配器读取它',
)
TITLE = Message(en="Remove {name}", zh="删除 {name}")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if not _is_delve(configuration):
            continue
        for number, member in enumerate(configuration.node.members):
            known = BY_NAME.get(member.key)
            if known is None or known.reader is not Reader.LEGACY or _is_empty(member.value):
                continue
            edits = () if tree.problems else edit.without(tree, configuration.node, (number,))
            fixes = (Fix(TITLE(name=member.key), edits),) if edits else ()
            yield Finding(member.key_span, MESSAGE(name=member.key), fixes, tags=(Tag.UNNECESSARY,))


def _is_empty(value: Node | None) -> bool:
    """As old templates leave `remotePath`: nobody expects anything of it."""
    return value is None or value.string == ""


def _is_delve(configuration: Configuration) -> bool:
    """Whether Delve itself is the adapter; for a remote attach somebody has to say so."""
    is_told = configuration.get("debugAdapter") is not None
    return not is_legacy(configuration) and (is_told or request_and_mode(configuration) != "attach/remote")
