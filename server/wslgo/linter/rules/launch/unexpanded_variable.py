"""A value in `env` has a variable like `$HOME`, which is not expanded.

No shell reads `launch.json`. VS Code expands `${env:HOME}`, but passes `$HOME` and `${HOME}` to the program unchanged,
and with `"PATH": "/opt/bin:$PATH"` the program finds no other program. Write `${env:NAME}`.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PATH": "/opt/bin:$PATH", "MODELS": "${HOME}/models"}
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
            "env": {"PATH": "/opt/bin:${env:PATH}", "MODELS": "${env:HOME}/models"}
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
            "env": {"PATH": "/opt/bin:${env:PATH}", "DATA": "${workspaceFolder}/data", "HOMES": "$HOMES"}
        }
    ]
}
```

## No finding

A dollar sign may be just that, and the program may expand variables itself:

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"PASSWORD": "pa$$HOMEr", "HOOK": "export PATH=/x:$PATH", "PRICE": "$5"}
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

# Variables that every shell has, at the start of a path or of a list entry; text with spaces may be for a shell.
USE = pattern(
    r"(?<![^:=,;])\$(?:(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)(?=[/:,;]|\Z)"
    r"|\{(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)\})"
)

MESSAGE = Message(
    en="{use} is not expanded, because no shell reads launch.json. Write {new}",
    zh="{use} 不会展开，因为 launch.json 不经过 shell。请写成 {new}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if configuration.request != "launch" or configuration.env is None:
            continue
        for value in configuration.env.children():
            found = USE.search(value.string or "")
            if found is None or " " in (value.string or ""):
                continue
            new = f"${{env:{found[1] or found[2]}}}"
            text = USE.sub(lambda match: f"${{env:{match[1] or match[2]}}}", value.string or "")
            fix = Fix(CHANGE_TO(value=new), edit.replacement(tree, value, text), Safety.SAFE)
            yield Finding(value.span, MESSAGE(use=found[0], new=new), (fix,))
