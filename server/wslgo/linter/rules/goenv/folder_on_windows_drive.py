"""A folder that the go command uses all the time is on a Windows drive.

Every build looks at thousands of files in GOROOT, the caches and GOPATH. On a Windows drive each look is a round trip
to Windows of about a millisecond, so a build that changes nothing takes eight seconds instead of a fifth of one. Remove
the variable: go's default folders are on the Linux disk.

On WSL the machine's mounts tell which paths are Windows drives, and never a name. Anywhere else, WSL's defaults decide
about files that can reach a WSL: those of a repository, and those that are named on the command line. By default
`/mnt/c` is drive C:.

## Example

```bash path=.bashrc
export GOCACHE="/mnt/c/go-cache"
export GOPROXY=https://goproxy.cn,direct
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/c", "kind": "9p", "windows": "C:\\\\"}]}
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

One entry of a list, on a machine that mounts its drives elsewhere:

```json path=.vscode/settings.json
{"go.toolsEnvVars": {"GOPATH": "/home/me/go:/d/go-workspace"}}
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/d", "kind": "9p", "windows": "D:\\\\"}]}
```

## Example

The rest of the path does not matter:

```bash path=.bashrc
export GOMODCACHE=/mnt/c/Users/$USER/go/pkg/mod
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/c", "kind": "9p", "windows": "C:\\\\"}]}
```

becomes

```bash path=.bashrc
```

## Example

The machine is not known, or it is not WSL, and the file is in a repository:

```json path=/home/user/shop/.vscode/settings.json host=not-wsl
{"go.toolsEnvVars": {"GOCACHE": "/mnt/d/go-cache"}}
```

becomes

```json path=/home/user/shop/.vscode/settings.json
{"go.toolsEnvVars": {}}
```

## Example

Other lines use the variable, so wslgo does not offer to remove it:

```bash path=.zshrc
export GOROOT=/mnt/c/go
export PATH=$GOROOT/bin:$PATH
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/c", "kind": "9p", "windows": "C:\\\\"}]}
```

## No finding

No program sees a shell variable that is not exported:

```bash path=.bashrc
GOCACHE=/mnt/c/go-cache
```

## No finding

The own file of a machine that is not WSL:

```bash path=/home/user/.bashrc host=not-wsl
export GOCACHE=/mnt/c/go-cache
```

## No finding

WSL gives each drive one small letter:

```bash path=.bashrc
export GOCACHE=/mnt/cache/go-build
export GOMODCACHE=/mnt/C/go-mod
export GOTMPDIR=/mnt
```

## No finding

This machine mounts its drives elsewhere:

```bash path=.bashrc host=moved-automount-root
export GOCACHE=/mnt/c/go-cache
```

## No finding

A container has no Windows drives:

```dockerfile path=Dockerfile
FROM golang:1.25
ENV GOCACHE=/mnt/c/go-cache
```

## No finding

A Linux disk is mounted there:

```bash path=.bashrc
export GOCACHE=/mnt/data/go-cache
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/data", "kind": "ext4"}]}
```

## No finding

```bash path=.bashrc
export GOBIN=/mnt/c/tools
export GOPATH=$HOME/go
```

```json host
{"mounts": [{"target": "/", "kind": "ext4"}, {"target": "/mnt/c", "kind": "9p", "windows": "C:\\\\"}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import FOLDERS, Assignment, key_of
from wslgo.goenv.edit import home_edit, part_span, removal_edit
from wslgo.goenv.readers import is_own
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.machine.drives import Drive, drive_of
from wslgo.text.message import Message, Text
from wslgo.text.span import Span

READ = Message(
    en="{name} is on a Windows drive ({drive}): every build makes thousands of slow round trips to Windows",
    zh="{name} 位于 Windows 驱动器（{drive}）：每次构建都要与 Windows 进行数千次缓慢的往返",
)
GO = Message(
    en="GOROOT is on a Windows drive ({drive}): a Go for Windows has no compiler for Linux, and any Go is slow there",
    zh="GOROOT 位于 Windows 驱动器（{drive}）：Windows 版的 Go 没有 Linux 的编译器，任何 Go 在那里都很慢",
)
GO_BY_DEFAULT = Message(
    en="GOROOT is on Windows: on WSL2 {folder} is drive {drive}. A Go from there has no compiler for Linux, or is slow",
    zh="GOROOT 位于 Windows：在 WSL2 上 {folder} 是驱动器 {drive}。那里的 Go 没有 Linux 的编译器，或者很慢",
)
WRITTEN = Message(
    en="{name} is on a Windows drive ({drive}): go links and starts every test and program there, which is slow",
    zh="{name} 位于 Windows 驱动器（{drive}）：go 会在那里链接并启动每个测试和程序，速度很慢",
)
READ_BY_DEFAULT = Message(
    en="{name} makes every build slow: on WSL2 {folder} is drive {drive}, a slow round trip to Windows for each file",
    zh="{name} 会拖慢每次构建：在 WSL2 上 {folder} 是驱动器 {drive}，每次访问其中的文件都要与 Windows 往返一次",
)
WRITTEN_BY_DEFAULT = Message(
    en="{name} makes tests start slowly: on WSL2 {folder} is drive {drive}, and go links and starts every test there",
    zh="{name} 会拖慢测试的启动：在 WSL2 上 {folder} 是驱动器 {drive}，go 会在那里链接并启动每个测试",
)
USE_DEFAULT = Message(
    en="Remove {name} to use the default on the Linux disk", zh="删除 {name}，使用 Linux 磁盘上的默认位置"
)
USE_OWN = Message(en="Remove {name}: go finds the folder that it is in", zh="删除 {name}：go 会使用自身所在的文件夹")


@assignment_rule(
    Severity.WARNING, fixable=Safety.UNSAFE, needs=("mounts", "wsl.generation", "home", "goenv_path"), dimension="speed"
)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    # WSL 1 has no virtual machine between Linux and the drive.
    if assignment.name not in FOLDERS or scene.host.wsl.generation == 1 or assignment.is_elsewhere:
        return
    # A value without a file is in the environment of this machine.
    is_of_machine = not assignment.path or is_own(scene.file, scene.host)
    for span, path in _folders(assignment):
        drive = drive_of(path, scene.host, is_own=is_of_machine)
        if drive is not None:
            shown = part_span(assignment, span) if assignment.value is not None else assignment.value_span
            yield Finding(shown, _message(assignment.name, drive), tuple(_fixes(assignment)))


def _message(name: str, drive: Drive) -> Text:
    if name == "GOROOT":
        return GO_BY_DEFAULT(folder=drive.target, drive=drive.windows) if drive.is_default else GO(drive=drive.windows)
    is_written = name == "GOTMPDIR"
    if drive.is_default:
        message = WRITTEN_BY_DEFAULT if is_written else READ_BY_DEFAULT
        return message(name=name, folder=drive.target, drive=drive.windows)
    return (WRITTEN if is_written else READ)(name=name, drive=drive.windows)


def _folders(assignment: Assignment) -> Iterator[tuple[Span, str]]:
    """Yield each folder with its span in the value; of one that only a shell knows, the part up to the last slash."""
    known = assignment.head
    start = 0
    entries = known.split(":") if assignment.name == "GOPATH" else [known]
    for entry in entries:
        span = Span(start, start + len(entry))
        start = span.end + 1
        is_cut = assignment.value is None and span.end == len(known)
        yield span, entry.rpartition("/")[0] if is_cut else entry


def _fixes(assignment: Assignment) -> Iterator[Fix]:
    home = home_edit(assignment, "/go") if assignment.name == "GOPATH" else None
    if home is not None:
        yield Fix(CHANGE_TO(value="$HOME/go"), (home,))
    edit = removal_edit(assignment)
    if edit is not None:
        # The default of GOROOT is where go itself is.
        title = USE_OWN if assignment.name == "GOROOT" else USE_DEFAULT
        yield Fix(title(name=key_of(assignment)), (edit,))
