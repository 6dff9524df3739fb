"""A job or stage builds with `-race` while CGO_ENABLED is 0, so go fails.

The race detector is C code: `go: -race requires cgo; enable cgo by setting CGO_ENABLED=1`. On macOS it needs no cgo.

## Example

```yaml path=.github/workflows/test.yml
env:
  CGO_ENABLED: 0
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go build ./...
      - run: go test -race ./...
```

becomes

```yaml path=.github/workflows/test.yml
env:
  CGO_ENABLED: 0
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: go build ./...
      - run: CGO_ENABLED=1 go test -race ./...
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
ENV CGO_ENABLED=0
COPY . .
RUN go test -race ./...
```

becomes

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
ENV CGO_ENABLED=0
COPY . .
RUN CGO_ENABLED=1 go test -race ./...
```

## Example

```yaml path=.gitlab-ci.yml
variables:
  CGO_ENABLED: "0"
test:
  image: golang:1.27
  script:
    - go test -race ./...
```

becomes

```yaml path=.gitlab-ci.yml
variables:
  CGO_ENABLED: "0"
test:
  image: golang:1.27
  script:
    - CGO_ENABLED=1 go test -race ./...
```

## No finding

```yaml path=.github/workflows/test.yml
env:
  CGO_ENABLED: 0
jobs:
  test:
    runs-on: ubuntu-latest
    env:
      CGO_ENABLED: 1
    steps:
      - run: go test -race ./...
  mac:
    runs-on: macos-latest
    steps:
      - run: go test -race ./...
  once:
    runs-on: ubuntu-latest
    steps:
      - run: CGO_ENABLED=1 go test -race ./...
```
"""

from collections.abc import Iterator

from wslgo.linter.build_commands import commands, race_flags
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.family import DOCKERFILE, GITLAB, WORKFLOW
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="go fails: -race needs cgo, and CGO_ENABLED is 0 here. Set CGO_ENABLED=1 for this command",
    zh="go 会失败：-race 需要 cgo，而此处 CGO_ENABLED 为 0。请为此命令设置 CGO_ENABLED=1",
)

_ON = "CGO_ENABLED=1"

_NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys((WORKFLOW, GITLAB, DOCKERFILE), ())


@rule(Severity.WARNING, fixable=Safety.UNSAFE, dimension="correctness", needs=_NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "-race" not in text or "CGO_ENABLED" not in text:
        return
    for command in commands(scene.file):
        for flag in race_flags(text, command) if command.cgo == "0" else ():
            edit = Edit(Span(flag.go, flag.go), f"{_ON} ")
            yield Finding(flag.span, MESSAGE(), (Fix(ADD(text=_ON), (edit,)),) if command.is_shell else ())
