"""A value or file makes every go command fail.

`go version`, run in an empty folder with the user's variables, ended with an error; so does every other go command. The
usual reason is a `GOROOT`, `GOFLAGS`, `GOTOOLCHAIN` or `GOEXPERIMENT` that the go command does not accept.

## Example

```json host
{
  "go": {"problem": "go: cannot find GOROOT directory: /opt/go"},
  "go_variables": [{"name": "GOROOT", "value": "/opt/go", "origin": "environment"}]
}
```

becomes

```json host
{}
```

## Example

```json host
{
  "go": {"problem": "go: invalid GOTOOLCHAIN \\"1.22.5\\""},
  "go_variables": [{"name": "GOTOOLCHAIN", "value": "1.22.5", "origin": "/home/user/.config/go/env"}]
}
```

becomes

```json host
{}
```

## No finding

```json host
{}
```

## No finding

The go command does not start, which `machine/go-does-not-start` says:

```json host
{"go": {"path": "/usr/bin/go", "problem": "ended by SIGSEGV", "starts": false}}
```
"""

from collections.abc import Iterable, Iterator

from wslgo.goenv.assignment import DEFAULT, ENVIRONMENT
from wslgo.goenv.failure import variable_behind
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.value_cure import CORRECT
from wslgo.machine.host import Host, Variable
from wslgo.syntax.file import File
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command
from wslgo.text.span import Lines

MESSAGE = Message(en="Every go command fails: {problem}", zh="所有 go 命令都会失败：{problem}")
REPAIR = Message(
    en="fix the reported cause, or install Go again: wslgo provision --only toolchain",
    zh="解决上述问题，或重新安装 Go：wslgo provision --only toolchain",
)
UNEXPORT = Message(
    en="type: unset {name}, and remove it where it is exported",
    zh="输入：unset {name}，并在导出它的位置删除它",
)
UNEXPORT_AT = Message(
    en="type: unset {name}, and remove it from {place}, line {line}",
    zh="输入：unset {name}，并从 {place} 第 {line} 行删除它",
)

# `go env -u` fails as every go command does, or does not change them (cmd/go of 1.26.8 and 1.27.3).
_NOT_BY_COMMAND = ("GOROOT", "GOPATH", "GOWORK")


@machine_rule(Severity.ERROR, "go.go", needs=("go", "go_variables", "goenv_path"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    go = host.go
    if go is not None and go.problem and go.starts is not False:
        yield machine_finding(MESSAGE(problem=go.problem), _cure(host, scene))


def _cure(host: Host, scene: MachineScene) -> Text:
    variable = variable_behind(host)
    if variable is None or variable.origin == DEFAULT:
        return REPAIR()
    if variable.origin == ENVIRONMENT:
        place = _export(variable, scene.files)
        return UNEXPORT(name=variable.name) if place is None else place
    if variable.origin != host.goenv_path or variable.name in _NOT_BY_COMMAND:
        return CORRECT(place=variable.origin, name=variable.name)
    # The plain command would look for that toolchain first.
    prefix = "GOTOOLCHAIN=local " if variable.name == "GOTOOLCHAIN" else ""
    return command(f"{prefix}go env -u {variable.name}")


def _export(variable: Variable, files: Iterable[File]) -> Text | None:
    """Return the step for the last line that exports this value."""
    from wslgo.goenv.readers import assignments  # only a broken go needs it

    places = [
        (file, found) for file in files for found in assignments(file) if (found.name, found.value) == variable[:2]
    ]
    if not places:
        return None
    file, found = places[-1]
    line, _ = Lines(file.source.text).position(found.value_span.start)
    return UNEXPORT_AT(name=variable.name, place=file.place or file.path, line=line + 1)
