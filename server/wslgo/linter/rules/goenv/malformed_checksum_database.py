"""GOSUMDB is malformed, so go cannot verify new modules.

The value is `off`, or the name or key of a checksum database, optionally followed by a space and its URL. go reads it
only when it has to verify a module that is not in go.sum, so the mistake shows up late: `invalid GOSUMDB: malformed
verifier id`.

## Example

```bash path=.bashrc
export GOSUMDB="sum.golang.org+https://sum.golang.org"
```

becomes

```bash path=.bashrc
export GOSUMDB="sum.golang.org https://sum.golang.org"
```

## Example

```properties path=.config/go/env
GOSUMDB=https://sum.golang.org
```

becomes

```properties path=.config/go/env
GOSUMDB=sum.golang.org
```

## Example

A space needs quotes in a shell:

```bash path=.bashrc
export GOSUMDB=sum.golang.org,https://sum.golang.google.cn
```

becomes

```bash path=.bashrc
export GOSUMDB="sum.golang.org https://sum.golang.google.cn"
```

## Example

An empty line in the go env file hides the default; an empty variable in the environment does not:

```properties path=.config/go/env
GOSUMDB=
GOFLAGS=-mod=mod
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOSUMDB": "sumdb.corp.example"}}
```

## No finding

```bash path=.bashrc
export GOSUMDB=sum.golang.google.cn
```

## No finding

```bash path=.bashrc
export GOSUMDB=
```

## No finding

```bash path=.bashrc
export GOSUMDB="sum.golang.org https://sum.golang.org"
```

## No finding

```properties path=.config/go/env
GOSUMDB=off
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import removal_edit, value_edit
from wslgo.goenv.region import mirror
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.syntax.go.gosumdb import KNOWN, error_of
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="GOSUMDB={value} is not valid ({words}): go rejects every new module. Separate name and URL with a space",
    zh="GOSUMDB={value} 无效（{words}）：go 无法验证新模块。数据库名与 URL 之间请用空格分隔",
)
EMPTY = Message(
    en="An empty GOSUMDB hides the default, so go rejects every new module (missing GOSUMDB). Remove it",
    zh="空的 GOSUMDB 会遮盖默认值，go 无法验证新模块（missing GOSUMDB）。请删除它",
)
USE_DEFAULT = Message(en="Remove GOSUMDB to use the default", zh="删除 GOSUMDB，使用默认值")

# One of go's databases and its URL, joined by something other than a space.
_JOINED = pattern(r"(sum\.golang\.org)[+,;|](https?://\S+)")
_MIRROR = pattern(r"(sum\.golang\.google\.cn)\s+https://sum\.golang\.google\.cn/?")
_URL = pattern(r"https?://(sum\.golang\.(?:org|google\.cn))/?")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, needs=("go_variables", "is_in_china"), dimension="security")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOSUMDB" or value is None or is_quoted(value) or half_width(value) != value:
        return
    if not value and assignment.scope is Scope.GOENV:
        edit = removal_edit(assignment)
        yield Finding(assignment.name_span, EMPTY(), (Fix(USE_DEFAULT(), (edit,), Safety.SAFE),) if edit else ())
    words = error_of(value)
    if words:
        yield Finding(
            assignment.value_span,
            MESSAGE(value=value, words=words.removeprefix("invalid GOSUMDB: ")),
            tuple(_fixes(assignment, value, scene)),
        )


def _fixes(assignment: Assignment, value: str, scene: Scene) -> Iterator[Fix]:
    other = None if assignment.is_elsewhere else mirror("GOSUMDB", scene.host, (scene.file, *scene.others))
    for meant, safety in _intended_values(value.strip(), other or KNOWN[0]):
        edit = value_edit(assignment, meant)
        if edit is not None and not error_of(meant):
            yield Fix(CHANGE_TO(value=meant), (edit,), safety)


def _intended_values(value: str, default: str) -> Iterator[tuple[str, Safety]]:
    joined = _JOINED.fullmatch(value)
    url = _URL.fullmatch(value)
    own = _MIRROR.fullmatch(value)
    if joined is not None:
        yield f"{joined[1]} {joined[2]}", Safety.SAFE
        yield default, Safety.UNSAFE
    elif url is not None:
        yield url[1], Safety.SAFE
    elif own is not None and own[1] == KNOWN[1]:
        # The mirror is a name of its own, which has its URL already.
        yield KNOWN[1], Safety.SAFE
    elif value.lower() in ("off", "none"):
        # go would fail no longer and verify nothing instead: not without asking.
        yield "off", Safety.UNSAFE
    elif value.lower() in KNOWN:
        yield value.lower(), Safety.SAFE
