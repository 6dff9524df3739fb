"""Entries of GOPROXY are separated by a space or a semicolon.

The go command knows only `,` and `|`. With a space it rejects the list; a semicolon becomes part of the host name, and
the host does not exist. Separate the entries with a comma.

## Example

```bash path=.bashrc
export GOPROXY="https://goproxy.cn direct"
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.cn,direct"
```

## Example

```properties path=.config/go/env
GOPROXY=https://goproxy.cn;https://proxy.golang.org;direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,https://proxy.golang.org,direct
```

## No finding

go trims spaces around an entry:

```bash path=.bashrc
export GOPROXY=" https://goproxy.cn , direct "
```

## No finding

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|direct"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.goproxy import parse
from wslgo.syntax.go.goproxy_typo import is_full_width, is_quoted, with_commas
from wslgo.text.message import Message

MESSAGE = Message(
    en="go reads '{entry}' as one proxy. Separate the entries of GOPROXY with ',' or '|'",
    zh="go 把 '{entry}' 当作一个代理。GOPROXY 的条目请用 ',' 或 '|' 分隔",
)
TITLE = Message(en="Separate the entries with ','", zh="用 ',' 分隔各条目")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or not assignment.value or is_quoted(assignment.value):
        return
    proxy = parse(assignment.value)
    if is_full_width(proxy):
        return
    for entry in proxy.entries:
        meant = with_commas(entry)
        edit = part_edit(assignment, entry.span, meant) if meant else None
        if meant is not None:
            # A comma is the cautious separator: after it go does not ask elsewhere for what a proxy denies.
            fixes = (Fix(TITLE(), (edit,), Safety.SAFE),) if edit else ()
            yield Finding(part_span(assignment, entry.span), MESSAGE(entry=entry.text), fixes)
