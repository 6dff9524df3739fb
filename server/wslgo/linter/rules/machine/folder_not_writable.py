"""You cannot write a folder that go writes, such as the module cache.

It happens after `sudo go`, or in a container whose image made `/go` as root: go then ends with `could not create module
cache: mkdir ...: permission denied`, or compiles everything each time. Make the folder yours. The folders of single
modules are read-only on purpose, and are not meant here.

## Example

```json host
{"locked_folders": [{"variable": "GOMODCACHE", "path": "/home/user/go/pkg/mod/cache", "owner": 0}]}
```

becomes

```json host
{"locked_folders": []}
```

## Example

```json host
{"locked_folders": [{"variable": "GOCACHE", "path": "/home/user/.cache/go-build", "owner": 1001}]}
```

## No finding

A module cache that nothing is downloaded into:

```json host
{
 "locked_folders": [{"variable": "GOMODCACHE", "path": "/opt/modules/cache", "owner": 0}],
 "go_variables": [{"name": "GOPROXY", "value": "off", "origin": "environment"}]
}
```

## No finding

Not known:

```json host
{"locked_folders": null}
```
"""

from collections.abc import Iterator
from shlex import quote

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host, LockedFolder
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

OF_ROOT = Message(
    en="{path} belongs to root, so go cannot write there ({name}): permission denied",
    zh="{path} 属于 root，go 无法写入（{name}）：permission denied",
)
OF_ANOTHER = Message(
    en="{path} cannot be written by you ({name}): go fails with permission denied",
    zh="您没有 {path} 的写入权限（{name}）：go 会报 permission denied",
)
CHOOSE = Message(
    en="type: go env -w {name}=FOLDER (a folder of yours), or make {path} writable",
    zh="输入：go env -w {name}=文件夹（您自己的文件夹），或使 {path} 可写",
)

# Folders with what go wrote, and nothing else.
OF_GO = ("GOMODCACHE", "GOCACHE")


@machine_rule(Severity.WARNING, "go.gomodcache", "go.gocache", needs=("locked_folders", "go_variables", "home"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for folder in host.locked_folders or ():
        if folder.variable == "GOMODCACHE" and _downloads_nothing(host):
            continue
        message = (OF_ROOT if folder.owner == 0 else OF_ANOTHER)(path=folder.path, name=folder.variable)
        severity = Severity.INFORMATION if folder.variable == "GOPATH" else Severity.WARNING  # go install alone fails
        about = f"go.{folder.variable.lower()}"
        yield machine_finding(message, _next_step(host, folder), severity=severity, about=about)


def _downloads_nothing(host: Host) -> bool:
    proxy = host.go_values().get("GOPROXY", "")
    return proxy == "off" or proxy.startswith("file:")


def _next_step(host: Host, folder: LockedFolder) -> Text:
    """Return the command that makes the folder yours, if it is root's and holds nothing but what go wrote."""
    value = host.go_values().get(folder.variable, "").partition(":")[0].rstrip("/")
    place = f"{value}/bin" if folder.variable == "GOPATH" else value
    is_ours = bool(host.home) and f"{place}/".startswith(f"{host.home}/")
    if not value or folder.owner != 0 or (folder.variable not in OF_GO and not is_ours):
        return CHOOSE(name=folder.variable, path=folder.path)
    own = f'sudo chown -R "$(id -un):" {quote(place)}'
    is_there = f"{folder.path}/".startswith(f"{place}/")
    return command(own if is_there else f"sudo mkdir -p {quote(place)} && {own}")
