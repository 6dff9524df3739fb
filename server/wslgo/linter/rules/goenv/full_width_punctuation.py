"""A Go variable holds punctuation of a Chinese or Japanese input method.

`，`, `｜`, `：` and the ideographic blank look like `,`, `|`, `:` and a blank, and the go command takes them for
letters of a name: a proxy that nobody can resolve, a pattern that matches no module.

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
from wslgo.knowledge.punctuation import FULL_WIDTH, halved
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.goproxy import parse
from wslgo.syntax.go.goproxy_typo import is_full_width
from wslgo.text.message import Message
from wslgo.text.span import Span

# Lists and names; a path or a compiler's flag may hold anything.
VARIABLES = ("GOPROXY", "GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE", "GOSUMDB", "GO111MODULE", "GOTOOLCHAIN")

MESSAGE = Message(
    en="go takes the full-width '{character}' for a letter of a name; it knows only '{meant}'",
    zh="go 会把全角的 '{character}' 当作名称的一部分；它只认识 '{meant}'",
)
TITLE = Message(en="Use ASCII punctuation", zh="改为半角标点")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name not in VARIABLES or value is None or value.isascii():
        return
    if assignment.name == "GOPROXY" and not is_full_width(parse(value)):
        return  # blanks around entries, which go trims
    at = next((at for at, character in enumerate(value) if character in FULL_WIDTH), None)
    if at is None:
        return
    edit = value_edit(assignment, halved(value))
    fixes = (Fix(TITLE(), (edit,), Safety.SAFE),) if edit else ()
    message = MESSAGE(character=value[at], meant=FULL_WIDTH[value[at]])
    yield Finding(part_span(assignment, Span(at, at + 1)), message, fixes)
