"""GOOS or GOARCH of another system is set for every build.

A line that is left over from a cross build makes every build of this machine one for that system: `go run` and `go
test` end with "exec format error", and Delve says "not an executable file". Set it for one command instead:
`GOOS=windows go build`.

In settings of the editor it also decides which files gopls shows, which can be intended: it is then an info, and
nothing for WebAssembly.

## Example

```bash path=.bashrc
export GOOS=windows
export GOPROXY=https://goproxy.cn,direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```json path=.vscode/launch.json
{
  "configurations": [
    {"type": "go", "request": "launch", "program": ".", "env": {"GOOS": "js", "GOARCH": "wasm", "A": "b"}}
  ]
}
```

becomes

```json path=.vscode/launch.json
{
  "configurations": [
    {"type": "go", "request": "launch", "program": ".", "env": {"A": "b"}}
  ]
}
```

## Example

```properties path=/home/me/.config/go/env
GOARCH=arm64
```

```json host
{"processor": "amd64", "home": "/home/me"}
```

becomes

```properties path=/home/me/.config/go/env
```

## Example

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOOS": "windows"}}
```

becomes

```json path=.vscode/settings.json
{"go.toolsEnvVars": {}}
```

## No finding

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOOS": "js", "GOARCH": "wasm"}, "gopls": {"build.env": {"GOOS": "wasip1"}}}
```

## No finding

A file on its way to another machine:

```bash path=/home/me/dotfiles/.bashrc
export GOARCH=arm64
```

```json host
{"processor": "amd64", "home": "/home/me"}
```

## No finding

It is not known which processor the machine has, and whether the line runs:

```bash path=.bashrc
export GOARCH=arm64
[ -n "$CROSS" ] && export GOOS=windows
```

## No finding

Nothing is built, and linux is right:

```json path=.vscode/launch.json
{
  "configurations": [
    {"type": "go", "request": "launch", "mode": "exec", "program": "x", "env": {"GOOS": "windows"}},
    {"type": "go", "request": "launch", "program": ".", "env": {"GOOS": "linux"}}
  ]
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.beside import beside
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import is_own
from wslgo.goenv.target import is_foreign
from wslgo.knowledge.go_targets import OF_WASM, PROCESSORS, SYSTEMS
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.launch_entry import is_built
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import DOTENV, ENVIRONMENT, FISH, GOENV, LAUNCH, SETTINGS, SHELL, WORKSPACE
from wslgo.syntax.file import File
from wslgo.text.message import Message

FOR_ALL = (SHELL, FISH, ENVIRONMENT, GOENV)
OF_EDITOR = (SETTINGS, WORKSPACE)
WASM = (*OF_WASM, "wasm")
# What WSL runs on.
PROCESSORS_OF_WSL = ("amd64", "arm64", "386", "arm")

MESSAGE = Message(
    en="{name}={value} is set for every build: go run, go test and the debugger cannot start the result on Linux",
    zh="{name}={value} 对每次构建都生效：go run、go test 和调试器无法在 Linux 上启动构建结果",
)
IN_LAUNCH = Message(
    en="Delve cannot start a program that is built with {name}={value}: not an executable file",
    zh="Delve 无法启动以 {name}={value} 构建的程序：not an executable file",
)
IN_EDITOR = Message(
    en="With {name}={value} here, tests and debugging fail on Linux. For gopls alone, use its build.env",
    zh="在此设置 {name}={value} 后，测试和调试在 Linux 上会失败。若仅供 gopls 使用，请写入其 build.env",
)
IN_GOPLS = Message(
    en="With {name}={value} gopls shows the code of that system, and not the one that is built and tested here",
    zh="设置 {name}={value} 后，gopls 显示的是该系统的代码，而不是在此构建和测试的代码",
)


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("processor", "home", "goenv_path"))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if not _is_foreign(assignment, scene) or not assignment.is_certain or not assignment.path:
        return
    family = scene.file.family.name
    values = {"name": assignment.name, "value": assignment.value}
    is_reported_at_system = _is_of_foreign_system(assignment, scene)
    if family in FOR_ALL and not is_reported_at_system:
        text, severity = MESSAGE(**values), None
    elif _is_of_launch(assignment, family) and is_built(assignment, scene.file) and not is_reported_at_system:
        text, severity = IN_LAUNCH(**values), None
    elif family in OF_EDITOR and assignment.value not in WASM:
        is_of_gopls = assignment.scope is Scope.GOPLS
        text = (IN_GOPLS if is_of_gopls else IN_EDITOR)(**values)
        severity = Severity.HINT if is_of_gopls else Severity.INFORMATION
    else:
        return
    edit = removal_edit(assignment)
    fixes = (Fix(REMOVE(name=assignment.name), (edit,)),) if edit else ()
    yield Finding(assignment.value_span, text, fixes, severity=severity)


def _is_foreign(assignment: Assignment, scene: Scene) -> bool:
    name, value = assignment.name, assignment.value
    if name == "GOOS":
        return value in SYSTEMS and is_foreign(name, value, None)
    if name != "GOARCH" or value not in PROCESSORS:
        return False
    is_for_any = scene.file.family.name in FOR_ALL and not is_own(scene.file, scene.host)
    return value not in PROCESSORS_OF_WSL or (not is_for_any and is_foreign(name, value, scene.host.processor))


def _is_of_launch(assignment: Assignment, family: str) -> bool:
    return assignment.scope is Scope.LAUNCH and family in (LAUNCH, WORKSPACE, DOTENV)


def _is_of_foreign_system(assignment: Assignment, scene: Scene) -> bool:
    """Return whether the system beside a processor is foreign, too, and has the finding."""
    return assignment.name == "GOARCH" and any(
        value in SYSTEMS and is_foreign("GOOS", value, None) for value in _systems(assignment, scene.file)
    )


def _systems(assignment: Assignment, file: File) -> frozenset[str]:
    return frozenset(found.value for found in beside(assignment, file) if found.name == "GOOS" and found.value)
