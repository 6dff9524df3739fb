"""The Go that builds this module gets no security fixes any more.

The Go project supports the two newest releases, and this one has been older for half a year. This is about the Go that
builds here: that of this machine, or the one that the `go` or `toolchain` line makes it download. A newer Go builds the
module, too: the go line is the oldest one that does. A distribution maintains its own Go for longer.

## Example

```text path=go.mod
module example.com/m

go 1.22.0
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.22.5", "folder": "/usr/local/go"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## Example

```text path=go.mod
module example.com/m

go 1.21.0

toolchain go1.23.4
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2", "folder": "/usr/lib/go-1.22"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## No finding

The Go of this machine is newer than the go line:

```text path=go.mod
module example.com/m

go 1.19
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.27.1", "folder": "/usr/local/go"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## No finding

Its support ended with the newest release:

```text path=go.mod host=ubuntu-24.04-nat
module example.com/m

go 1.25
```

## No finding

The distribution maintains its Go:

```text path=go.mod
module example.com/m

go 1.22
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2", "folder": "/usr/lib/go-1.22"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.module_go import NEEDS, command_for, decides, lines_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message

# Where Debian, Ubuntu and Fedora have their Go.
OF_DISTRIBUTION = ("/usr/lib/go-", "/usr/lib/golang", "/usr/share/go-")

MESSAGE = Message(
    en="Go {version}, which builds this here, has had no security fixes since {day}. Install a newer Go",
    zh="此处使用 Go {version} 构建，它自 {day} 起不再获得安全修复。请安装更新的 Go",
)


@rule(Severity.HINT, needs=NEEDS, dimension="security")
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    command, go = command_for(scene), scene.host.go
    if command is None or go is None or tree.go is None or not decides(scene):
        return
    from wslgo.golang.toolchain import chosen, obstacle  # needs the go command
    from wslgo.knowledge.go_releases import end_of_support
    from wslgo.knowledge.version import toolchain_version

    lines = lines_of(tree)
    if obstacle(lines, command) is not None:
        return
    choice = chosen(lines, command)
    if choice is None and (go.folder or "").startswith(OF_DISTRIBUTION):
        return
    name = choice.name if choice is not None else f"go{(go.version or '').removeprefix('go')}"
    version = toolchain_version(name)
    day = end_of_support(version) if version is not None else None
    # Many machines are one release behind for a while.
    if day is None or version is None or end_of_support(version._replace(minor=version.minor + 1)) is None:
        return
    is_toolchain = choice is not None and not choice.is_of_go_line and tree.toolchain is not None
    entry = tree.toolchain if is_toolchain and tree.toolchain is not None else tree.go
    yield Finding(entry.line.arguments[0].span, MESSAGE(version=name.removeprefix("go"), day=day))
