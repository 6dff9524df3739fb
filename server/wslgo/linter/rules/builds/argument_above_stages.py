"""An `ARG` for go is above the first `FROM`, so no `RUN` line sees it.

Such an `ARG` has a value only in `FROM` lines, until a stage names it again. `docker build --build-arg GOPROXY=...` is
accepted and changes nothing: go in the image asks its default. Repeat `ARG GOPROXY` after `FROM`.

## Example

```dockerfile path=Dockerfile
ARG GOPROXY=https://goproxy.cn,direct
FROM golang:1.27 AS build
COPY go.mod go.sum ./
RUN go mod download
```

becomes

```dockerfile path=Dockerfile
ARG GOPROXY=https://goproxy.cn,direct
FROM golang:1.27 AS build
ARG GOPROXY
COPY go.mod go.sum ./
RUN go mod download
```

## Example

The stage sets the variable to nothing:

```dockerfile path=Dockerfile
ARG GOPROXY
FROM golang:1.27 AS build
ENV GOPROXY=$GOPROXY
RUN go install example.com/tool@latest
```

becomes

```dockerfile path=Dockerfile
ARG GOPROXY
FROM golang:1.27 AS build
ARG GOPROXY
ENV GOPROXY=$GOPROXY
RUN go install example.com/tool@latest
```

## No finding

```dockerfile path=Dockerfile
ARG GOPROXY=https://goproxy.cn,direct
ARG GO_VERSION=1.27
FROM golang:${GO_VERSION} AS build
ARG GOPROXY
RUN go mod download
```

## No finding

`ENV` gives it another value:

```dockerfile path=Dockerfile
ARG GOPROXY
FROM golang:1.27 AS build
ENV GOPROXY=https://goproxy.cn,direct
RUN go mod download
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_variables import BY_NAME
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.dockerfile import Instruction, instructions
from wslgo.syntax.family import DOCKERFILE
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple

MESSAGE = Message(
    en="RUN lines do not see this {name}, so --build-arg {name}=... changes nothing. Repeat ARG {name} after FROM",
    zh="RUN 行看不到此 {name}，因此 --build-arg {name}=... 不起作用。请在 FROM 之后再写一次 ARG {name}",
)

_NAMED = pattern(r"(?<!\S)([A-Z][A-Z0-9_]*)(?:=\S*)?")
# Also the commands that download modules without naming the repository's own.
_GO = pattern(r"\bgo[ \t]+(?:build|test|vet|run|generate|mod|list|install|get|tool)\b")


class _File(NamedTuple):
    """The arguments above the stages with their places, and the instructions of the stages."""

    above: dict[str, Span]
    inside: tuple[Instruction, ...]


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs={DOCKERFILE: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    file = _read(text)
    stage = _first_with_go(file.inside) if file.above else None
    if stage is None:
        return
    newline = "\r\n" if text.startswith("\r\n", stage.span.end) else "\n"
    for name, span in file.above.items():
        if not _is_used(name, file.inside):
            line = f"ARG {name}"
            edit = Edit(Span(stage.span.end, stage.span.end), f"{newline}{line}")
            yield Finding(span, MESSAGE(name=name), (Fix(ADD(text=line), (edit,)),))


def _read(text: str) -> _File:
    above: dict[str, Span] = {}
    every = list(instructions(text))
    first = next((place for place, each in enumerate(every) if each.name == "FROM"), len(every))
    for instruction in every[:first]:
        if instruction.name == "ARG":
            names = _NAMED.finditer(text, instruction.span.start + len("ARG"), instruction.span.end)
            above.update({name[1]: Span(*name.span(1)) for name in names if name[1] in BY_NAME})
    return _File(above, tuple(every[first:]))


def _first_with_go(inside: tuple[Instruction, ...]) -> Instruction | None:
    """Return the first `FROM` after which a command runs go."""
    stage = None
    for instruction in inside:
        if instruction.name == "FROM":
            stage = instruction
        elif instruction.name == "RUN" and _GO.search(instruction.text):
            return stage
    return None


def _is_used(name: str, inside: tuple[Instruction, ...]) -> bool:
    """Return whether a stage names an argument again, `FROM` takes it, or `ENV` sets another value."""
    for instruction in inside:
        if instruction.name == "FROM" and f"${name}" in instruction.text.replace("{", ""):
            return True
        if instruction.name == "ARG" and any(word.partition("=")[0] == name for word in instruction.words):
            return True
        is_set = instruction.name == "ENV" and any(word.startswith(f"{name}=") for word in instruction.words)
        if is_set and f"${name}" not in instruction.text.replace("{", ""):
            return True
    return False
