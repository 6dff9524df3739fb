"""A `;` in GOPROXY is not quoted, so the shell ends the value there.

`export GOPROXY=https://goproxy.cn;direct` sets only the first proxy, and then runs a program called `direct`: `command
not found`. The entries of GOPROXY are separated with a comma.

## Example

```bash path=.bashrc
export GOPROXY=https://goproxy.cn;direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```bash path=.zshrc
export GOPROXY=https://goproxy.cn;https://goproxy.io;direct # mirrors
```

becomes

```bash path=.zshrc
export GOPROXY=https://goproxy.cn,https://goproxy.io,direct # mirrors
```

## No finding

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct; export GOSUMDB=off
export GOPROXY=https://goproxy.cn ; go version
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Style
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import FISH, SHELL
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

_REST = pattern(r";[A-Za-z0-9_@%+:,./;-]+")
_ENTRY = pattern(r"direct|off|https?://.*")

MESSAGE = Message(
    en="The shell ends GOPROXY at ';' and runs '{rest}' as a program. Separate the entries with ','",
    zh="shell 会在 ';' 处结束 GOPROXY，并把 '{rest}' 当作程序运行。请用 ',' 分隔各条目",
)
WITH_COMMAS = Message(en="Write ',' instead of ';'", zh="把 ';' 改为 ','")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or assignment.style is not Style.BARE:
        return
    start = assignment.word_span.end
    rest = _REST.match(scene.file.source.text, start) if scene.file.family.name in (SHELL, FISH) else None
    if rest is not None and all(map(_ENTRY.fullmatch, rest.group()[1:].split(";"))):
        span = Span(start, rest.end())
        fix = Fix(WITH_COMMAS(), (Edit(span, rest.group().replace(";", ",")),), Safety.SAFE)
        yield Finding(span, MESSAGE(rest=rest.group()[1:].partition(";")[0]), (fix,))
