"""git rejects the repository of this workspace, because it belongs to another user.

It happens to a clone made by root, by Windows through `\\\\wsl$`, or in a container. go asks git for the commit when
it builds a program: git says "detected dubious ownership", and go ends with `error obtaining VCS status: exit status
128`. The debugger works, because Delve builds with `-buildvcs=false`. Tell git that the repository is safe if you know
it, or make its files yours.

## Example

```json host
{}
```

```json workspace
{"rejected": ["/home/user/src/shop", 0]}
```

## No finding

```json host
{}
```

```json workspace
{"rejected": null}
```

## No finding

go does not ask git:

```json host
{"go_variables": [{"name": "GOFLAGS", "value": "-buildvcs=false", "origin": "environment"}]}
```

```json workspace
{"rejected": ["/home/user/src/shop", 0]}
```
"""

from collections.abc import Iterator
from shlex import quote

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.go import goflags
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="git rejects {path}, which belongs to user {owner}: go build ends with error obtaining VCS status",
    zh="{path} 属于用户 {owner}，git 拒绝访问：go build 会报 error obtaining VCS status",
)


@machine_rule(Severity.WARNING, "go.go", needs=("go", "go_variables"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    found = scene.workspace.rejected if scene.workspace is not None else None
    if found is None or host.go is None or goflags.is_off(host.go_values().get("GOFLAGS", ""), "buildvcs"):
        return
    owner = "root" if found.owner == 0 else str(found.owner)
    step = command(f"git config --global --add safe.directory {quote(found.path)}")
    yield machine_finding(MESSAGE(path=found.path, owner=owner), step)
