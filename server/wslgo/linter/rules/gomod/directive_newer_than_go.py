"""This machine's Go does not know a directive, and the go line does not ask for the Go that does.

`godebug` is known since Go 1.23, `tool` since 1.24 and `ignore` since 1.25: an older go stops with `unknown directive:
tool`. With a go line of that release, go 1.21 and newer download it first.

## Example

```text path=go.mod
module example.com/m

go 1.22.0

tool golang.org/x/tools/cmd/stringer
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

tool golang.org/x/tools/cmd/stringer
```

## No finding

go downloads Go 1.24:

```text path=go.mod
module example.com/m

go 1.24.0

tool golang.org/x/tools/cmd/stringer
```

```json host
{
  "go": {"path": "/usr/bin/go", "version": "1.22.2"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}]
}
```

## No finding

This Go knows it, whatever the go line says:

```text path=go.mod host=ubuntu-24.04-nat
module example.com/m

go 1.20

tool golang.org/x/tools/cmd/stringer
```

## No finding

The Go of this machine is unknown:

```text path=go.mod
module example.com/m

go 1.20

ignore ./node_modules
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.module_go import NEEDS, command_for, decides, lines_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.syntax.go.mod_tree import Block, ModLine
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="Go {found}, which builds this here, rejects the file: unknown directive: {name}. It needs Go {since} or newer",
    zh="此处用于构建的 Go {found} 不接受此文件：unknown directive: {name}。它需要 Go {since} 或更新版本",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=NEEDS)
def check(tree: GoMod | GoWork, scene: Scene) -> Iterator[Finding]:
    command = command_for(scene)
    if command is None or not decides(scene):
        return
    from wslgo.golang.toolchain import chosen, obstacle  # needs the go command
    from wslgo.knowledge.go_releases import DIRECTIVES, switches_toolchains
    from wslgo.knowledge.version import go_version

    if obstacle(lines_of(tree), command) is not None:
        return
    choice = chosen(lines_of(tree), command)
    local = scene.host.go.version or "" if scene.host.go is not None else ""
    found = (choice.name if choice is not None else local).removeprefix("go")
    version = go_version(found)
    for name, span in _directives(tree):
        since = DIRECTIVES.get(name)
        if since is None or version is None or version >= since:
            continue
        release = f"1.{since.minor}"
        fixes = tuple(_fixes(tree, f"{release}.0")) if switches_toolchains(command.version) else ()
        yield Finding(span, MESSAGE(found=found, name=name, since=release), fixes)
        return


def _directives(tree: GoMod | GoWork) -> Iterator[tuple[str, Span]]:
    for statement in tree.file.statements:
        if isinstance(statement, ModLine):
            yield statement.verb.text, statement.verb.span
        elif isinstance(statement, Block):
            yield statement.head[0].text, statement.head[0].span


def _fixes(tree: GoMod | GoWork, version: str) -> Iterator[Fix]:
    if tree.go is not None and tree.go.line.arguments:
        yield Fix(CHANGE_TO(value=f"go {version}"), (Edit(tree.go.line.arguments[0].span, version),), Safety.UNSAFE)
