"""The workspace is on a Windows drive, or in another distribution that is reached through Windows.

git, gopls and `go list` open each file through Windows, which is slow. Changes that Windows programs make there send no
event to Linux, so watchers miss them. Move the workspace to the disk of the distribution (`wslgo move`): Windows
reaches it there as `\\\\wsl.localhost\\NAME`. A workspace of another distribution belongs in a window of that one.

## Example

```json host
{}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

## No finding

```json host
{}
```

```json workspace
{"folder": "/home/user/app"}
```

## Example

```json host
{"mounts": [{"target": "/mnt/other", "kind": "9p", "windows": "\\\\\\\\wsl$\\\\Debian"}]}
```

```json workspace
{"folder": "/mnt/other/home/me/app"}
```

## No finding

WSL 1 has no virtual machine in between:

```json host
{"wsl": {"generation": 1}}
```

```json workspace
{"folder": "/mnt/c/src/app"}
```

## No finding

A disk of Linux that `wsl --mount` attached:

```json host
{"mounts": [{"target": "/mnt/wsl/disk", "kind": "ext4", "source": "/dev/sdd1"}]}
```

```json workspace
{"folder": "/mnt/wsl/disk/app"}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.drives import distribution_of
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command, in_windows

ON_DRIVE = Message(
    en="{folder} is on Windows drive {drive}: git and gopls are slow, and watchers miss changes made in Windows",
    zh="{folder} 位于 Windows 驱动器 {drive}：git 和 gopls 很慢，监视程序会错过在 Windows 中所做的更改",
)
ELSEWHERE = Message(
    en="{folder} is in {name}, another distribution, and is reached through Windows: go, git and gopls are slow",
    zh="{folder} 位于另一个发行版 {name}，要经过 Windows 访问：go、git 和 gopls 都很慢",
)
ON_SHARE = Message(
    en="{folder} is on {share}, which is reached through Windows: go, git and gopls are slow",
    zh="{folder} 位于 {share}，要经过 Windows 访问：go、git 和 gopls 都很慢",
)
MOVE = "wslgo move"


@machine_rule(Severity.INFORMATION, "wsl.drives", needs=("mounts", "wsl.generation"), dimension="speed")
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    folder = scene.workspace.folder if scene.workspace is not None else ""
    mount = host.mount_of(folder) if folder else None
    if host.wsl.generation in (0, 1) or mount is None or not mount.windows:
        return
    other = distribution_of(mount.windows)
    if other:
        yield machine_finding(ELSEWHERE(folder=folder, name=other), in_windows(f'wsl --distribution "{other}"'))
    elif mount.windows.startswith("\\\\"):
        yield machine_finding(ON_SHARE(folder=folder, share=mount.windows), command(MOVE))
    else:
        yield machine_finding(ON_DRIVE(folder=folder, drive=mount.windows[:2]), command(MOVE))
