"""go rejects GOVCS, so it cannot download modules from their origin.

GOVCS is a list of `pattern:names` with commas between them and `|` between the names of version control systems. The
mistake shows up only when a module comes without a proxy, as private modules do.

## Example

```properties path=.config/go/env
GOVCS=public:git|hg,private:all,
```

becomes

```properties path=.config/go/env
GOVCS=public:git|hg,private:all
```

## Example

```bash path=.bashrc
export GOVCS=git
```

## No finding

```properties path=.config/go/env
GOVCS=github.com:git,evil.example:off,*:git|hg
```

## No finding

```bash path=.bashrc
export GOVCS=
export GOVCS="public:git, private:all"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.govcs import error_of
from wslgo.text.message import Message

MESSAGE = Message(
    en="go cannot download modules without a proxy: {words}. Write pattern:git|hg, with ',' between the patterns",
    zh="go 无法在没有代理时下载模块：{words}。请写 pattern:git|hg，模式之间用 ',' 分隔",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    words = error_of(value) if assignment.name == "GOVCS" and value else ""
    if not value or not words:
        return
    meant = ",".join(item.strip().rstrip("|") for item in value.split(",") if item.strip())
    edit = value_edit(assignment, meant) if meant and not error_of(meant) else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(words=words), fixes)
