"""The workspace is in memory, and is lost when WSL ends.

All distributions share `/mnt/wsl`, so it looks like a good place for what they have in common. But it is in the memory
of the virtual machine, as `/dev/shm` and many a `/tmp` are: `wsl --shutdown`, an update of WSL or a restart of Windows
empties it. Keep a workspace on the disk of a distribution.

## Example

```json host
{"mounts": [{"target": "/mnt/wsl", "kind": "tmpfs", "source": "none"}]}
```

```json workspace
{"folder": "/mnt/wsl/app"}
```

## No finding

```json host
{"mounts": [{"target": "/mnt/wsl", "kind": "tmpfs", "source": "none"}]}
```

```json workspace
{"folder": "/home/user/app"}
```

## No finding

A disk is mounted below:

```json host
{
 "mounts": [
  {"target": "/mnt/wsl", "kind": "tmpfs", "source": "none"},
  {"target": "/mnt/wsl/disk", "kind": "ext4", "source": "/dev/sdd1"}
 ]
}
```

```json workspace
{"folder": "/mnt/wsl/disk/app"}
```

## No finding

Short-lived by its name:

```json host
{"mounts": [{"target": "/tmp", "kind": "tmpfs", "source": "tmpfs"}]}
```

```json workspace
{"folder": "/tmp/app"}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{folder} is in memory (tmpfs at {target}): wsl --shutdown or a restart of Windows deletes it",
    zh="{folder} 位于内存中（{target} 处的 tmpfs）：wsl --shutdown 或重启 Windows 会将其删除",
)
IN_MEMORY = ("tmpfs", "ramfs")
SHORT_LIVED = ("/tmp", "/run", "/dev/shm")  # noqa: S108 - who works there wants it to be short-lived


@machine_rule(Severity.WARNING, "wsl.disk", needs=("mounts", "wsl.generation"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    folder = scene.workspace.folder if scene.workspace is not None else ""
    mount = host.mount_of(folder) if folder else None
    if not host.wsl.generation or mount is None or mount.kind not in IN_MEMORY:
        return
    if not any(f"{mount.target}/".startswith(f"{place}/") for place in SHORT_LIVED):
        yield machine_finding(MESSAGE(folder=folder, target=mount.target), command("wslgo move"))
