"""The checksum database is switched off for every module.

`GOSUMDB=off` and `GONOSUMDB=*` are often a cure for private modules or a blocked network. New modules are then not
verified, and `GOSUMDB=off` also stops go from downloading toolchains: `checksum database disabled by GOSUMDB=off`. Name
the private modules in GOPRIVATE; in mainland China `GOSUMDB=sum.golang.google.cn` is reachable.

## Example

```properties path=.config/go/env
GOSUMDB=off
GOFLAGS=-mod=mod
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

The mirror in GOPROXY shows where this machine is:

```properties path=.config/go/env
GOSUMDB=off
GOPROXY=https://goproxy.cn,direct
```

becomes

```properties path=.config/go/env
GOSUMDB=sum.golang.google.cn
GOPROXY=https://goproxy.cn,direct
```

## Example

```bash path=.bashrc
export GONOSUMDB='*'
```

## Example

Every module may then come over plain HTTP:

```bash path=.bashrc
export GOINSECURE="*"
```

## No finding

```properties path=.config/go/env
GOSUMDB=sum.golang.google.cn
GOPRIVATE=git.corp.example
GOINSECURE=git.corp.example
```

## No finding

A debug session is not every build:

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOSUMDB": "off"}}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import ELSEWHERE, NARROW, Assignment
from wslgo.goenv.edit import removal_edit, value_edit
from wslgo.goenv.region import mirror
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, REMOVE
from wslgo.text.message import Message

OFF = Message(
    en="GOSUMDB=off: go verifies no new module and downloads no toolchain. Name private modules in GOPRIVATE instead",
    zh="GOSUMDB=off：新模块不会被校验，go 也无法下载工具链。请用 GOPRIVATE 指定私有模块",
)
ALL = Message(
    en="{name}=* exempts every module from verification. Name only your own: git.example.com",
    zh="{name}=* 会让所有模块都不经校验。请只写自己的模块，例如 git.example.com",
)
PLAIN = Message(
    en="GOINSECURE=* lets every module come over plain HTTP. Name only your own hosts: git.example.com",
    zh="GOINSECURE=* 允许所有模块以明文 HTTP 传输。请只写自己的主机，例如 git.example.com",
)
WILDCARDS = ("*", "*.*", "**")


@assignment_rule(Severity.HINT, fixable=Safety.UNSAFE, needs=("go_variables", "is_in_china"), dimension="security")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    name, value = assignment.name, assignment.value
    if not value or not assignment.path or (assignment.scope in NARROW and assignment.scope not in ELSEWHERE):
        return
    is_all = value.rstrip(",/") in WILDCARDS
    if name == "GOSUMDB" and value == "off":
        message, severity = OFF(), None
    elif name in ("GONOSUMDB", "GOPRIVATE") and is_all:
        message, severity = ALL(name=name), None
    elif name == "GOINSECURE" and is_all:
        message, severity = PLAIN(), Severity.INFORMATION
    else:
        return
    yield Finding(assignment.value_span, message, tuple(_fixes(assignment, scene)), severity=severity)


def _fixes(assignment: Assignment, scene: Scene) -> Iterator[Fix]:
    """Yield the change to the database that is reachable, if the default one is not, and the removal."""
    other = None if assignment.is_elsewhere else mirror(assignment.name, scene.host, (scene.file, *scene.others))
    edit = value_edit(assignment, other) if other is not None else None
    if edit is not None:
        yield Fix(CHANGE_TO(value=other), (edit,))
    edit = removal_edit(assignment)
    if edit is not None:
        yield Fix(REMOVE(name=assignment.name), (edit,))
