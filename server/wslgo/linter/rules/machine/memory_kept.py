r"""WSL keeps gigabytes of memory for files that were read once, and this version never returns them to Windows.

Linux keeps the content of every file that it has read: after a build of Go, gigabytes. Before version 2.1, WSL did not
give them back by itself, so the process `vmmem` in Windows only grows.

## Example

```json host host=ubuntu-24.04-nat
{"wsl": {"version": "2.0.9.0"}, "running": {"page_cache": 9663676416}}
```

becomes

```json host host=ubuntu-24.04-nat
{"wsl": {"version": "2.6.1.0"}, "running": {"page_cache": 9663676416}}
```

## No finding

The cache is small:

```json host host=ubuntu-24.04-nat
{"wsl": {"version": "2.0.9.0"}, "running": {"page_cache": 863449088}}
```

## No finding

A limit in `.wslconfig` bounds it:

```json host host=ubuntu-24.04-nat
{
 "wsl": {"version": "1.2.5.0"},
 "running": {"page_cache": 9663676416},
 "wslconfig": {"text": "[wsl2]\nmemory=12GB\n"}
}
```

## No finding

The version is not known:

```json host host=ubuntu-24.04-nat
{"wsl": {"version": null}, "running": {"page_cache": 9663676416}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.knowledge.version import wsl_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.effective import holder
from wslgo.text.message import Message
from wslgo.text.next_step import in_windows

MESSAGE = Message(
    en="{cache} GB hold the content of files, and WSL {version} never returns them to Windows: vmmem only grows",
    zh="有 {cache} GB 内存存放文件内容，而 WSL {version} 不会把它还给 Windows：vmmem 只会变大",
)

LARGE = 4 * GIB
RECLAIMS = (2, 1)  # autoMemoryReclaim exists since 2.0.0, and is on since 2.1


@machine_rule(
    Severity.INFORMATION, "wsl.memory", needs=("running.page_cache", "wsl.version", "wslconfig"), dimension="speed"
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    cache, version = host.running.page_cache, wsl_version(host.wsl.version or "")
    if cache is None or cache < LARGE or version is None or version >= RECLAIMS or host.wslconfig is None:
        return
    file = scene.wsl_file(host, WSLCONFIG)
    if holder(file, "wsl2", "memory") is None and holder(file, "experimental", "autoMemoryReclaim") is None:
        yield machine_finding(MESSAGE(cache=round(cache / GIB), version=host.wsl.version), in_windows("wsl --update"))
