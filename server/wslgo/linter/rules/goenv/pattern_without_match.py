"""A pattern of GOPRIVATE, GONOPROXY, GONOSUMDB or GOINSECURE matches no module.

Patterns are beginnings of module paths with `*` in them, and only a comma separates them. With a scheme, a port, a
space after the comma or a capital letter in the host a pattern matches nothing. go does not report it: it asks the
proxy and the checksum database for the private modules.

## Example

```properties path=.config/go/env
GOPRIVATE=https://git.corp.example
```

becomes

```properties path=.config/go/env
GOPRIVATE=git.corp.example
```

## Example

```bash path=.bashrc
export GOPRIVATE="git.corp.example, *.shop.example;Git.other.example:8443/team"
```

becomes

```bash path=.bashrc
export GOPRIVATE="git.corp.example,*.shop.example,git.other.example/team"
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GONOSUMDB": "git@git.corp.example:team/shop.git"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GONOSUMDB": "git.corp.example/team/shop"}}
```

## Example

```properties path=.config/go/env
GOPRIVATE=mycompany
```

## No finding

```properties path=.config/go/env
GOPRIVATE=git.corp.example,*.corp.example/Team,github.com/Acme/*,gitlab.com/acme/
```

## No finding

`none` is the usual word for no module:

```properties path=.config/go/env
GONOPROXY=none
GOPRIVATE=*,
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.syntax.go.module_patterns import Fault, ModulePattern, parse
from wslgo.text.message import Message

NAMES = ("GOPRIVATE", "GONOPROXY", "GONOSUMDB", "GOINSECURE")
NONE = "none"

REASONS = {
    Fault.SPACE: Message(en="only ',' separates patterns, without spaces", zh="模式之间只能用 ',' 分隔，且不能有空格"),
    Fault.SCHEME: Message(en="a module path has no scheme", zh="模块路径没有协议部分"),
    Fault.PORT: Message(en="a module path has no port", zh="模块路径没有端口"),
    Fault.CAPITAL: Message(en="the host of a module path is in lower case", zh="模块路径中的主机名均为小写"),
    Fault.SLASH: Message(en="it has an empty element", zh="它含有空的路径元素"),
    Fault.BRACKET: Message(en="a bracket is not closed", zh="方括号没有闭合"),
    Fault.CHARACTER: Message(en="a module path has no such characters", zh="模块路径中没有这样的字符"),
    Fault.WORD: Message(en="a module path begins with a host, which has a dot", zh="模块路径以主机名开头，其中有点号"),
}

MESSAGE = Message(
    en="'{text}' in {name} matches no module: {reason}",
    zh="{name} 中的 '{text}' 不匹配任何模块：{reason}",
)


@assignment_rule(Severity.WARNING, fixable=Safety.SAFE, dimension="security")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name not in NAMES or not value or value == NONE or is_quoted(value) or half_width(value) != value:
        return
    # A carriage return at the end of the line is the finding of another rule.
    for found in parse(value.removesuffix("\r")):
        if found.fault is not None:
            message = MESSAGE(text=found.text, name=assignment.name, reason=REASONS[found.fault]())
            yield Finding(part_span(assignment, found.span), message, tuple(_fixes(assignment, found)))


def _fixes(assignment: Assignment, found: ModulePattern) -> Iterator[Fix]:
    edit = part_edit(assignment, found.span, found.meant) if found.meant else None
    if edit is not None:
        yield Fix(CHANGE_TO(value=found.meant), (edit,), Safety.SAFE)
