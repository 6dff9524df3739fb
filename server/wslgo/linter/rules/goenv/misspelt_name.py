"""The name of a variable is almost that of a Go variable.

go does not read it, and reports nothing, so the setting has no effect. A variable that the file itself uses is taken
for one of its own.

## Example

```bash path=.bashrc
export GOPROXI=https://goproxy.cn,direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_ENABLE": "1", "GONOSUMBD": "git.corp.example"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"CGO_ENABLED": "1", "GONOSUMDB": "git.corp.example"}}
```

## Example

The go command has never had it:

```bash path=.bashrc
export GONOSUMCHECK=git.corp.example
```

becomes

```bash path=.bashrc
export GONOSUMDB=git.corp.example
```

## No finding

```bash path=.bashrc
export GOGC=off GOMAXPROCS=4 GOFIPS=1 GOOSE=x GO_VERSION=1.25.3 GOPATH2=/srv/go GOAPPS=/srv
export GO_FLAGS=-v
go build $GO_FLAGS
GOPROXI=x
```

## No finding

The right name is set, too:

```bash path=.bashrc
export GOPATHS=/srv/a:/srv/b
export GOPATH=/srv/a
```
"""

from collections.abc import Callable, Collection, Iterator
from functools import cache

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.beside import beside, text_beside
from wslgo.goenv.names import intended_name
from wslgo.goenv.readers import is_named, other_assignments
from wslgo.goenv.removal import uses
from wslgo.knowledge.go_variable_names import RETIRED
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOTENV,
    ENVIRONMENT,
    ENVRC,
    FISH,
    GITLAB,
    LAUNCH,
    MISE,
    SERVICES,
    SETTINGS,
    SHELL,
    TASKS,
    WORKFLOW,
    WORKSPACE,
)
from wslgo.syntax.file import File
from wslgo.text.message import Message
from wslgo.text.source import Source
from wslgo.text.span import Edit

# Makefiles have names of their own.
FAMILIES = (
    *(SHELL, FISH, ENVIRONMENT, SERVICES, SETTINGS, WORKSPACE, LAUNCH, TASKS, DEVCONTAINER, DOTENV),
    *(DOCKERFILE, WORKFLOW, GITLAB, COMPOSE, ENVRC, MISE),
)

MESSAGE = Message(
    en="go does not read {name}, so it has no effect. Did you mean {meant}?",
    zh="go 不读取 {name}，因此它不起作用。是否指 {meant}？",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, by_entry=True)
def check(_source: Source, scene: Scene) -> Iterator[Finding]:
    file = scene.file
    if file.family.name not in FAMILIES or (file.family.name == DOTENV and not is_named(file, scene.others)):
        return
    found = [each for each in other_assignments(file) if each.is_exported]
    if not found:
        return
    uses_in = cache(uses)
    for assignment in found:
        meant = intended_name(assignment.name)
        if meant and not _is_set(meant, assignment, file) and not _is_used(assignment, file, uses_in):
            yield _finding(assignment, meant)


def _is_set(name: str, assignment: Assignment, file: File) -> bool:
    return any(each.name == name for each in beside(assignment, file))


def _is_used(assignment: Assignment, file: File, uses_in: Callable[[str], Collection[str]]) -> bool:
    """Return whether the text refers to a variable, which then is one of the user's own."""
    text = text_beside(assignment, file)
    return assignment.name in uses_in(text) or f".{assignment.name}" in text


def _finding(assignment: Assignment, meant: str) -> Finding:
    fix = Fix(CHANGE_TO(value=meant), (Edit(assignment.name_span, meant),))
    # `GO_PROXY` may be a variable of the user's own tools.
    is_doubtful = "_" in assignment.name.replace("CGO_", "") and assignment.name not in RETIRED
    severity = Severity.INFORMATION if is_doubtful else None
    return Finding(assignment.name_span, MESSAGE(name=assignment.name, meant=meant), (fix,), severity=severity)
