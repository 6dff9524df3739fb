"""A Go variable in effect in this workspace is broken, and another file sets it.

wslgo reports one variable per workspace, at the root module, and the worst first: variables that stop downloads and
builds, then the folders that slow every build down (GOROOT, GOCACHE, GOMODCACHE, GOTMPDIR, and GOPATH last). The
finding links to the line that sets the value and offers the fixes for that line. A value that another place overrides
is not in effect: settings of the editor override what shells export, and that overrides the go env file.

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

It is reported only at the root module:

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

It is not known whether the line runs:

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

from wslgo.linter.finding import Finding, Fix, Related, Reported, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import IS_SET_HERE
from wslgo.machine.host import Variable
from wslgo.syntax.family import GOMOD, OF_MODULES
from wslgo.syntax.file import File
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import Span
from wslgo.text.typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:  # without files that set variables a go.mod needs none of it
    from wslgo.goenv.assignment import Assignment

# The facts of this rule and of the rules about assignments that it runs.
NEEDS = ("go_variables", "goenv_path", "home", "mounts", "wsl.generation")

MODULES = Message(en="In {place}, for {count} modules: {problem}", zh="{place}（影响 {count} 个模块）：{problem}")
HERE = Message(en="In {place}: {problem}", zh="{place}：{problem}")
TITLE = Message(en="{title} (in {place})", zh="{title}（在 {place} 中）")
ENVIRONMENT = Message(en="the environment", zh="环境变量")


class _Problem(NamedTuple):
    """A finding about a value in effect; `file` is None if only the machine reports the value."""

    reported: Reported
    assignment: "Assignment"
    file: File | None


@rule(Severity.WARNING, fixable=Safety.UNSAFE, subject=RuleSubject.SOURCE, needs=NEEDS)
def check(_source: Source, scene: Scene) -> Iterator[Finding]:
    if not scene.host.go_variables and not any(other.family.name in OF_MODULES for other in scene.others):
        return
    from wslgo.goenv import reach, readers  # see above

    setters = tuple(file for file in reach.setters(scene.others) if readers.is_read_on(file, scene.host))
    if (not setters and not scene.host.go_variables) or not reach.is_root(scene.file, scene.others):
        return
    problems = [problem for problem in _problems(setters, scene) if problem.reported.severity <= Severity.WARNING]
    if problems:
        yield _finding(min(problems, key=_rank), scene)


def _rank(problem: _Problem) -> tuple[int, int]:
    """Return the order of problems of equal severity: variables that stop downloads first, then the folders."""
    from wslgo.goenv.assignment import FOLDERS  # see above

    name = problem.assignment.name
    return problem.reported.severity, FOLDERS.index(name) + 1 if name in FOLDERS else 0


def _problems(setters: tuple[File, ...], scene: Scene) -> Iterator[_Problem]:
    """Yield the findings about each value in effect that belongs to this module."""
    from wslgo.goenv import reach, readers  # see above
    from wslgo.goenv.assignment import of_variable
    from wslgo.goenv.precedence import assignment_in_effect

    reaching = [file for file in setters if reach.is_reported_at(scene.file, file, scene.others)]
    files = {file.path: file for file in reaching}
    assignments = [assignment for file in reaching for assignment in readers.assignments(file)]
    known = [variable.name for variable in scene.host.go_variables or ()]
    for name in dict.fromkeys((*(assignment.name for assignment in assignments), *known)):
        found = assignment_in_effect(name, assignments, scene.host)
        if isinstance(found, Variable):
            if reach.is_first(scene.file, scene.others):
                yield from _findings(of_variable(found), None, scene)
        elif found is not None:
            yield from _findings(found, files[found.path], scene)


def _findings(assignment: "Assignment", file: File | None, scene: Scene) -> Iterator[_Problem]:
    return (_Problem(reported, assignment, file) for reported in scene.check_assignment(assignment, file or scene.file))


def _finding(problem: _Problem, scene: Scene) -> Finding:
    reported, assignment, file = problem
    place: object = file.path if file else _origin(assignment.name, scene)
    from wslgo.goenv import reach  # see above

    count = reach.module_count(scene.file, scene.others)
    text = reported.finding.message
    message = MODULES(count=count, problem=text, place=place) if count > 1 else HERE(problem=text, place=place)
    if file is None:
        return Finding(_line(scene.file), message)
    related = Related(reported.finding.span, IS_SET_HERE(name=assignment.name), file.path)
    fixes = tuple(_fix_elsewhere(fix, file) for fix in reported.finding.fixes if not fix.bytewise)
    return Finding(_line(scene.file), message, fixes, (related,))


def _origin(name: str, scene: Scene) -> str | Text:
    variable = scene.host.variable(name)
    return variable.origin if variable is not None and "/" in variable.origin else ENVIRONMENT()


def _fix_elsewhere(fix: Fix, file: File) -> Fix:
    """Return the fix as one of another file, which is never applied without asking."""
    edits = tuple(edit._replace(path=file.path) for edit in fix.edits)
    return Fix(TITLE(title=fix.title, place=file.path), edits, Safety.UNSAFE)


def _line(file: File) -> Span:
    """Return the `module` line, in go.work the `go` line; the start of the file if there is neither."""
    tree: Any = file.tree
    entry = tree.module if file.family.name == GOMOD else tree.go
    return entry.line.span if entry is not None else Span(0, 0)
