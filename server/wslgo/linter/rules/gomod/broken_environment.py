"""A Go variable that is in force in this workspace is broken, and another file sets it.

The finding stands once in a workspace, at the root module, and names what hurts most: what stops downloads and
builds, then the folders that slow every build (GOROOT, GOCACHE, GOMODCACHE, GOTMPDIR), GOPATH last. It leads to the
line that sets the value and offers the fixes for that line; once that is done, the next one is named. A value that
another place overrides is not in force: settings of the editor win over what shells export, and that wins over the go
env file.

## Example

```text path=go.mod
module example.com/m

go 1.25
```

```bash path=.bashrc
export GOPROXY=direct,https://goproxy.cn
```

becomes

```text path=go.mod
module example.com/m

go 1.25
```

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```text path=go.work
go 1.25

use (
    ./a
    ./b
)
```

```properties path=.config/go/env
GOSUMDB=sum.golang.org+https://sum.golang.org
```

```text path=a/go.mod
module example.com/a
```

```text path=b/go.mod
module example.com/b
```

## No finding

The settings of the editor win:

```text path=go.mod
module example.com/m
```

```bash path=.bashrc
export GOPROXY=direct,https://goproxy.cn
```

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOPROXY": "https://goproxy.cn,direct"}}
```

## No finding

It is told at the root module:

```text path=tools/go.mod
module example.com/m/tools
```

```text path=go.mod
module example.com/m
```

```bash path=.bashrc
export GOPROXY=direct,https://goproxy.cn
```

## No finding

Nobody knows whether the line runs:

```text path=go.mod
module example.com/m
```

```bash path=.bashrc
if [ -n "$OFFICE" ]; then
  export GOPROXY=direct,https://goproxy.cn
fi
```

## No finding

One launch configuration is not the environment of the module:

```text path=go.mod
module example.com/m
```

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPROXY": "direct,https://goproxy.cn"}}]}
```
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from wslgo.goenv import reach, readers
from wslgo.goenv.assignment import FOLDERS, Assignment, Scope
from wslgo.goenv.precedence import assignment_in_effect
from wslgo.linter.finding import Finding, Fix, Related, Reported, Safety, Severity
from wslgo.linter.rules import Subject, rule
from wslgo.linter.scene import Scene
from wslgo.machine.host import Variable
from wslgo.syntax.family import GOMOD
from wslgo.syntax.file import File
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import Span

# What it asks itself, and what the rules about assignments ask on its behalf.
NEEDS = ("go_variables", "goenv_path", "home", "mounts", "wsl.generation")

HERE = Message(
    en="The environment of this workspace is broken: {problem} (set in {place})",
    zh="此工作区的环境有问题：{problem}（设置于 {place}）",
)
MODULES = Message(
    en="The environment of these {count} modules is broken: {problem} (set in {place})",
    zh="这 {count} 个模块的环境有问题：{problem}（设置于 {place}）",
)
SET = Message(en="{name} is set here", zh="{name} 在此处设置")
TITLE = Message(en="{title} (in {place})", zh="{title}（在 {place} 中）")
ENVIRONMENT = Message(en="the environment", zh="环境变量")


class _Trouble(NamedTuple):
    """A finding about a value that is in force; `file` is None where only the machine says so."""

    reported: Reported
    assignment: Assignment
    file: File | None


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, subject=Subject.SOURCE, needs=NEEDS)
def check(_source: Source, scene: Scene) -> Iterator[Finding]:
    if not scene.others and not scene.host.go_variables:
        return
    setters = tuple(file for file in reach.setters(scene.others) if readers.is_read_on(file, scene.host))
    if (not setters and not scene.host.go_variables) or not reach.is_root(scene.file, scene.others):
        return
    troubles = [one for one in _troubles(setters, scene) if one.reported.severity <= Severity.WARNING]
    if troubles:
        yield _finding(min(troubles, key=_rank), scene)


def _rank(trouble: _Trouble) -> tuple[int, int]:
    """What hurts most comes first: of equal severity what decides about downloads, then the folders in their order."""
    name = trouble.assignment.name
    return trouble.reported.severity, FOLDERS.index(name) + 1 if name in FOLDERS else 0


def _troubles(setters: tuple[File, ...], scene: Scene) -> Iterator[_Trouble]:
    """What is wrong with each variable's value in force, for the values that are to be told at this module."""
    reaching = [file for file in setters if reach.is_reported_at(scene.file, file, scene.others)]
    files = {file.path: file for file in reaching}
    acting = [one for file in reaching for one in readers.assignments(file)]
    known = [one.name for one in scene.host.go_variables or ()]
    for name in dict.fromkeys((*(one.name for one in acting), *known)):
        found = assignment_in_effect(name, acting, scene.host)
        if isinstance(found, Variable):
            if reach.is_first(scene.file, scene.others):
                yield from _judged(_of_machine(found), None, scene)
        elif found is not None:
            yield from _judged(found, files[found.path], scene)


def _judged(assignment: Assignment, file: File | None, scene: Scene) -> Iterator[_Trouble]:
    return (_Trouble(reported, assignment, file) for reported in scene.judge(assignment, file or scene.file))


def _of_machine(variable: Variable) -> Assignment:
    """A value whose line we do not see."""
    nowhere = Span(0, 0)
    return Assignment(variable.name, variable.value, nowhere, nowhere, Scope.ENVIRONMENT, head=variable.value)


def _finding(trouble: _Trouble, scene: Scene) -> Finding:
    reported, assignment, file = trouble
    place: object = file.path if file else _origin(assignment.name, scene)
    count = reach.module_count(scene.file, scene.others)
    problem = reported.finding.message
    message = MODULES(count=count, problem=problem, place=place) if count > 1 else HERE(problem=problem, place=place)
    if file is None:
        return Finding(_line(scene.file), message)
    related = Related(reported.finding.span, SET(name=assignment.name), file.path)
    fixes = tuple(_elsewhere(fix, file) for fix in reported.finding.fixes if not fix.bytewise)
    return Finding(_line(scene.file), message, fixes, (related,))


def _origin(name: str, scene: Scene) -> str | Text:
    variable = scene.host.variable(name)
    return variable.origin if variable is not None and "/" in variable.origin else ENVIRONMENT()


def _elsewhere(fix: Fix, file: File) -> Fix:
    """The fix as one of another file, which nobody applies unasked."""
    edits = tuple(edit._replace(path=file.path) for edit in fix.edits)
    return Fix(TITLE(title=fix.title, place=file.path), edits, Safety.UNSAFE)


def _line(file: File) -> Span:
    """The `module` line, in go.work the `go` line; the start of the file where there is neither."""
    tree: Any = file.tree
    entry = tree.module if file.family.name == GOMOD else tree.go
    return entry.line.span if entry is not None else Span(0, 0)
