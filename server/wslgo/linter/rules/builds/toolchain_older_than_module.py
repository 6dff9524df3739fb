"""GOTOOLCHAIN names a release that is older than the go line of the module, so go fails.

A release without `+auto` is the only one that go runs: `go.mod requires go >= 1.25.7 (running go 1.24.0;
GOTOOLCHAIN=go1.24.0)`. With `+auto` it is the oldest one. This is about what a job, a stage, a container or make sets
for all its commands.

## Example

```yaml path=.github/workflows/test.yml
env:
  GOTOOLCHAIN: go1.24.0
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```makefile path=Makefile
export GOTOOLCHAIN := go1.24.0
test:
        go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.27
ENV GOTOOLCHAIN=go1.24.0
COPY . .
RUN go build -o /app
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## No finding

```yaml path=.github/workflows/test.yml
env:
  GOTOOLCHAIN: go1.24.0+auto
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go test ./...
```

```makefile path=Makefile
export GOTOOLCHAIN := go1.25.7
tool:
        GOTOOLCHAIN=go1.22.0 go install example.com/tool@latest
```

```text path=go.mod
module example.com/m

go 1.25.7
```
"""

from collections.abc import Iterator

from wslgo.goenv.edit import value_edit
from wslgo.knowledge.version import ABSENT, toolchain_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.go_pin import go_line, needed_version
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.family import COMPOSE, DEVCONTAINER, DOCKERFILE, GITLAB, MAKEFILE, MISE, WORKFLOW
from wslgo.text.message import Message

MESSAGE = Message(
    en="go fails here: go.mod needs Go {needed}, and GOTOOLCHAIN={value} allows no other release. Name a newer one",
    zh="此处的 go 会失败：go.mod 需要 Go {needed}，而 GOTOOLCHAIN={value} 不允许其他版本。请改为更新的版本",
)

_CONTAINERS = (COMPOSE, DEVCONTAINER, MISE)
_FAMILIES = (WORKFLOW, GITLAB, DOCKERFILE, MAKEFILE, *_CONTAINERS)
_NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys(_FAMILIES, ())


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=_NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "GOTOOLCHAIN" not in text or not (scene.file.family.name in _CONTAINERS or RUNS_GO.search(text)):
        return
    needs = needed_version(scene)
    if needs is None:
        return
    from wslgo.linter.toolchain_setting import wide_settings  # few files set it

    module, needed, version = needs
    for assignment in wide_settings(scene.file):
        chosen = toolchain_version(assignment.value) if assignment.value and "+" not in assignment.value else None
        if chosen is None or (chosen.patch == ABSENT and not chosen.kind) or chosen >= version:
            continue
        release = f"go{needed}" if needed.count(".") > 1 or version.kind else f"go{needed}.0"
        edit = value_edit(assignment, release)
        fixes = (Fix(CHANGE_TO(value=release), (edit,)),) if edit else ()
        message = MESSAGE(needed=needed, value=assignment.value)
        yield Finding(assignment.value_span, message, fixes, related=go_line(module))
