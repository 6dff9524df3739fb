"""`port` is in a launch, so no Delve is started.

With `port` the Go extension connects to a `dlv dap` that already listens there, instead of starting one. Old templates
had `"port": 2345, "host": "127.0.0.1"`, which the old adapter used for the Delve that it started itself. Now F5 ends
with "connect ECONNREFUSED". Remove both.

## Example

```json
{
    "configurations": [
        {
            "name": "Launch",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "port": 2345,
            "host": "127.0.0.1",
            "program": "${workspaceFolder}"
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Launch",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}"
        }
    ]
}
```

## Example

```json path=app.code-workspace
{
    "launch": {
        "configurations": [{"name": "A", "type": "go", "request": "launch", "program": "${fileDirname}", "port": 8081}]
    }
}
```

## No finding

The old adapter starts Delve on this port, and `debugServer` names a server that already runs:

```json
{
    "configurations": [
        {"name": "Old", "type": "go", "request": "launch", "program": ".", "port": 2345, "debugAdapter": "legacy"},
        {"name": "Own", "type": "go", "request": "launch", "program": ".", "port": 2345, "debugServer": 4711}
    ]
}
```

## No finding

The server is on another machine, a task may start it, or the entry says where such a server works:

```json
{
    "configurations": [
        {"name": "Far", "type": "go", "request": "launch", "program": "/app", "port": 2345, "host": "10.0.0.5"},
        {"name": "Task", "type": "go", "request": "launch", "program": ".", "port": 2345, "preLaunchTask": "dlv dap"},
        {"name": "Dap", "type": "go", "request": "launch", "program": ".", "port": 2345, "outputMode": "remote"},
        {"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "port": 2345}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, request_and_mode
from wslgo.launch.old_adapter import is_legacy_with
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

LOOPBACK = ("", "localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104 - compared, never listened at

# With one of these the author knows that a server was started, and where.
DELIBERATE = ("debugServer", "preLaunchTask", "outputMode", "dlvCwd")

# The port of the template; another one may be that of a server.
TEMPLATE = 2345

MESSAGE = Message(
    en="With port, no Delve is started: F5 connects to one that already listens on {port}. Remove it",
    zh="设置 port 后不会启动 Delve：F5 会连接已在 {port} 上监听的 Delve。请将其删除",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, by_entry=True, only_with=("port",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        port = configuration.node.member("port")
        if (
            port is None
            or port.value is None
            or not port.value.number
            or configuration.request != "launch"
            or request_and_mode(configuration) == "launch/remote"
            or configuration.text("host") not in LOOPBACK
            or any(configuration.get(name) is not None for name in DELIBERATE)
            or is_legacy_with(configuration, scene.others)
        ):
            continue
        names = tuple(name for name in ("port", "host") if configuration.node.member(name) is not None)
        places = [place for place, member in enumerate(configuration.node.members) if member.key in names]
        edits = () if tree.problems else edit.removals(tree, configuration.node, places, with_own_comments=True)
        # An author who names Delve as the adapter may start `dlv dap` by hand.
        is_named = configuration.get("debugAdapter") is not None
        safety = Safety.SAFE if port.value.number == TEMPLATE and not is_named else Safety.UNSAFE
        fixes = (Fix(REMOVE(name=", ".join(names)), edits, safety),) if edits else ()
        yield Finding(
            port.key_span, MESSAGE(port=port.value.number), fixes, severity=Severity.INFORMATION if is_named else None
        )
