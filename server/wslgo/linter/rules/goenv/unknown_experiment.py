"""GOEXPERIMENT names an experiment that this Go does not know.

Every go command fails with `unknown GOEXPERIMENT`, even `go version`. An experiment ends when it becomes part of Go or
is given up, so a line that was right for one release breaks a later one. `go env -u GOEXPERIMENT` still works.

## Example

```properties path=.config/go/env
GOEXPERIMENT=rangefunc
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

```bash path=.bashrc
export GOEXPERIMENT=jsonv2,synctest
```

becomes

```bash path=.bashrc
export GOEXPERIMENT=jsonv2
```

## Example

```bash path=.bashrc
export GOEXPERIMENT=greenteagcc
```

becomes

```bash path=.bashrc
export GOEXPERIMENT=greenteagc
```

## Example

Go 1.24 does not have it yet:

```properties path=.config/go/env
GOEXPERIMENT=jsonv2
```

```json host
{"go": {"path": "/usr/local/go/bin/go", "version": "1.24.9"}}
```

becomes

```properties path=.config/go/env
```

## No finding

```bash path=.bashrc
export GOEXPERIMENT=jsonv2,nogreenteagc
export GOEXPERIMENT=none
export GOEXPERIMENT=
```

## No finding

The Go of this machine knows it:

```properties path=.config/go/env
GOEXPERIMENT=rangefunc
```

```json host
{"go": {"path": "/usr/local/go/bin/go", "version": "1.22.12"}}
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.22
ENV GOEXPERIMENT=rangefunc
```

## No finding

Microsoft's build of Go has an experiment of this name:

```dockerfile path=Dockerfile
FROM mcr.microsoft.com/oss/go/microsoft/golang:1.25
RUN GOEXPERIMENT=nosystemcrypto go build
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import ELSEWHERE, Assignment
from wslgo.goenv.edit import part_edit, part_span, removal_edit
from wslgo.knowledge.go_experiments import KNOWN, NEWEST, OLDEST_SUPPORTED
from wslgo.knowledge.punctuation import half_width
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, REMOVE
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.nearest import nearest
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

ENDED = Message(
    en="Every go command fails: Go 1.{since} and later do not know GOEXPERIMENT={name}, {reason}. Remove it",
    zh="所有 go 命令都会失败：Go 1.{since} 及更高版本不认识 GOEXPERIMENT={name}，{reason}。请删除它",
)
NOT_YET = Message(
    en="Every go command fails: this Go is too old for GOEXPERIMENT={name}, which began with Go 1.{first}",
    zh="所有 go 命令都会失败：GOEXPERIMENT={name} 从 Go 1.{first} 开始提供，本机的 Go 太旧",
)
NEVER = Message(
    en="Every go command fails: unknown GOEXPERIMENT {name}",
    zh="所有 go 命令都会失败：unknown GOEXPERIMENT {name}",
)


class _Part(NamedTuple):
    """An entry of the list; `name` is without the `no` that turns an experiment off."""

    text: str
    span: Span

    @property
    def name(self) -> str:
        return self.text.removeprefix("no")


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("go",))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOEXPERIMENT" or not value or half_width(value) != value:
        return
    is_here = assignment.scope not in ELSEWHERE
    minor = _minor(scene.host) if is_here else None
    parts = tuple(_parts(value))
    for part in parts:
        # A container has a Go of its own, perhaps Microsoft's, which has more experiments.
        problem = _problem(part, minor) if is_here or _is_typo(part) else None
        if problem is not None:
            yield Finding(part_span(assignment, part.span), problem, tuple(_fixes(assignment, value, part, parts)))


def _minor(host: Host) -> int | None:
    """Return the minor release of the Go of this machine."""
    version = go_version((host.go.version or "").removeprefix("go")) if host.go is not None else None
    return version.minor if version is not None and version.major == 1 else None


def _parts(value: str) -> Iterator[_Part]:
    start = 0
    for text in value.split(","):
        if text not in ("", "none"):
            yield _Part(text, Span(start, start + len(text)))
        start += len(text) + 1


def _is_typo(part: _Part) -> bool:
    return part.name not in KNOWN and nearest(part.name.strip(), KNOWN) is not None


def _problem(part: _Part, minor: int | None) -> Text | None:
    found = KNOWN.get(part.name)
    if found is None:
        return None if (minor or 0) > NEWEST else NEVER(name=part.text)
    if found.last is not None and (OLDEST_SUPPORTED if minor is None else minor) > found.last:
        return ENDED(name=part.text, since=found.last + 1, reason=found.end())
    return NOT_YET(name=part.text, first=found.first) if minor is not None and minor < found.first else None


def _fixes(assignment: Assignment, value: str, part: _Part, parts: tuple[_Part, ...]) -> Iterator[Fix]:
    prefix = "no" if part.text.startswith("no") else ""
    near = nearest(part.name.strip(), KNOWN) if part.name not in KNOWN else None
    edit = part_edit(assignment, part.span, prefix + near) if near else None
    if edit is not None:
        yield Fix(CHANGE_TO(value=f"{prefix}{near}"), (edit,), Safety.SAFE)
        return
    if len(parts) == 1 and value == part.text:
        edit = removal_edit(assignment)
    else:
        end = part.span.end
        gap = Span(part.span.start, end + 1) if value[end : end + 1] == "," else Span(part.span.start - 1, end)
        edit = part_edit(assignment, gap, "")
    if edit is not None:
        yield Fix(REMOVE(name=part.text), (edit,))
