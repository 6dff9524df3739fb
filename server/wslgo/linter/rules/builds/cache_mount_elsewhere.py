"""A cache mount of a Dockerfile is not at the folder that go uses, so it stays empty and nothing is cached.

The images called golang set `GOPATH=/go`, so modules are in `/go/pkg/mod`; the build cache of root is in
`/root/.cache/go-build`. `GOMODCACHE`, `GOCACHE` and `GOPATH` in `ENV` move them.

## Example

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
COPY . .
RUN --mount=type=cache,target=/root/go/pkg/mod go build -o /app
```

becomes

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod go build -o /app
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
ENV GOCACHE=/cache/go-build
COPY . .
RUN --mount=type=cache,target=/root/.cache/go-build go build -o /app
```

becomes

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
ENV GOCACHE=/cache/go-build
COPY . .
RUN --mount=type=cache,target=/cache/go-build go build -o /app
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod \
    --mount=type=cache,target=/root/.cache/go-build \
    go build -o /app
```

## No finding

The folder is that of another user, or of an image that is not known:

```dockerfile path=Dockerfile
FROM golang:1.27 AS build
USER builder
COPY . .
RUN --mount=type=cache,target=/home/builder/.cache/go-build go build -o /app

FROM registry.example.com/go AS other
COPY . .
RUN --mount=type=cache,target=/root/go/pkg/mod go build -o /app
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.image_stages import StageState, stage_states
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax.family import DOCKERFILE
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="Nothing is cached here: {name} is {folder} in this stage, so go does not use {target}",
    zh="此处不会缓存任何内容：在此阶段 {name} 是 {folder}，go 不使用 {target}",
)

_CACHE = pattern(r"--mount=(?=\S*type=cache)\S*?\b(?:target|dst|destination)=([^,\s\"]+)")
_MODULES = pattern(r"/go/pkg/mod/?\Z|/pkg/mod/?\Z")
_BUILDS = pattern(r"/go-build/?\Z")
_SETS = ("GOCACHE", "GOMODCACHE", "GOPATH", "HOME=", "go env -w")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, dimension="speed", needs={DOCKERFILE: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "type=cache" not in text or "go env -w" in text:
        return
    for state in stage_states(text):
        instruction = state.instruction
        if instruction.name != "RUN" or not state.is_golang or any(word in instruction.text for word in _SETS):
            continue
        if RUNS_GO.search(instruction.text):
            yield from _mounts(state, text)


def _mounts(state: StageState, text: str) -> Iterator[Finding]:
    at = state.instruction.span.start
    for flag in state.instruction.flags:
        at = max(text.find(flag, at, state.instruction.span.end), at)
        found = _CACHE.match(flag)
        if found is None or "$" in found[1]:
            continue
        target = found[1].rstrip("/")
        name, folder = _folder(state, target)
        if folder and not _touches(target, folder):
            span = Span(at + found.start(1), at + found.end(1))
            fixes = (Fix(CHANGE_TO(value=folder), (Edit(span, folder),)),) if text[slice(*span)] == found[1] else ()
            yield Finding(span, MESSAGE(name=name, folder=folder, target=target), fixes)


def _folder(state: StageState, target: str) -> tuple[str, str]:
    """Return the folder that a mount at this target is meant for, with its variable; "" if that is unknown."""
    known = state.variables
    if _MODULES.search(target):
        return "GOMODCACHE", known.get("GOMODCACHE") or _below(known.get("GOPATH", "/go"), "pkg/mod")
    if not _BUILDS.search(target):
        return "", ""
    if "GOCACHE" in known:
        return "GOCACHE", known["GOCACHE"]
    home = known.get("HOME", "/root" if state.is_root else "")
    return "GOCACHE", _below(known.get("XDG_CACHE_HOME", _below(home, ".cache")), "go-build")


def _below(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else ""


def _touches(target: str, folder: str) -> bool:
    folder = folder.rstrip("/")
    return target == folder or folder.startswith(f"{target}/") or target.startswith(f"{folder}/")
