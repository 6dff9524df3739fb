"""A workflow builds with settings that this machine, or the dev container, does not have.

GOEXPERIMENT and GOFLAGS decide which files are compiled, so code that passes here may fail there, or is never compiled
here. Modules that GOPRIVATE names in CI alone are asked for at the public proxy here. Nothing is said where a workflow
itself has several values.

## Example

```yaml path=.github/workflows/test.yml
env:
  GOEXPERIMENT: jsonv2
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```json host
{"go_variables": [{"name": "GOEXPERIMENT", "value": "", "origin": "default"}]}
```

## Example

```yaml path=.github/workflows/test.yml
env:
  GOFLAGS: -mod=vendor
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```json path=.devcontainer/devcontainer.json
{"containerEnv": {"GOFLAGS": "-mod=mod"}}
```

## Example

```yaml path=.github/workflows/test.yml
env:
  GOPRIVATE: git.corp.example/*
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7

require git.corp.example/tools/log v1.2.0
```

```json host
{"go_variables": [{"name": "GOPRIVATE", "value": "", "origin": "default"}]}
```

## No finding

```yaml path=.github/workflows/test.yml
env:
  GOFLAGS: -mod=readonly
  GOPRIVATE: git.corp.example/*
  CGO_ENABLED: 0
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```json host
{"go_variables": [{"name": "GOFLAGS", "value": "", "origin": "default"},
                  {"name": "GOPRIVATE", "value": "", "origin": "default"}]}
```

## No finding

One of several jobs:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
  experiment:
    runs-on: ubuntu-latest
    env:
      GOEXPERIMENT: jsonv2
    steps:
      - run: go test ./...
```

```json host
{"go_variables": [{"name": "GOEXPERIMENT", "value": "", "origin": "default"}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.levels import Level, settings
from wslgo.goenv.readers import assignments
from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import IS_SET_HERE
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.family import DEVCONTAINER, GOMOD, WORKFLOW
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message
from wslgo.text.typing import cast

CONTAINER = Message(
    en="{name} is {value} in CI and {other} in the dev container, so they compile different code. Use one value",
    zh="{name} 在 CI 中是 {value}，而在开发容器中是 {other}，两处编译的代码不同。请使用同一个值",
)
MACHINE = Message(
    en="CI compiles with GOEXPERIMENT={value}, and this machine does not. Type: go env -w GOEXPERIMENT={value}",
    zh="CI 以 GOEXPERIMENT={value} 编译，而本机没有设置。请输入：go env -w GOEXPERIMENT={value}",
)
PRIVATE = Message(
    en="CI treats {path} as private, and this machine asks the public proxy for it. Type: go env -w GOPRIVATE={value}",
    zh="CI 将 {path} 视为私有模块，而本机会向公共代理请求它。请输入：go env -w GOPRIVATE={value}",
)

_BUILD = ("GOFLAGS", "GOEXPERIMENT")
_EXEMPT = ("GOPRIVATE", "GONOPROXY")


@rule(Severity.HINT, needs={WORKFLOW: ("go_variables",)})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if not any(name in text for name in (*_BUILD, "GOPRIVATE")) or not RUNS_GO.search(text):
        return
    for name in (*_BUILD, "GOPRIVATE"):
        # Several places mean several values on purpose.
        assignment = _of_workflow(scene, name) if text.count(name) == 1 else None
        finding = _difference(assignment, assignment.value, scene) if assignment and assignment.value else None
        if finding is not None:
            yield finding


def _of_workflow(scene: Scene, name: str) -> Assignment | None:
    """Return the assignment of a variable for all jobs."""
    found = (setting for setting in settings(scene.file) if setting.level is Level.WORKFLOW)
    return next((setting.assignment for setting in found if setting.assignment.name == name), None)


def _difference(assignment: Assignment, value: str, scene: Scene) -> Finding | None:
    values = scene.host.go_values()
    containers = [file for file in scene.others if file.family.name == DEVCONTAINER]
    if assignment.name in _BUILD and len(containers) == 1:
        found = [other for other in assignments(containers[0]) if other.name == assignment.name]
        other = found[0].value if len(found) == 1 else None
        if not other or sorted(other.split()) == sorted(value.split()):
            return None
        related = (Related(found[0].value_span, IS_SET_HERE(name=assignment.name), containers[0].path),)
        message = CONTAINER(name=assignment.name, value=value, other=other)
        return Finding(assignment.value_span, message, related=related)
    if containers or values.get(assignment.name, "unknown"):
        return None
    if assignment.name == "GOEXPERIMENT":
        return Finding(assignment.value_span, MACHINE(value=value))
    if assignment.name == "GOPRIVATE" and not any(values.get(name) for name in _EXEMPT):
        path = _private_module(value, scene)
        return Finding(assignment.value_span, PRIVATE(path=path, value=value)) if path else None
    return None


def _private_module(patterns: str, scene: Scene) -> str:
    """Return the first required module that some patterns name, "" for none."""
    from wslgo.syntax.go.module_patterns import matches  # few workflows set GOPRIVATE

    modules = [cast("GoMod", file.tree) for file in scene.others if file.family.name == GOMOD]
    paths = (required.target.path for module in modules for required in module.require)
    return next((path for path in paths if matches(patterns, path)), "")
