"""A Go variable has full-width punctuation from an input method.

`，`, `｜`, `：` and the ideographic space look like `,`, `|`, `:` and a space, but the go command reads them as part of
a name: a proxy that does not exist, a pattern that matches no module. Use ASCII punctuation.

## Example

```bash path=.bashrc
export GOPROXY=https://goproxy.cn，direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

A `|` needs quotes in a shell:

```bash path=.bashrc
export GOPROXY=https：//goproxy.cn｜direct
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|direct"
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOPRIVATE": "git.example.com、*.corp.example"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOPRIVATE": "git.example.com,*.corp.example"}}
```

## No finding

```bash path=.bashrc
# 使用国内代理，速度快
export GOPROXY=https://goproxy.cn,direct
```

## No finding

A folder may have any name:

```bash path=.bashrc
export GOPATH="/home/me/项目（新）"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span, value_edit
from wslgo.knowledge.punctuation import FULL_WIDTH, half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import USE_ASCII
from wslgo.syntax.go.goproxy import parse
from wslgo.syntax.go.goproxy_typo import is_full_width
from wslgo.text.message import Message
from wslgo.text.span import Span

# Lists and names; a path or a compiler's flag may hold anything.
VARIABLES = ("GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOSUMDB", "GO111MODULE", "GOTOOLCHAIN")

MESSAGE = Message(
    en="'{character}' is full-width punctuation, which go reads as part of a name. Write '{meant}'",
    zh="'{character}' 是全角符号，go 会把它当作名称的一部分。请写成 '{meant}'",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name not in VARIABLES or value is None or value.isascii():
        return
    if assignment.name == "GOPROXY" and not is_full_width(parse(value)):
        return  # spaces around entries, which go trims
    start = next((offset for offset, character in enumerate(value) if character in FULL_WIDTH), None)
    if start is None:
        return
    edit = value_edit(assignment, half_width(value))
    fixes = (Fix(USE_ASCII(), (edit,), Safety.SAFE),) if edit else ()
    message = MESSAGE(character=value[start], meant=FULL_WIDTH[value[start]])
    yield Finding(part_span(assignment, Span(start, start + 1)), message, fixes)
