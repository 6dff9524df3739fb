"""An entry lacks what its mode cannot do without.

Delve has to be told what to debug: `program`, and for `core` the core dump, for `replay` the recording. The schema
asks for none of them, so the start is the first to complain.

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

Where another program runs the session its own rules count:

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

# Delve 1.27.1, service/dap/server.go; the Go extension asks for `program` before that.
NEEDED = {
    "launch/auto": ("program",),
    "launch/debug": ("program",),
    "launch/test": ("program",),
    "launch/exec": ("program",),
    "launch/core": ("program", "coreFilePath"),
    "launch/replay": ("traceDirPath",),
}

MESSAGE = Message(
    en="{name} is missing, and nothing starts without it in the mode {mode!r}",
    zh="缺少 {name}，模式 {mode!r} 没有它无法启动",
)


@rule(Severity.ERROR)
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
    """The mode that asks for it, else the name of the entry, else its brace."""
    for key in ("mode", "name"):
        node = configuration.node.get(key)
        if node is not None:
            return node.span
    start = configuration.node.span.start
    return Span(start, start + 1)
