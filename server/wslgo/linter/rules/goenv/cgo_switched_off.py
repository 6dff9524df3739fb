"""CGO_ENABLED=0 is set for every build, and a module of the workspace needs cgo.

The go command leaves out each file with `import "C"`. A package that has no other files fails with "build constraints
exclude all Go files", and so does each program that imports it. The race detector needs cgo, too. Set it for the one
build that needs it: `CGO_ENABLED=0 go build`.

## Example

```properties path=.config/go/env
CGO_ENABLED=0
GOPROXY=https://goproxy.cn,direct
```

```text path=go.mod
module example.com/ui

go 1.25.0

require fyne.io/fyne/v2 v2.6.2
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_ENABLED": "0"}}
```

```text path=go.mod
module example.com/gpu

require gorgonia.org/cu v0.9.4
```

## Example

```properties path=.config/go/env
CGO_ENABLED=0
GOFLAGS=-race
```

becomes

```properties path=.config/go/env
GOFLAGS=-race
```

## Example

```properties path=.config/go/env
CGO_ENABLED=0
```

```text project path=go.mod
module example.com/sim
```

```go project path=cmd/sim/main.go
package main

import "example.com/sim/gpu"

func main() { gpu.Run() }
```

```go project path=gpu/gpu.go
package gpu

import "C"

func Run() {}
```

becomes

```properties path=.config/go/env
```

## No finding

Nothing imports the package, so a build leaves it out:

```properties path=.config/go/env
CGO_ENABLED=0
```

```text project path=go.mod
module example.com/sim
```

```go project path=main.go
package main

func main() {}
```

```go project path=gpu/gpu.go
package gpu

import "C"
```

## No finding

No module is known to need it:

```properties path=.config/go/env
CGO_ENABLED=0
```

```text path=go.mod
module example.com/web

require golang.org/x/net v0.40.0
```

## No finding

```bash path=.bashrc
export CGO_ENABLED=1
```

```text path=go.mod
module example.com/ui

require fyne.io/fyne/v2 v2.6.2
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import assignments
from wslgo.launch.without_cgo import empty_package_of_workspace
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import ENVIRONMENT, FISH, GOENV, GOMOD, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.file import File
from wslgo.syntax.go.goflags import parse
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # few files switch cgo off
    from wslgo.syntax.go.mod_entry import GoMod

FOR_ALL = (SHELL, FISH, ENVIRONMENT, GOENV, SETTINGS, WORKSPACE)

MESSAGE = Message(
    en="With CGO_ENABLED=0 for every build, {module} fails: build constraints exclude all Go files",
    zh="对所有构建设置 CGO_ENABLED=0 时，{module} 会构建失败：build constraints exclude all Go files",
)
RACE = Message(
    en="Every build fails: -race requires cgo, and CGO_ENABLED=0 switches it off",
    zh="所有构建都会失败：-race 需要 cgo，而 CGO_ENABLED=0 关闭了它",
)
SET = Message(en="-race is set here", zh="-race 在此处设置")
REQUIRED = Message(en="{module} is required here", zh="此处需要 {module}")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "CGO_ENABLED" or assignment.value != "0" or not assignment.is_certain:
        return
    # A test or one launch configuration is not every build, and gopls alone builds nothing.
    if assignment.scope in (Scope.LAUNCH, Scope.TESTS, Scope.GOPLS) or scene.file.family.name not in FOR_ALL:
        return
    edit = removal_edit(assignment)
    fixes = (Fix(REMOVE(name=assignment.name), (edit,)),) if edit else ()
    race = scene.file.ask(_race)
    if race is not None:
        yield Finding(assignment.value_span, RACE(), fixes, (Related(race, SET()),))
        return
    modules = (file for file in scene.others if file.family.name == GOMOD)
    found = next((found for file in modules for found in (file.ask(_module_with_cgo),) if found is not None), None)
    if found is None:
        package = empty_package_of_workspace(scene.project) if scene.project is not None else None
        if package is not None:
            yield Finding(assignment.value_span, MESSAGE(module=package.name), fixes)
        return
    module, file, span = found
    related = (Related(span, REQUIRED(module=module), file.path),)
    yield Finding(assignment.value_span, MESSAGE(module=module), fixes, related)


def _race(file: File) -> Span | None:
    """Return the value of GOFLAGS that asks for the race detector."""
    flags = (found for found in assignments(file) if found.name == "GOFLAGS")
    return next((found.value_span for found in flags if _has_race(found.value or "")), None)


def _has_race(value: str) -> bool:
    return any(entry.text in ("-race", "--race") for entry in parse(value))


def _module_with_cgo(file: File) -> tuple[str, File, Span] | None:
    """Return the first module that cannot be built without cgo, with the line that requires it directly."""
    from wslgo.knowledge.cuda import IMPORTS_WITH_CGO
    from wslgo.knowledge.gui import TOOLKITS

    imports = (*IMPORTS_WITH_CGO, *(path for kit in TOOLKITS if kit.needs_cgo for path in kit.imports))
    for required in cast("GoMod", file.tree).require:
        path = required.target.path
        if not required.is_indirect and any(name == path or name.startswith(f"{path}/") for name in imports):
            return path, file, required.line.span
    return None
