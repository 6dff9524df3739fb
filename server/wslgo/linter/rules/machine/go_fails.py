"""The go command fails before it does anything.

`go env`, run in an empty folder, ended with an error; every other go command then fails, too. The usual reason is a
`GOROOT` that names a folder of another Go, or one that is gone.

## Example

```json host
{"go": {"path": "/usr/local/go/bin/go", "problem": "go: cannot find GOROOT directory: /opt/go"}}
```

becomes

```json host
{}
```

## No finding

```json host
{}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import ENVIRONMENT
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

MESSAGE = Message(en="Every go command fails: {problem}", zh="所有 go 命令都会失败：{problem}")
REPAIR = Message(
    en="fix the reported cause, or install Go again: wslgo provision --only toolchain",
    zh="解决上述问题，或重新安装 Go：wslgo provision --only toolchain",
)
CORRECT = Message(en="correct {name} in {place}", zh="在 {place} 中改正 {name}")


@machine_rule(Severity.ERROR, "go.go", needs=("go", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.go is not None and host.go.problem:
        yield machine_finding(MESSAGE(problem=host.go.problem), _cure(host, host.go.problem))


def _cure(host: Host, problem: str) -> Text:
    """Return the next step; a stale GOROOT is by far the most frequent cause."""
    variable = host.variable("GOROOT")
    if "GOROOT" not in problem or variable is None:
        return REPAIR()
    if variable.origin == ENVIRONMENT:
        return command("unset GOROOT")
    return CORRECT(place=variable.origin, name=variable.name)
