"""A variable in `env` is not a string, so Delve does not start.

Delve accepts strings, and `null`, which removes a variable. The schema of the Go extension allows anything, so the
editor shows nothing until the start fails with "cannot unmarshal number into ... of type string". Write a string.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CUDA_LAUNCH_BLOCKING": 1, "VERBOSE": true, "RATE": 0.50}
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
            "env": {"CUDA_LAUNCH_BLOCKING": "1", "VERBOSE": "true", "RATE": "0.50"}
        }
    ]
}
```

## Example

How to write a list depends on the program that reads it:

```json
{"configurations": [{"name": "Debug", "type": "go", "request": "launch", "program": ".", "env": {"HOSTS": ["a", "b"]}}]}
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
            "env": {"CUDA_LAUNCH_BLOCKING": "1", "GOFLAGS": null}
        }
    ]
}
```

## No finding

Other debuggers have other rules:

```json
{
    "configurations": [
        {"name": "Script", "type": "node", "request": "launch", "env": {"PORT": 8080}},
        {"name": "Old", "type": "go", "request": "launch", "debugAdapter": "legacy", "program": ".", "env": {"PORT": 1}}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, is_legacy
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.span import Edit

SCALARS = ("number", "boolean")

MESSAGE = Message(
    en="{name} is not a string, so Delve does not start. Use a string or null",
    zh="{name} 不是字符串，因此 Delve 无法启动。请使用字符串或 null",
)
TITLE = Message(en="Change to a string", zh="改为字符串")


@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True, only_with=("env",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if configuration.request != "launch" or configuration.env is None or is_legacy(configuration):
            continue
        for name, value in configuration.env.items():
            if value.kind in ("string", "null"):
                continue
            written = tree.source.text[value.span.start : value.span.end]
            edits = (Edit(value.span, f'"{written}"'),) if value.kind in SCALARS else ()
            fixes = (Fix(TITLE(), edits, Safety.SAFE),) if edits else ()
            yield Finding(value.span, MESSAGE(name=name), fixes)
