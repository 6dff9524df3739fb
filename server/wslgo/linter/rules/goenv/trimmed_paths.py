"""GOFLAGS has `-trimpath`, so breakpoints of the editor are not found.

Programs then know their files by module path: Delve answers "could not find file" for each breakpoint. The flag is
right for release builds, so set it for those alone.

## Example

```properties path=.config/go/env
GOFLAGS=-trimpath
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOFLAGS": "-tags=a -trimpath"}}
```

## No finding

```bash path=.bashrc
export GOFLAGS="-trimpath=false"
```

## No finding

Its own rule looks at launch configurations:

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "program": ".", "env": {"GOFLAGS": "-trimpath"}}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import part_span
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import ENVIRONMENT, FISH, GOENV, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.go.goflags import first_error, parse
from wslgo.text.message import Message

FAMILIES = (SHELL, FISH, ENVIRONMENT, GOENV, SETTINGS, WORKSPACE)
SCOPES = (Scope.LAUNCH, Scope.GOPLS, Scope.TERMINAL)

MESSAGE = Message(
    en="With -trimpath for every build the debugger finds no file of a breakpoint. Set it only for release builds",
    zh="对所有构建使用 -trimpath 时，调试器找不到断点所在的文件。请仅在发布构建中使用",
)


@assignment_rule(Severity.HINT, dimension="debugging")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOFLAGS" or not assignment.value or not assignment.path or not assignment.is_certain:
        return
    if scene.file.family.name not in FAMILIES or assignment.scope in SCOPES:
        return
    entries = parse(assignment.value)
    if first_error(entries) is not None:
        return
    for entry in entries:
        if entry.name == "trimpath" and entry.value in (None, "true", "1"):
            yield Finding(part_span(assignment, entry.span), MESSAGE())
