"""A folder that the go command needs is not an absolute path.

go rejects a relative GOCACHE, GOMODCACHE or GOPATH, and to Linux a Windows path is relative. Nothing expands `~` in
double quotes, `$HOME` in single quotes, or either of them in the go env file, `/etc/environment` or launch.json. Write
the whole path, or remove the variable: go has a default that works.

## Example

```bash path=.bashrc
export GOPATH="~/go"
```

becomes

```bash path=.bashrc
export GOPATH="$HOME/go"
```

## Example

```bash path=.zshrc
export GOCACHE='$HOME/.cache/go-build'
```

becomes

```bash path=.zshrc
export GOCACHE="$HOME/.cache/go-build"
```

## Example

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPATH": "~/go"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPATH": "${env:HOME}/go"}}]}
```

## Example

The Go extension expands `~` when it runs tests, and VS Code expands `${env:HOME}` when it debugs them: only the whole
path works for both.

```json path=.vscode/settings.json
{"go.testEnvVars": {"GOMODCACHE": "$HOME/mod"}}
```

```json host
{"home": "/home/me"}
```

becomes

```json path=.vscode/settings.json
{"go.testEnvVars": {"GOMODCACHE": "/home/me/mod"}}
```

## Example

The Go extension accepts only a folder that exists:

```json path=.vscode/settings.json
{"go.goroot": "C:\\\\Go", "go.useLanguageServer": true}
```

becomes

```json path=.vscode/settings.json
{"go.useLanguageServer": true}
```

## Example

```properties path=.config/go/env
GOMODCACHE=C:\\Users\\me\\go\\pkg\\mod
GOFLAGS=-mod=mod
```

becomes

```properties path=.config/go/env
GOFLAGS=-mod=mod
```

## Example

```properties path=.config/go/env
GOCACHE=off
```

## Example

A shell expands `~`, and make does not:

```makefile path=Makefile
export GOPATH := ~/go
```

becomes

```makefile path=Makefile
export GOPATH := $(HOME)/go
```

## Example

Docker expands only what the Dockerfile itself sets:

```dockerfile path=Dockerfile
FROM golang:1.25
ENV GOPATH=~/go CGO_ENABLED=0
```

## Example

Only `go install` looks at it:

```properties path=.config/go/env
GOBIN=~/bin
```

## Example

```bash path=.bashrc
export GOWORK=on
```

## Example

The first folder is the one for modules, and it is empty here:

```properties path=.config/go/env
GOPATH=:/home/me/go
```

becomes

```properties path=.config/go/env
GOPATH=/home/me/go
```

## Example

go looks for the file in each folder in which it runs:

```bash path=.bashrc
export GOENV=go.env
```

## No finding

The shell and the Go extension expand these:

```bash path=.bashrc
export GOPATH=~/go
export GOCACHE="$HOME/.cache/go-build"
export GOWORK=off GOBIN=$HOME/bin GOENV=off
```

## No finding

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOPATH": "~/go", "GOCACHE": "${workspaceFolder}/.cache"}}
```

## No finding

```json path=.vscode/settings.json
{"go.gopath": "~/go", "go.goroot": "${env:HOME}/sdk/go1.25.3", "go.testEnvVars": {"GOPATH": "~/go"}}
```

## No finding

```properties path=.config/go/env
GOPATH=/home/me/go:/srv/go
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope, Style, key_of
from wslgo.goenv.edit import home_edit, part_edit, part_span, path_after_home, removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import DOTENV
from wslgo.syntax.go.goproxy_typo import is_quoted
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# The go command's words (go1.27.3 and go1.26.8, run).
WORDS = {
    "GOBIN": "cannot install, GOBIN must be an absolute path",
    "GOCACHE": "GOCACHE is not an absolute path",
    "GOMODCACHE": 'GOMODCACHE entry is relative; must be absolute path: "{value}"',
    "GOPATH": 'GOPATH entry is relative; must be absolute path: "{value}"',
    "GOROOT": "cannot find GOROOT directory: {value}",
    "GOTMPDIR": "creating work dir: stat {value}: no such file or directory",
    "GOENV": "",  # not an error of go
    "GOWORK": "invalid GOWORK: not an absolute path",
}
# What is not a folder: `auto` is the default of GOWORK, which only its source names (modload.FindGoWork).
WORDS_OF_GO = {"GOENV": ("off",), "GOWORK": ("off", "auto")}
TILDE = "GOPATH entry cannot start with shell metacharacter '~': \"{value}\""
NO_CACHE = "build cache is disabled by GOCACHE=off, but required as of Go 1.12"

NOT_ABSOLUTE = Message(en="go rejects {name}={value}: {words}", zh="go 会报错，{name}={value} 无效：{words}")
WINDOWS = Message(
    en="'{value}' is a Windows path, so go rejects it on Linux: {words}",
    zh="'{value}' 是 Windows 路径，Linux 上的 go 会报错：{words}",
)
IGNORED = Message(
    en="'{value}' is not a Linux path, so the Go extension ignores go.goroot",
    zh="'{value}' 不是 Linux 路径，因此 Go 扩展会忽略 go.goroot",
)
NO_FIRST = Message(
    en="The first folder of GOPATH is empty, so go has no place for modules. Remove the ':'",
    zh="GOPATH 的第一个文件夹为空，go 没有存放模块的位置。请删除 ':'",
)
IN_EACH_FOLDER = Message(
    en="GOENV={value} is not absolute, so go looks for the file in each folder in which it runs",
    zh="GOENV={value} 不是绝对路径，go 会在每次运行的文件夹中查找该文件",
)
REMOVE_COLON = Message(en="Remove the ':'", zh="删除 ':'")
HOME = Message(en="Write the home folder so that go finds it", zh="改为 go 能识别的主文件夹写法")
USE_DEFAULT = Message(en="Remove {name} to use go's default", zh="删除 {name}，使用 go 的默认值")

_WINDOWS = pattern(r"(?:\A|[:;])(?:[A-Za-z]:[\\/]|\\\\)")


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=("home",))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    value = assignment.value
    if assignment.name not in WORDS or not value or is_quoted(value):
        return
    if value in WORDS_OF_GO.get(assignment.name, ()):
        return
    if assignment.scope is Scope.EDITOR_GOROOT:
        yield from _of_extension(assignment, value)
        return
    if assignment.name == "GOENV":
        yield from _of_file(assignment, value)
        return
    yield from _without_first_folder(assignment, value)
    if _WINDOWS.search(value):
        if assignment.is_elsewhere:  # a container of Windows, perhaps
            return
        yield _finding(assignment, Span(0, len(value)), WINDOWS, (), value.partition(":")[0])
        return
    for span in _entries(assignment.name, value):
        entry = value[span.start : span.end]
        if entry and not entry.startswith("/"):
            yield _finding(assignment, span, NOT_ABSOLUTE, tuple(_fixes(assignment, span, entry, scene)), entry)


def _of_file(assignment: Assignment, value: str) -> Iterator[Finding]:
    """Yield the finding about GOENV, which go reads relative to the current folder."""
    if not value.startswith("/"):
        yield Finding(assignment.value_span, IN_EACH_FOLDER(value=value), severity=Severity.WARNING)


def _without_first_folder(assignment: Assignment, value: str) -> Iterator[Finding]:
    """Yield the finding about a GOPATH that begins with a separator."""
    if value.startswith(":") and assignment.name == "GOPATH":
        edit = part_edit(assignment, Span(0, len(value) - len(value.lstrip(":"))), "")
        fixes = (Fix(REMOVE_COLON(), (edit,), Safety.SAFE),) if edit else ()
        yield Finding(part_span(assignment, Span(0, 1)), NO_FIRST(), fixes)


def _of_extension(assignment: Assignment, value: str) -> Iterator[Finding]:
    """Yield the finding about `go.goroot`, which the Go extension ignores unless the folder exists."""
    edit = removal_edit(assignment)
    if not value.startswith("/"):
        fixes = (Fix(REMOVE(name=key_of(assignment)), (edit,)),) if edit else ()
        yield Finding(assignment.value_span, IGNORED(value=value), fixes, severity=Severity.WARNING)


def _entries(name: str, value: str) -> Iterator[Span]:
    """Yield the span of each folder; only GOPATH is a list."""
    start = 0
    for entry in value.split(":") if name == "GOPATH" else (value,):
        yield Span(start, start + len(entry))
        start += len(entry) + 1


def _finding(assignment: Assignment, span: Span, message: Message, fixes: tuple[Fix, ...], entry: str) -> Finding:
    shown = (assignment.value or "")[span.start : span.end]
    text = message(**_arguments(assignment.name, shown, entry, message))
    edit = removal_edit(assignment)
    removal = (Fix(USE_DEFAULT(name=key_of(assignment)), (edit,)),) if edit and not fixes else ()
    return Finding(part_span(assignment, span), text, fixes + removal)


def _arguments(name: str, shown: str, entry: str, message: Message) -> dict[str, object]:
    words = WORDS[name]
    if name == "GOPATH" and entry.startswith("~"):
        words = TILDE
    if name == "GOCACHE" and entry == "off":
        words = NO_CACHE
    # Of GOPATH=C:\go the go command names only "C"; the other variables are not lists.
    value = entry if name == "GOPATH" else shown
    arguments: dict[str, object] = {"value": shown, "words": words.format(value=value)}
    return arguments if message is WINDOWS else {"name": name, **arguments}


def _fixes(assignment: Assignment, span: Span, entry: str, scene: Scene) -> Iterator[Fix]:
    """Yield the fix that writes the home folder as the syntax expands it."""
    rest = path_after_home(entry)
    edit = None if rest is None else _home(assignment, span, rest, scene)
    if edit is not None:
        yield Fix(HOME(), (edit,), Safety.SAFE)


def _home(assignment: Assignment, span: Span, rest: str, scene: Scene) -> Edit | None:
    if assignment.is_elsewhere:
        return None  # its home folder is another one
    is_all = span == Span(0, len(assignment.value or ""))
    if assignment.is_expanded and is_all:
        return home_edit(assignment, rest)
    if assignment.style is Style.JSON and assignment.is_literal and assignment.scope is not Scope.TESTS:
        return Edit(part_span(assignment, span), "${env:HOME}" + rest)
    if scene.file.family.name == DOTENV and assignment.is_literal:
        return Edit(part_span(assignment, span), "${HOME}" + rest)
    if assignment.style is Style.MAKE and assignment.is_literal:
        return Edit(part_span(assignment, span), "$(HOME)" + rest)
    return part_edit(assignment, span, scene.host.home + rest) if scene.host.home else None
