"""A password is part of GOPROXY.

Each program that prints its environment shows it, `go env` does, and a file of a repository carries it to all who clone
it. go reads the password from `~/.netrc` as well: `machine HOST login USER password PASSWORD`.

## Example

```bash path=.bashrc
export GOPROXY=https://me:secret@goproxy.corp.example,direct
```

## No finding

```bash path=.bashrc
export GOPROXY=https://me@goproxy.corp.example,direct
export GOPROXY=https://me:$TOKEN@goproxy.corp.example,direct
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span
from wslgo.goenv.proxy_chain import usable_proxies
from wslgo.goenv.readers import is_own
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message

MESSAGE = Message(
    en="The password for {host} is in GOPROXY, which programs print. Put it into ~/.netrc, where go finds it",
    zh="GOPROXY 中含有 {host} 的密码，许多程序会打印该变量。请写入 ~/.netrc，go 会从那里读取",
)


@assignment_rule(Severity.WARNING, needs=("home", "goenv_path"), dimension="security")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    proxy = usable_proxies(assignment)
    if proxy is None or not assignment.path:
        return
    # In the user's own file it is seen by fewer.
    severity = Severity.INFORMATION if is_own(scene.file, scene.host) else None
    for entry in proxy.entries:
        if entry.target is not None and entry.target.user is not None and entry.target.user.password:
            yield Finding(part_span(assignment, entry.span), MESSAGE(host=entry.target.host), severity=severity)
