"""The go command of this machine cannot build this module, and cannot get the Go that can.

Since 1.21, go downloads the Go that the `go` or `toolchain` line asks for. It does not if GOTOOLCHAIN is `local` or
names one Go, if it has no value, as in a Go package without `$GOROOT/go.env`, if GOPROXY is `off`, or if GOSUMDB is
`off`, since it verifies each toolchain. With `path` it only looks for a program such as `go1.27.0` in PATH. A Go before
1.21 cannot download another Go, and rejects a go line with three numbers and a toolchain line. Install a newer Go, or
let go download it. A Go that was downloaded before works without a proxy.

## Example

```text path=go.mod
module example.com/m

go 1.27.0
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "local", "origin": "/home/user/.config/go/env"}]
}
```

## Example

```text path=go.mod
module example.com/m

go 1.24.0

toolchain go1.24.2
```

```json host
{"go": {"path": "/usr/bin/go", "version": "1.18.1"}, "go_variables": []}
```

## Example

```text path=go.mod
module example.com/m

go 1.27.0
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.26.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "", "origin": "default"}]
}
```

## Example

```text path=go.work
go 1.27.0

use ./a
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.3"},
  "go_variables": [
    {"name": "GOPROXY", "value": "off", "origin": "environment"},
    {"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}
  ]
}
```

## No finding

go downloads what is asked for:

```text path=go.mod
module example.com/m

go 1.27.0
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.3"},
  "go_variables": [
    {"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"},
    {"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}
  ]
}
```

## No finding

The toolchain line is a suggestion, which `local` ignores:

```text path=go.mod
module example.com/m

go 1.22.0

toolchain go1.27.0
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "local", "origin": "environment"}]
}
```

## No finding

Nothing says what GOTOOLCHAIN is:

```text path=go.mod
module example.com/m

go 1.27.0
```

```json host
{"go": {"path": "/usr/bin/go", "version": "1.26.2"}, "go_variables": []}
```

## No finding

The go.work decides:

```text path=a/go.mod
module example.com/a

go 1.27.0
```

```text path=go.work
go 1.27.0

use ./a
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "local", "origin": "environment"}]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.module_go import NEEDS, Setting, command_for, decides, lines_of, setting_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message

SET = Message(en="{name} has this value here", zh="{name} 的值在此处设置")
TITLE = Message(en="Set GOTOOLCHAIN=auto in {place}", zh="在 {place} 中设置 GOTOOLCHAIN=auto")


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=NEEDS)
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    if scene.host.go is None or not decides(scene):
        return
    from wslgo.golang.toolchain import Obstacle, obstacle  # needs the go command
    from wslgo.linter.toolchain_obstacle import IS_SURE, VARIABLES, explanation, is_about_toolchain_line

    lines, command = lines_of(tree), command_for(scene)
    reason = obstacle(lines, command) if command is not None else None
    if command is None or reason is None or reason is Obstacle.NAME:
        return
    entry = tree.toolchain if is_about_toolchain_line(lines, command, reason) else tree.go
    if entry is None or not entry.line.arguments:
        return
    setting = setting_of(VARIABLES[reason], scene) if reason in VARIABLES else Setting(None)
    severity = Severity.ERROR if reason in IS_SURE else Severity.WARNING
    message = explanation(lines, command, reason)
    span = entry.line.arguments[0].span
    if setting.assignment is None:
        yield Finding(span, message, severity=severity)
        return
    path = setting.assignment.path
    related = Related(setting.assignment.value_span, SET(name=setting.assignment.name), path)
    yield Finding(span, message, tuple(_fixes(setting, path)), (related,), severity=severity)


def _fixes(setting: Setting, path: str) -> Iterator[Fix]:
    from wslgo.goenv.edit import value_edit  # only where a file sets it

    assignment = setting.assignment
    edit = value_edit(assignment, "auto") if assignment and assignment.name == "GOTOOLCHAIN" else None
    if edit is not None:
        yield Fix(TITLE(place=path), (edit._replace(path=path),), Safety.UNSAFE)
