"""`mode: remote` is in a `launch`, so Delve does not start.

A `launch` starts a program. To connect to a running Delve, use `attach`. The old adapter accepted both; Delve reports
"unsupported 'mode' attribute".

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

The old adapter accepts it:

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
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en='Delve rejects "remote" in a launch. Use "attach" to connect to a running Delve',
    zh='Delve 不接受 launch 中的 "remote"。连接到已在运行的 Delve 请使用 "attach"',
)


@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True, only_with=("remote",))
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
        fix = Fix(CHANGE_TO(value='"attach"'), edit.replacement(tree, request, "attach"), Safety.SAFE)
        yield Finding(mode.span, MESSAGE(), (fix,))
