"""The disk of the distribution, or the Windows drive that holds it, is nearly full.

A build of Go writes gigabytes: the caches, temporary files and modules. WSL keeps the whole distribution in a file on a
Windows drive, usually C:, and that file has to grow: if it cannot, Linux sees errors of the disk although it has space,
and makes it read-only.

## Example

```json host
{"disks": [{"path": "/", "size": 1081258016768, "free": 524288000}]}
```

becomes

```json host
{"disks": [{"path": "/", "size": 1081258016768, "free": 52428800000}]}
```

## Example

```json host
{
 "disks": [
  {"path": "/", "size": 1081258016768, "free": 1000727379968},
  {"path": "/mnt/c", "size": 510027366400, "free": 734003200, "windows": "C:"}
 ]
}
```

## No finding

```json host
{"disks": [{"path": "/", "size": 1081258016768, "free": 5368709120}]}
```

## No finding

The space is not known:

```json host
{"disks": null}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

LINUX = Message(
    en="Only {free} GB of the Linux disk are free: builds and downloads fail with 'no space left on device'",
    zh="Linux 磁盘只剩 {free} GB：构建和下载会报 no space left on device",
)
WINDOWS = Message(
    en="Drive {drive} has only {free} GB left. WSL usually keeps the distribution there, and then writing soon fails",
    zh="驱动器 {drive} 只剩 {free} GB。WSL 通常把发行版存放在那里，写入很快会失败",
)
MAKE_SPACE = Message(en="make space on drive {drive} in Windows", zh="在 Windows 中为驱动器 {drive} 腾出空间")

LEAST = 2 * GIB  # a build of a large module with empty caches writes as much


@machine_rule(Severity.WARNING, "wsl.disk", needs=("disks",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for disk in host.disks or ():
        free = f"{disk.free / GIB:.1f}"
        if disk.free >= LEAST:
            continue
        if disk.windows is None:
            yield machine_finding(LINUX(free=free), command("go clean -cache"))
        else:
            yield machine_finding(WINDOWS(free=free, drive=disk.windows), MAKE_SPACE(drive=disk.windows))
