"""A `|` in GOPROXY is not quoted, so the shell runs the rest as a program.

`export GOPROXY=https://goproxy.cn|direct` is a pipeline. The first half runs in a subshell, so the variable is not set
here, and the second half fails with `direct: command not found`. Quote the value.

## Example

```bash path=.bashrc
export GOPROXY=https://goproxy.cn|direct
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|direct"
```

## Example

```bash path=.zshrc
export GOPROXY=https://goproxy.cn|https://goproxy.io|direct # mirrors
```

becomes

```bash path=.zshrc
export GOPROXY="https://goproxy.cn|https://goproxy.io|direct" # mirrors
```

## No finding

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|direct"
```

## No finding

The go env file is not a shell script:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn|direct
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Style
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import QUOTE_VALUE
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="The shell reads '|' as a pipe and does not set {name}. Quote the value",
    zh="shell 会把此处的 '|' 当作管道，不会设置 {name}。请给值加上引号",
)

_LIST = pattern(r"[A-Za-z0-9_@%+:,./|-]+")
_END = pattern(r"[ \t;]|\r?(?:\n|\Z)")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    pipe, start = assignment.pipe, assignment.word_span.start
    if assignment.name != "GOPROXY" or pipe is None or pipe.start != assignment.word_span.end:
        return
    text = scene.file.source.text
    whole = _LIST.match(text, start) if assignment.style is Style.BARE else None
    whole = whole if whole and _END.match(text, whole.end()) else None
    if whole and f"{assignment.name}=" in text[whole.end() :].partition("\n")[0]:
        whole = None  # the command would still end at the pipe of the second value
    fix = Fix(QUOTE_VALUE(), (Edit(Span(start, whole.end()), f'"{whole.group()}"'),), Safety.SAFE) if whole else None
    yield Finding(pipe, MESSAGE(name=assignment.name), (fix,) if fix else ())
