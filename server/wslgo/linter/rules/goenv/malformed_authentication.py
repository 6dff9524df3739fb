"""go rejects GOAUTH, so it cannot download modules that need a sign-in.

GOAUTH is a list of commands with `;` between them: `netrc`, `git` with an absolute folder, or a program. `off` must be
alone, and an empty command is an error. The mistake shows up only when go connects to a server.

## Example

```properties path=.config/go/env
GOAUTH=netrc;
```

becomes

```properties path=.config/go/env
GOAUTH=netrc
```

## Example

```bash path=.bashrc
export GOAUTH="off; netrc"
```

## Example

```properties path=.config/go/env
GOAUTH=git
```

## No finding

```bash path=.bashrc
export GOAUTH="git /home/me/src; netrc; my-program --token"
export GOAUTH=off
export GOAUTH=
```

## No finding

```bash path=.bashrc
export GOAUTH="git $HOME/src"
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

# cmd/go/internal/auth/auth.go, go1.26.8.
EMPTY = "GOAUTH encountered an empty command"
NOT_ALONE = "GOAUTH=off cannot be combined with other authentication commands"
NO_FOLDER = "GOAUTH=git dir method requires an absolute path to the git working directory"
NOT_ABSOLUTE = f"{NO_FOLDER}, dir is not absolute"

MESSAGE = Message(
    en="go cannot connect to module servers: {words}",
    zh="go 无法连接模块服务器：{words}",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name != "GOAUTH" or not value:
        return
    words = error_of(value)
    if not words:
        return
    meant = "; ".join(command.strip() for command in value.split(";") if command.strip())
    edit = value_edit(assignment, meant) if meant and not error_of(meant) else None
    fixes = (Fix(CHANGE_TO(value=meant), (edit,), Safety.SAFE),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(words=words), fixes)


def error_of(value: str) -> str:
    """Return the go command's error for a value; it looks at the last command first."""
    commands = [command.split() for command in value.split(";")]
    for words in reversed(commands):
        problem = _problem(words, len(commands))
        if problem:
            return problem
    return ""


def _problem(words: list[str], count: int) -> str:
    if not words:
        return EMPTY
    if words[0] == "off":
        return NOT_ALONE if count > 1 else ""
    if words[0] != "git":
        return ""
    if len(words) != 2:
        return NO_FOLDER
    return "" if words[1].startswith("/") else NOT_ABSOLUTE
