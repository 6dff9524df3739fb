"""The go line has no patch number, and this machine's Go asks for a toolchain that does not exist.

The first release of Go 1.24 is called 1.24.0. Go before 1.21.11, and Go 1.22 before 1.22.4 (Ubuntu 24.04 has 1.22.2),
take `go 1.24` for the name of a release, and every go command fails: `go: download go1.24 for linux/amd64: toolchain
not available`. Newer ones get 1.24.0 for it. Write the patch number; the language version stays the same.

## Example

```text path=go.mod
module example.com/m

go 1.24
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

becomes

```text path=go.mod
module example.com/m

go 1.24.0
```

## Example

```text path=go.work
go 1.24

use ./a
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.21.6"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "path", "origin": "environment"}]
}
```

becomes

```text path=go.work
go 1.24.0

use ./a
```

## No finding

The go command of this machine gets 1.24.0 for it:

```text path=go.mod
module example.com/m

go 1.24
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.22.5"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## No finding

The toolchain line names a release:

```text path=go.mod
module example.com/m

go 1.24

toolchain go1.24.2
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## No finding

The Go of this machine is unknown:

```text path=go.mod
module example.com/m

go 1.24
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.module_go import NEEDS, command_for, decides, lines_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="Go {found} asks for a toolchain go{line}, which does not exist: every go command fails. Write {completed}",
    zh="Go {found} 会去下载并不存在的工具链 go{line}：所有 go 命令都会失败。请写 {completed}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, needs=NEEDS, dimension="reproducibility")
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    if tree.go is None or scene.host.go is None or not decides(scene):
        return
    from wslgo.golang.toolchain import Obstacle, completed, obstacle  # needs the go command

    command = command_for(scene)
    if command is None or obstacle(lines_of(tree), command) is not Obstacle.NAME:
        return
    new = completed(tree.go.version)
    span = tree.go.line.arguments[0].span
    message = MESSAGE(found=scene.host.go.version, line=tree.go.version, completed=new)
    yield Finding(span, message, (Fix(CHANGE_TO(value=new), (Edit(span, new),), Safety.SAFE),))
