"""The Go that a file chooses gets no security fixes any more.

The Go project supports the two newest releases, and this one has been older for half a year. A newer Go builds the
module, too: the go line is the oldest one that does. `wslgo` says nothing here about a Go that is older than the go
line, since then another one builds, or none.

## Example

```toml path=mise.toml
[tools]
go = "1.21"
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.20-alpine AS build
COPY . .
RUN go build -o /app
```

## No finding

Its support ended with the newest release:

```text path=.tool-versions
golang 1.25.3
```

## No finding

The go line needs a newer Go:

```toml path=mise.toml
[tools]
go = "1.21"
```

```text path=go.mod
module example.com/m

go 1.27.0
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_releases import LAST_PATCH, end_of_support
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.go_choice import NEEDS, pins
from wslgo.linter.go_pin import needed_version, older_than, release_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message

MESSAGE = Message(
    en="Go {version} has had no security fixes since {day}. Choose a newer Go, which builds this, too",
    zh="Go {version} 自 {day} 起不再获得安全修复。请选择更新的 Go，它同样可以构建此模块",
)


@rule(Severity.HINT, needs=NEEDS, dimension="security")
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    found = pins(scene.file)
    needs = needed_version(scene) if found else None
    for pin in found:
        version = release_of(pin)
        day = end_of_support(version) if version is not None else None
        # Many are one release behind for a while.
        if version is None or day is None or end_of_support(version._replace(minor=version.minor + 1)) is None:
            continue
        is_for_others = pin.is_deliberate or pin.is_one_of_several  # whose users still have it
        is_released = not is_for_others and version.patch <= LAST_PATCH.get(version.minor, version.patch)
        if is_released and (needs is None or not older_than(pin, needs[2])):
            yield Finding(pin.span, MESSAGE(version=pin.version, day=day))
