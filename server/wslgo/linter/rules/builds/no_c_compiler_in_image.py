"""A build needs cgo in an image that has no C compiler.

The images of golang for Alpine come without one. There `go test -race` fails with `-race requires cgo`, and with
CGO_ENABLED=1 it fails with `C compiler "gcc" not found`. `apk add gcc musl-dev` installs it; the images for Debian
have one.

## Example

```dockerfile path=Dockerfile
FROM golang:1.27-alpine AS build
COPY . .
RUN go test -race ./...
```

## Example

```yaml path=.gitlab-ci.yml
test:
  image: golang:1.27-alpine
  script:
    - go test -race ./...
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    runs-on: ubuntu-latest
    container: golang:1.27-alpine
    env:
      CGO_ENABLED: 1
    steps:
      - run: go build ./...
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.27-alpine AS build
RUN apk add --no-cache build-base
COPY . .
RUN go test -race ./...
```

```yaml path=.gitlab-ci.yml
test:
  image: golang:1.27-alpine
  before_script:
    - apk add --no-cache gcc musl-dev
  script:
    - go test -race ./...
debian:
  image: golang:1.27
  script:
    - go test -race ./...
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.27-alpine AS build
COPY . .
RUN go test ./...
RUN CGO_ENABLED=0 go build -o /app
```
"""

from collections.abc import Iterator

from wslgo.linter.build_commands import Command, commands, go_commands, race_flags
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import DOCKERFILE, GITLAB, WORKFLOW
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

RACE = Message(
    en="go fails: -race needs a C compiler, and {image} has none. Add gcc and musl-dev, or use an image without alpine",
    zh="go 会失败：-race 需要 C 编译器，而 {image} 中没有。请安装 gcc 和 musl-dev，或改用不带 alpine 的镜像",
)
CGO = Message(
    en="CGO_ENABLED=1 needs a C compiler, and {image} has none. Add gcc and musl-dev, or use an image without alpine",
    zh="CGO_ENABLED=1 需要 C 编译器，而 {image} 中没有。请安装 gcc 和 musl-dev，或改用不带 alpine 的镜像",
)

_SET_HERE = pattern(r"\bCGO_ENABLED=1[ \t]+(?=go[ \t])")

_NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys((WORKFLOW, GITLAB, DOCKERFILE), ())


@rule(Severity.WARNING, dimension="correctness", needs=_NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "alpine" not in text:
        return
    for command in commands(scene.file):
        found = _place(text, command) if command.is_alpine and not command.has_compiler else None
        if found is not None:
            yield Finding(found[0], found[1](image=command.image))


def _place(text: str, command: Command) -> tuple[Span, Message] | None:
    """Return the first place of a command that needs the compiler."""
    race = next(race_flags(text, command), None)
    if race is not None and command.cgo != "0":
        return race.span, RACE
    here = _SET_HERE.search(text, *command.span)
    if here is not None:
        return Span(here.start(), here.start() + len("CGO_ENABLED=1")), CGO
    if command.cgo != "1" or "CGO_ENABLED" in text[slice(*command.span)]:
        return None
    go = next(go_commands(text, command), None)
    return None if go is None else (go, CGO)
