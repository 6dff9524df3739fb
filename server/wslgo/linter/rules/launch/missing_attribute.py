"""An entry has no attribute that its mode needs.

Delve needs `program`, for `core` also the core dump, and for `replay` the recording. The schema requires none of them,
so the entry fails only when you start it. Add the attribute.

## Example

```json
{"configurations": [{"name": "Debug", "type": "go", "request": "launch", "mode": "debug"}]}
```

## Example

```json
{
    "configurations": [
        {"name": "Crash", "type": "go", "request": "launch", "mode": "core", "program": "${workspaceFolder}/app"},
        {"name": "Empty", "type": "go", "request": "launch", "program": ""}
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "Debug", "type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"},
        {"name": "Crash", "type": "go", "request": "launch", "mode": "core", "program": "app", "coreFilePath": "core"},
        {"name": "Attach", "type": "go", "request": "attach", "mode": "local"}
    ]
}
```

## No finding

Another program runs the session and has its own rules:

```json
{"configurations": [{"name": "Old", "type": "go", "request": "launch", "mode": "debug", "debugAdapter": "legacy"}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, is_legacy, request_and_mode
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.span import Span

# Delve 1.27.1, service/dap/server.go; the Go extension checks `program` before that.
NEEDED = {
    "launch/auto": ("program",),
    "launch/debug": ("program",),
    "launch/test": ("program",),
    "launch/exec": ("program",),
    "launch/core": ("program", "coreFilePath"),
    "launch/replay": ("traceDirPath",),
}

MESSAGE = Message(
    en="{name} is missing, so this entry does not start: mode {mode!r} needs it",
    zh="缺少 {name}，此条目无法启动：模式 {mode!r} 需要它",
)


@rule(Severity.ERROR, by_entry=True)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if is_legacy(configuration) or configuration.get("debugServer") is not None:
            continue
        for name in NEEDED.get(request_and_mode(configuration), ()):
            value = configuration.get(name)
            if value is None or value.string == "":
                span = _culprit(configuration) if value is None else value.span
                yield Finding(span, MESSAGE(name=name, mode=configuration.mode))


def _culprit(configuration: Configuration) -> Span:
    """Return the mode that needs the attribute, else the name of the entry, else its brace."""
    for key in ("mode", "name"):
        node = configuration.node.get(key)
        if node is not None:
            return node.span
    start = configuration.node.span.start
    return Span(start, start + 1)
