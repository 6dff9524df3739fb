"""The Go of the distribution comes first in PATH, although a newer one is installed.

Distributions keep the Go of their release for years. Someone has installed another one, and terminals still run the old
one: language features are missing, and each newer `go` line makes it download a toolchain.

## Example

```json host
{
 "go": {"path": "/usr/bin/go", "version": "1.22.2"},
 "other_go": {"path": "/usr/local/go/bin/go", "version": "1.27.3"},
 "search_path": ["/usr/bin", "/usr/local/go/bin"]
}
```

becomes

```json host
{"go": {"version": "1.27.3"}, "other_go": {"path": "/usr/bin/go", "version": "1.22.2"}}
```

## No finding

The Go in use was chosen, as by a version manager:

```json host
{
 "go": {"path": "/home/user/sdk/go1.25.3/bin/go", "version": "1.25.3"},
 "other_go": {"path": "/usr/local/go/bin/go", "version": "1.27.3"},
 "search_path": ["/home/user/sdk/go1.25.3/bin", "/usr/bin"]
}
```

## No finding

Only the patch is newer:

```json host
{
 "go": {"path": "/usr/bin/go", "version": "1.27.1"},
 "other_go": {"path": "/usr/local/go/bin/go", "version": "1.27.3"},
 "delve": {"built_by": "1.27.1"},
 "gopls": {"built_by": "1.27.1"},
 "search_path": ["/usr/bin", "/usr/local/go/bin"]
}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_releases import switches_toolchains
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.newer_go import PUT_FIRST, newer_go
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="{path} is Go {version} and comes before {other}, which is Go {newer}",
    zh="{path} 是 Go {version}，在 PATH 中先于 {other}（Go {newer}）",
)


@machine_rule(Severity.INFORMATION, "go.go", needs=("go", "other_go", "mounts"), dimension="reproducibility")
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    go, other = host.go, newer_go(host)
    version = go_version(go.version or "") if go is not None else None
    # machine/go-too-old has the others.
    if go is None or other is None or version is None or not switches_toolchains(version):
        return
    message = MESSAGE(path=go.path, version=go.version, other=other.path, newer=other.version)
    yield machine_finding(message, PUT_FIRST(folder=other.path.rpartition("/")[0]))
