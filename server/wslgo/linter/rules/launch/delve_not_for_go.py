"""Delve does not support the Go that builds this program.

Each release of Delve supports certain versions of Go: with another one it stops (`Version of Delve is too old for Go
version`), or breakpoints do not bind. The Go that builds is the one of this machine, or the newer one that go downloads
because `go.mod` asks for it. Update Delve: `wslgo provision --only tools`.

## Example

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"}
  ]
}
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.0"},
  "delve": {"path": "/home/me/go/bin/dlv", "version": "1.20.1"}
}
```

## Example

go downloads Go 1.27 for this module:

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "test", "program": "${workspaceFolder}"}
  ]
}
```

```text project path=go.mod
module example.com/m

go 1.27.0
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.3"},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "auto", "origin": "default"}],
  "delve": {"path": "/home/me/go/bin/dlv", "version": "1.25.2"}
}
```

## No finding

They fit:

```json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "debug", "program": "${workspaceFolder}"}
  ]
}
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.3"},
  "delve": {"path": "/home/me/go/bin/dlv", "version": "1.25.2"}
}
```

## No finding

Delve is told not to look at the version, or runs elsewhere:

```json
{
  "configurations": [
    {
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "dlvFlags": ["--check-go-version=false"]
    },
    {"type": "go", "request": "attach", "mode": "remote", "port": 2345}
  ]
}
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.25.0"},
  "delve": {"path": "/home/me/go/bin/dlv", "version": "1.20.1"}
}
```
"""

from collections.abc import Iterator

from wslgo.golang.project import Project
from wslgo.launch.delve_behaviour import go_entries, starts
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # only a machine with a Delve needs the lines of the module
    from wslgo.golang.toolchain import Lines

UNCHECKED = "--check-go-version=false"

UNSUPPORTED = Message(
    en="Delve {found} does not support Go {go}, which builds this program. Update: wslgo provision --only tools",
    zh="Delve {found} 不支持构建此程序的 Go {go}。请更新：wslgo provision --only tools",
)
BUILT_BEFORE = Message(
    en="Delve {found} was built with Go {by} and cannot read what Go {go} makes. Update: wslgo provision --only tools",
    zh="Delve {found} 由 Go {by} 构建，无法读取 Go {go} 的产物。请更新：wslgo provision --only tools",
)


@rule(Severity.INFORMATION, needs=("go", "go_variables", "delve"), by_entry=True, once=True)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    delve = scene.host.delve
    if delve is None or not delve.version:
        return
    from wslgo.knowledge.go_tools import DELVE, Misfit  # see above
    from wslgo.linter.tool_misfit import misfit_on

    for configuration in go_entries(tree):
        place = configuration.get("type")
        if place is None or not _starts_delve(configuration):
            continue
        found = misfit_on(scene.host, DELVE, delve, _lines(scene.project))
        if found is not None:
            message = UNSUPPORTED if found.reason is Misfit.UNSUPPORTED else BUILT_BEFORE
            yield Finding(place.span, message(found=delve.version, by=delve.built_by, go=found.go))
            return


def _starts_delve(configuration: Configuration) -> bool:
    """Return whether this machine's Delve builds or starts a program, and looks at the version of Go."""
    flags = configuration.get("dlvFlags")
    is_unchecked = flags is not None and any(flag.string == UNCHECKED for flag in flags.elements)
    return starts(configuration) and configuration.get("port") is None and not is_unchecked


def _lines(project: Project | None) -> "Lines | None":
    """Return the lines of the go.work around the open folder, or else of its module."""
    here = (project.work_of(project.home) or project.module_of(project.home)) if project is not None else None
    if here is None:
        return None
    from wslgo.linter.module_go import lines_of  # see above

    return lines_of(here.file)
