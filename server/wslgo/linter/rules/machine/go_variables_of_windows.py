"""Windows has a GOPROXY or GOPRIVATE of its own, which the go command of WSL does not see.

`go env -w` in PowerShell writes a file of the Windows user, and a variable of Windows reaches no program of Linux
(unless `WSLENV` names it). So go asks proxy.golang.org here, or looks for private modules there, although the same
command works in Windows. Set the variable in this distribution, too.

## Example

```json host
{"windows": {"go_variables": [
  {"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/mnt/c/Users/user/AppData/Roaming/go/env"}
]}}
```

becomes

```json host
{
  "windows": {"go_variables": [
    {"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/mnt/c/Users/user/AppData/Roaming/go/env"}
  ]},
  "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/home/user/.config/go/env"}]
}
```

## Example

```json host
{"windows": {"go_variables": [{"name": "GOPRIVATE", "value": "git.corp.example", "origin": "environment"}]}}
```

## No finding

Windows has Go's own default:

```json host
{"windows": {"go_variables": [
  {"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "environment"}
]}}
```

## No finding

A different choice was made here:

```json host
{
  "windows": {"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"}]},
  "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.io,direct", "origin": "/home/user/.config/go/env"}]
}
```

## No finding

A proxy that runs in Windows has another address here:

```json host
{"windows": {"go_variables": [{"name": "GOPROXY", "value": "http://127.0.0.1:3000", "origin": "environment"}]}}
```
"""

from collections.abc import Iterator
from shlex import quote

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import ENVIRONMENT, Host, Variable
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message
from wslgo.text.next_step import command
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="{names} of Windows has no effect in WSL: the go command here uses its own {own}",
    zh="Windows 中的 {names} 在 WSL 里不起作用：这里的 go 命令使用自己的 {own}",
)
NOTHING = Message(en="default", zh="默认值")

FACTS = {"GOPROXY": "go.goproxy", "GOPRIVATE": "go.go"}
_OF_WINDOWS = pattern(r"localhost|127\.|\[?::1")


@machine_rule(
    Severity.HINT,
    "go.goproxy",
    "go.go",
    needs=("windows.go_variables", "go", "go_variables", "goenv_path"),
    dimension="reproducibility",
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.go is None or host.go_variables is None:
        return
    of_user = (ENVIRONMENT, host.goenv_path)
    chosen = {variable.name for variable in host.go_variables if variable.origin in of_user}
    for variable in host.windows.go_variables or ():
        if variable.name not in chosen and is_usable_here(variable):
            step = command(f"go env -w {quote(f'{variable.name}={variable.value}')}")
            own = host.go_values().get(variable.name) or NOTHING()
            yield machine_finding(MESSAGE(names=variable.name, own=own), step, about=FACTS[variable.name])


def is_usable_here(variable: Variable) -> bool:
    """Return whether a value would change something here, and shows no password."""
    if "@" in variable.value or variable.value == goproxy.DEFAULT:
        return False
    if variable.name != "GOPROXY":
        return True
    proxy = goproxy.parse(variable.value)
    return not proxy.error and not any(
        entry.target and (entry.target.scheme == "file" or _OF_WINDOWS.match(entry.target.host))
        for entry in proxy.entries
    )
