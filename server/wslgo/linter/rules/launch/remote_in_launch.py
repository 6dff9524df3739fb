"""`mode: remote` stands in a `launch`, and Delve refuses it.

A `launch` starts a program; joining a Delve that waits somewhere is an `attach`. The old adapter took the one for the
other; Delve says "unsupported 'mode' attribute".

## Example

```json
{
    "configurations": [
        {
            "name": "Container",
            "type": "go",
            "request": "launch",
            "mode": "remote",
            "host": "127.0.0.1",
            "port": 2345
        }
    ]
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
            "host": "127.0.0.1",
            "port": 2345
        }
    ]
}
```

## No finding

```json
{"configurations": [{"name": "Container", "type": "go", "request": "attach", "mode": "remote", "port": 2345}]}
```

## No finding

The old adapter takes it:

```json
{
    "configurations": [
        {"name": "Old", "type": "go", "request": "launch", "mode": "remote", "debugAdapter": "legacy", "port": 2345}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en='Delve refuses "remote" in a launch: joining a Delve that runs already is "attach"',
    zh='Delve 拒绝在 launch 中使用 "remote"：连接到已在运行的 Delve 应使用 "attach"',
)
TITLE = Message(en='Make it "attach"', zh='改为 "attach"')


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        mode, request = configuration.get("mode"), configuration.get("request")
        if (
            request_and_mode(configuration) != "launch/remote"
            or is_legacy(configuration)
            or mode is None
            or request is None
        ):
            continue
        fix = Fix(TITLE(), edit.replaced(tree, request, "attach"), Safety.SAFE)
        yield Finding(mode.span, MESSAGE(), (fix,))
