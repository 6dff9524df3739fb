"""A folder that the go command reads all the time lies on a drive of Windows.

Every build looks at thousands of files in GOROOT, the caches and GOPATH. On a Windows drive each look is a round trip
to Windows: at one millisecond each, a build that changes nothing takes eight seconds instead of a fifth of one. The
default folders lie on the Linux disk.

Which paths are drives of Windows is read from the mounts of the machine, never guessed from the name.

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

## No finding

The machine is not known:

```bash path=.bashrc
export GOCACHE=/mnt/c/go-cache
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

from wslgo.goenv.assignment import FOLDERS, Assignment
from wslgo.goenv.edit import home_edit, part_span, removal_edit
from wslgo.goenv.readers import is_read_on
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.span import Span

READ = Message(
    en="{name} lies on the Windows drive {drive}: every build looks at thousands of files there, "
    "each a round trip to Windows",
    zh="{name} 位于 Windows 盘 {drive}：每次构建都要在那里查看数千个文件，每次都要与 Windows 往返一次",
)
WRITTEN = Message(
    en="{name} lies on the Windows drive {drive}: go links and starts every test and program there",
    zh="{name} 位于 Windows 盘 {drive}：go 会在那里链接并启动每个测试和程序",
)
REMOVE = Message(en="Remove {name}: the default lies on the Linux disk", zh="删除 {name}：默认位置在 Linux 磁盘上")
AT_HOME = Message(en="Use {path}", zh="改用 {path}")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("mounts", "wsl.generation", "home", "goenv_path"))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    # WSL 1 has no virtual machine between Linux and the drive.
    if assignment.name not in FOLDERS or scene.host.mounts is None or scene.host.wsl.generation == 1:
        return
    if not is_read_on(scene.file, scene.host):
        return
    for span, path in _folders(assignment):
        drive = _drive(path, scene.host)
        if drive is not None:
            message = WRITTEN if assignment.name == "GOTMPDIR" else READ
            shown = part_span(assignment, span) if assignment.value is not None else assignment.value_span
            yield Finding(shown, message(name=assignment.name, drive=drive), tuple(_fixes(assignment)))


def _folders(assignment: Assignment) -> Iterator[tuple[Span, str]]:
    """Each folder and where it stands in the value; of one that only a shell knows, the part up to the last slash."""
    known = assignment.head
    start = 0
    entries = known.split(":") if assignment.name == "GOPATH" else [known]
    for entry in entries:
        span = Span(start, start + len(entry))
        start = span.end + 1
        is_cut = assignment.value is None and span.end == len(known)
        yield span, entry.rpartition("/")[0] if is_cut else entry


def _drive(path: str, host: Host) -> str | None:
    mount = host.mount_of(path) if path.startswith("/") else None
    return None if mount is None else mount.windows


def _fixes(assignment: Assignment) -> Iterator[Fix]:
    home = home_edit(assignment, "/go") if assignment.name == "GOPATH" else None
    if home is not None:
        yield Fix(AT_HOME(path="$HOME/go"), (home,))
    edit = removal_edit(assignment)
    if edit is not None:
        yield Fix(REMOVE(name=assignment.name), (edit,))
