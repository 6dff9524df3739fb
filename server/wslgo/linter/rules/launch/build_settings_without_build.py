"""An entry with the mode `exec` sets build flags, but nothing is built.

`exec` starts an existing binary. Delve ignores `buildFlags` and `output`, and variables such as `CGO_CFLAGS` reach the
program, not the compiler. Set them in the task that builds the binary.

## Example

```json
{
    "configurations": [
        {
            "name": "Binary",
            "type": "go",
            "request": "launch",
            "mode": "exec",
            "program": "${workspaceFolder}/app",
            "buildFlags": "-tags=cuda",
            "env": {"CGO_CFLAGS": "-O0 -g", "LD_LIBRARY_PATH": "/opt/lib"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Binary",
            "type": "go",
            "request": "launch",
            "mode": "exec",
            "program": "${workspaceFolder}/app",
            "env": {"LD_LIBRARY_PATH": "/opt/lib"}
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
            "mode": "debug",
            "program": "${workspaceFolder}",
            "buildFlags": "-tags=cuda",
            "env": {"CGO_CFLAGS": "-O0 -g"}
        }
    ]
}
```

## No finding

The program itself may read these:

```json
{
    "configurations": [
        {
            "name": "Binary",
            "type": "go",
            "request": "launch",
            "mode": "exec",
            "program": "${workspaceFolder}/app",
            "env": {"GOFLAGS": "-mod=mod", "GODEBUG": "gctrace=1"}
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message

ATTRIBUTES = ("buildFlags", "output")
VARIABLES = ("CGO_CFLAGS", "CGO_CPPFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS", "CGO_ENABLED")

MESSAGE = Message(
    en='{name} has no effect: "exec" starts an existing binary and builds nothing',
    zh='{name} 不起作用："exec" 启动的是已构建的二进制文件',
)


@rule(Severity.HINT, fixable=Safety.UNSAFE, by_entry=True, only_with=("exec",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if request_and_mode(configuration) == "launch/exec" and not is_legacy(configuration):
            yield from _findings(tree, configuration.node, ATTRIBUTES)
            yield from _findings(tree, configuration.env, VARIABLES)


def _findings(tree: Jsonc, holder: Node | None, names: tuple[str, ...]) -> Iterator[Finding]:
    for number, member in enumerate(holder.members if holder else ()):
        if holder is not None and member.key in names and member.value is not None and member.value.string != "":
            edits = () if tree.problems else edit.removals(tree, holder, (number,), with_own_comments=True)
            fixes = (Fix(REMOVE(name=member.key), edits),) if edits else ()
            yield Finding(member.key_span, MESSAGE(name=member.key), fixes, tags=(Tag.UNNECESSARY,))
