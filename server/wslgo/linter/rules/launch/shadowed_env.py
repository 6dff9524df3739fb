"""The `env` of the `linux` block replaces the other `env`, so variables are lost.

VS Code replaces each attribute with the one of the block for the system: it does not merge two `env`. With Remote-WSL
the debugger runs on Linux, so variables that are only in the outer `env` are not set. Repeat them in the block.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LOG": "debug", "REGION": "eu"},
            "linux": {"env": {"LD_LIBRARY_PATH": "/opt/lib", "LOG": "trace"}}
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
            "program": "${workspaceFolder}",
            "env": {"LOG": "debug", "REGION": "eu"},
            "linux": {"env": {"LD_LIBRARY_PATH": "/opt/lib", "LOG": "trace", "REGION": "eu"}}
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LOG": "debug"},
            "linux": {"env": {"LOG": "trace", "LD_LIBRARY_PATH": "/opt/lib"}}
        }
    ]
}
```

## No finding

Another system does not matter:

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LOG": "debug"},
            "windows": {"env": {"TEMP": "C:\\\\Temp"}}
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node, Property
from wslgo.syntax.json.text import New, plain
from wslgo.text.message import Message

MESSAGE = Message(
    en="On Linux this env replaces the other one, so these variables are not set: {names}",
    zh="在 Linux 上此 env 会整体替换另一个，因此这些变量不会设置：{names}",
)
TITLE = Message(en="Repeat them for Linux", zh="在 linux 中重复它们")
LOST = Message(en="Not set on Linux", zh="在 Linux 上不会设置")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=("linux",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        block = configuration.node.get("linux")
        inner, outer = block.member("env") if block else None, configuration.node.get("env")
        if configuration.request != "launch" or inner is None or inner.value is None or outer is None:
            continue
        kept = {member.key for member in inner.value.members}
        lost = [member for member in outer.members if member.key not in kept]
        if lost and inner.value.kind == "object":
            names = tuple(member.key for member in lost)
            related = tuple(Related(member.key_span, LOST()) for member in lost)
            yield Finding(inner.key_span, MESSAGE(names=names), _fixes(tree, inner.value, lost), related)


def _fixes(tree: Jsonc, env: Node, lost: list[Property]) -> tuple[Fix, ...]:
    news = [New(plain(member.value), key=member.key) for member in lost if member.value is not None]
    edits = () if tree.problems else edit.with_elements(tree, env, news)
    return (Fix(TITLE(), edits),) if edits else ()
