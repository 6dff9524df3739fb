"""GOOS or GOARCH is not a name that go knows.

Every build fails with `unsupported GOOS/GOARCH pair`. The names are Go's own, in lower case: `darwin` is macOS, `amd64`
is x86_64, `arm64` is aarch64.

## Example

```bash path=.bashrc
export GOARCH=x86_64
```

becomes

```bash path=.bashrc
export GOARCH=amd64
```

## Example

```properties path=.config/go/env
GOOS=Linux
```

becomes

```properties path=.config/go/env
GOOS=linux
```

## Example

It is not clear what was intended:

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOOS": "ubuntu"}}
```

## No finding

```bash path=.bashrc
export GOOS=
export GOARCH=$(uname -m)
```

## No finding

```json path=.vscode/settings.json
{"gopls": {"build.env": {"GOOS": "windows", "GOARCH": "arm64"}}}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.knowledge.go_targets import MEANT, PROCESSORS, SYSTEMS
from wslgo.knowledge.punctuation import half_width
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.text.message import Message
from wslgo.text.nearest import nearest

NAMES = {"GOOS": SYSTEMS, "GOARCH": PROCESSORS}

MESSAGE = Message(
    en="Every build fails because '{value}' is not a {name} that go knows. Use a name like {example}",
    zh="所有构建都会失败，因为 go 不认识 {name} 的值 '{value}'。请使用 {example} 这样的名称",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    name, value = assignment.name, assignment.value
    known = NAMES.get(name)
    if known is None or not value or value in known or is_quoted(value) or half_width(value) != value:
        return
    word = value.strip().lower()
    sure = word if word in known else MEANT[name].get(word)
    meant = sure or nearest(word, known)
    edit = value_edit(assignment, meant) if meant else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE if sure else Safety.UNSAFE),) if edit else ()
    example = meant or ("linux" if name == "GOOS" else "amd64")
    yield Finding(assignment.value_span, MESSAGE(name=name, value=value, example=example), fixes)
