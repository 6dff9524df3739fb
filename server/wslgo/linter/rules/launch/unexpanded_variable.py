"""A value in `env` holds `$HOME` or the like, which is not expanded.

No shell sees `launch.json`. VS Code knows `${env:HOME}`; `$HOME` and `${HOME}` reach the program letter by letter, and
`"PATH": "/opt/bin:$PATH"` leaves a path on which nothing is found.

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

A dollar sign may be one, and the program may expand what it likes:

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
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

# Variables that every shell has, where a path or an entry of a list begins; text with blanks may be for a shell.
USE = pattern(
    r"(?<![^:=,;])\$(?:(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)(?=[/:,;]|\Z)"
    r"|\{(HOME|PATH|USER|LD_LIBRARY_PATH|GOPATH)\})"
)

MESSAGE = Message(
    en="{use} stays as it is: no shell reads launch.json, and what VS Code expands is written {new}",
    zh="{use} 不会展开：launch.json 不经过 shell，VS Code 会展开的写法是 {new}",
)
TITLE = Message(en="Write {new}", zh="改写为 {new}")


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
            text = USE.sub(lambda one: f"${{env:{one[1] or one[2]}}}", value.string or "")
            fix = Fix(TITLE(new=new), edit.replaced(tree, value, text), Safety.SAFE)
            yield Finding(value.span, MESSAGE(use=found[0], new=new), (fix,))
