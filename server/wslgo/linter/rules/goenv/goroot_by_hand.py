"""GOROOT is set by hand.

The go command finds its own folder. With GOROOT the compiler and the standard library of that folder are used,
whichever `go` is first in PATH: after an upgrade, or with a second Go, builds fail with "compile: version does not
match go tool version". While the folder does not exist, every go command fails, also `go env -u GOROOT`: remove the
line.

## Example

```bash path=.bashrc
export GOROOT=/usr/local/go
export GOPATH=$HOME/go
```

becomes

```bash path=.bashrc
export GOPATH=$HOME/go
```

## Example

Other lines use it, so it stays a variable of the shell:

```bash path=.bashrc
export GOROOT=/usr/local/go
export PATH=$PATH:$GOROOT/bin
```

becomes

```bash path=.bashrc
GOROOT=/usr/local/go
export PATH=$PATH:$GOROOT/bin
```

## Example

The `go` of this machine is in another folder:

```bash path=/home/me/.bashrc
export GOROOT=/usr/local/go
```

```json host
{"home": "/home/me", "go": {"path": "/home/me/sdk/go1.25.3/bin/go"}}
```

becomes

```bash path=/home/me/.bashrc
```

## No finding

```bash path=.bashrc
GOROOT=/usr/local/go
export PATH=$PATH:$GOROOT/bin
```

## No finding

It follows the Go in use:

```bash path=.bashrc
export GOROOT=$(go env GOROOT)
export GOROOT="$(brew --prefix golang)/libexec"
export GOROOT="${GOROOT%%/bin*}"
```

## No finding

```dockerfile path=Dockerfile
FROM debian
ENV GOROOT=/usr/local/go
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import removal_edit
from wslgo.goenv.readers import is_own
from wslgo.linter.another_go import is_another_go
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.machine.drives import drive_of
from wslgo.syntax.family import ENVIRONMENT, FISH, GOENV, SHELL
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

FAMILIES = (SHELL, FISH, ENVIRONMENT, GOENV)
_HOME = pattern(r"[\"']?(?:~/|\$HOME/|\$\{HOME\}/)")
_EXPORT = pattern(r"export[ \t]+")

HINT = Message(
    en="go knows its own folder. A GOROOT set by hand breaks builds after an upgrade or with a second Go",
    zh="go 知道自身所在的文件夹。手动设置的 GOROOT 会在升级后或有第二个 Go 时破坏构建",
)
OTHER = Message(
    en="The go in PATH is {path}, but GOROOT makes it use the compiler of {value}: builds can fail",
    zh="PATH 中的 go 是 {path}，但 GOROOT 使它使用 {value} 的编译器：构建可能失败",
)
KEEP = Message(en="Do not export GOROOT", zh="不导出 GOROOT")


@assignment_rule(
    Severity.HINT, fixable=Safety.UNSAFE, needs=("go", "home", "goenv_path", "mounts"), dimension="reproducibility"
)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOROOT" or scene.file.family.name not in FAMILIES or not assignment.path:
        return
    text = scene.file.source.text[assignment.word_span.start : assignment.word_span.end]
    is_on_drive = drive_of(assignment.head, scene.host, is_own=is_own(scene.file, scene.host)) is not None
    # What a program prints can follow the Go in use; a relative folder, which go rejects, is for another rule.
    is_fixed = _HOME.match(text) if assignment.value is None else assignment.value.startswith("/")
    if not is_fixed or "$(" in text or "`" in text or is_on_drive:
        return
    path = _other_go(assignment, scene)
    message = HINT() if path is None else OTHER(path=path, value=assignment.value)
    yield Finding(
        Span(assignment.name_span.start, assignment.word_span.end),
        message,
        tuple(_fixes(assignment, scene)),
        severity=None if path is None else Severity.WARNING,
    )


def _other_go(assignment: Assignment, scene: Scene) -> str | None:
    """Return the go command that terminals of this machine find, if it is in another Go."""
    go = scene.host.go
    is_known = go is not None and assignment.value is not None and is_own(scene.file, scene.host)
    return go.path if is_known and go and is_another_go(scene.host, assignment.value or "") else None


def _fixes(assignment: Assignment, scene: Scene) -> Iterator[Fix]:
    edit = removal_edit(assignment)
    if edit is not None:
        yield Fix(REMOVE(name="GOROOT"), (edit,))
        return
    text, start = scene.file.source.text, assignment.name_span.start
    line = text.rfind("\n", 0, start) + 1
    export = _EXPORT.fullmatch(text, line, start)
    if export is not None and scene.file.family.name == SHELL:
        yield Fix(KEEP(), (Edit(Span(*export.span()), ""),))
