"""An image downloads modules without the GOPROXY of this machine.

A build of an image has its own environment: neither the go env file nor a variable of this machine reaches it, so go
asks proxy.golang.org there. Where that host is not reachable, as in mainland China, `go mod download` waits and fails,
while the same command works outside. `ARG GOPROXY=...` in the stage sets it for its `RUN` lines, and
`docker build --build-arg GOPROXY=...` can still choose another one.

## Example

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/home/user/.config/go/env"}]}
```

becomes

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
ARG GOPROXY=https://goproxy.cn,direct
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
```

## Example

```dockerfile path=Dockerfile crlf
FROM golang:1.27
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"}]}
```

becomes

```dockerfile path=Dockerfile crlf
FROM golang:1.27
ARG GOPROXY=https://goproxy.cn,direct
RUN go mod download
```

## Example

A proxy of a company, which does not belong into a file that others read unasked:

```dockerfile path=Dockerfile
FROM golang:1.27
RUN go install example.com/tool@latest
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.corp.example,direct", "origin": "environment"}]}
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.27
ARG GOPROXY
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"}]}
```

## No finding

This machine asks the same proxy:

```dockerfile path=Dockerfile
FROM golang:1.27
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "default"}]}
```

## No finding

The image is not that of Go, and may set the variable:

```dockerfile path=Dockerfile
FROM registry.example.com/go-build:3
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"}]}
```

## No finding

The proxy runs on this machine; in the image that address is another machine:

```dockerfile path=Dockerfile
FROM golang:1.27
RUN go mod download
```

```json host
{"go_variables": [{"name": "GOPROXY", "value": "http://127.0.0.1:3000,direct", "origin": "environment"}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.proxy_chain import is_public
from wslgo.knowledge.module_proxies import OFFICIAL
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax.dockerfile import Instruction, instructions
from wslgo.syntax.family import DOCKERFILE
from wslgo.syntax.go.goproxy import ProxyEntry, parse
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="The image downloads from {default}, not from {host} as this machine does. Add ARG GOPROXY to this stage",
    zh="构建镜像时从 {default} 下载，而不是像本机那样从 {host} 下载。请在此阶段添加 ARG GOPROXY",
)

# go get and go install with a version always ask the proxy; go build may find everything in a vendor folder.
_DOWNLOADS = pattern(r"\bgo[ \t]+(?:mod[ \t]+download|(?:get|install)[ \t]+[^\s;&|]*@[\w.]+)")
_GOLANG = pattern(r"(?:docker\.io/(?:library/)?)?golang(?::[\w.-]+)?(?:@\S+)?\Z")
_OF_MACHINE = pattern(r"localhost|127\.|\[?::1|host\.docker\.internal")


@rule(Severity.HINT, fixable=Safety.UNSAFE, needs={DOCKERFILE: ("go_variables",)})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    entries = entries_of(scene)
    if not entries or "GOPROXY" in text or entries[0].target is None:
        return
    host = entries[0].target.host
    for stage, download in downloads(text):
        value = scene.host.go_values()["GOPROXY"]
        is_shown = all(entry.is_keyword or is_public(entry) for entry in entries)
        line = f"ARG GOPROXY={value}"
        newline = "\r\n" if text.startswith("\r\n", stage.span.end) else "\n"
        edit = Edit(Span(stage.span.end, stage.span.end), newline + line)
        fixes = (Fix(ADD(text=line), (edit,)),) if is_shown else ()
        yield Finding(download, MESSAGE(default=OFFICIAL, host=host), fixes)
        return


def entries_of(scene: Scene) -> tuple[ProxyEntry, ...]:
    """Return the GOPROXY of this machine if an image could use it, and go would not use it by itself."""
    value = scene.host.go_values().get("GOPROXY", "")
    proxy = parse(value)
    first = proxy.entries[0].target if proxy.entries else None
    if proxy.error or first is None or first.host == OFFICIAL or not first.scheme.startswith("http"):
        return ()
    return () if _OF_MACHINE.match(first.host) else proxy.entries


def downloads(text: str) -> Iterator[tuple[Instruction, Span]]:
    """Yield the commands that download modules in a stage of the official image, each with the `FROM` of its stage."""
    stage: Instruction | None = None
    for instruction in instructions(text):
        if instruction.name == "FROM":
            is_golang = bool(instruction.words) and _GOLANG.match(instruction.words[0])
            stage = instruction if is_golang else None
        elif instruction.name == "RUN" and stage is not None:
            command = _DOWNLOADS.search(text, *instruction.span)
            if command is not None:
                yield stage, Span(*command.span())
