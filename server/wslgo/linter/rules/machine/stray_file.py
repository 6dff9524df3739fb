r"""A configuration file of WSL has a name or a place at which WSL never reads it.

WSL reads `.wslconfig` in the home folder of Windows, and `/etc/wsl.conf`. Explorer and Notepad make `.wslconfig.txt` of
the former, and a `.wslconfig` in the home folder of Linux has no effect. Without the right file, none of its settings
counts.

## Example

```json host host=ubuntu-24.04-nat
{"stray_files": ["/mnt/c/Users/user/.wslconfig.txt"]}
```

becomes

```json host host=ubuntu-24.04-nat
{"stray_files": []}
```

## Example

```json host host=ubuntu-24.04-nat
{"stray_files": ["/home/user/.wslconfig"]}
```

## No finding

Not known:

```json host
{"stray_files": null}
```
"""

from collections.abc import Iterator
from shlex import quote

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host, Snapshot
from wslgo.syntax.family import WSLCONFIG, family_of
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="WSL does not read {path}, so its settings have no effect",
    zh="WSL 不会读取 {path}，其中的设置不起作用",
)
MERGE = Message(en="move its settings to {place}, then remove it", zh="将其中的设置移到 {place}，然后删除该文件")

SYSTEM = "/etc/"


@machine_rule(
    Severity.WARNING, "wsl.wslconfig", "wsl.wslconf", needs=("stray_files", "wslconfig", "wslconf", "wsl.generation")
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for path in host.stray_files or ():
        family = family_of(path)
        is_of_windows = family is not None and family.name == WSLCONFIG
        read = host.wslconfig if is_of_windows else host.wslconf
        if read is not None:
            about = "wsl.wslconfig" if is_of_windows else "wsl.wslconf"
            yield _finding(path, read, about)


def _finding(path: str, read: Snapshot, about: str) -> Finding:
    """Return the finding; nothing is lost where the file that WSL reads is there."""
    if read.text is not None:
        return machine_finding(MESSAGE(path=path), MERGE(place=read.path), severity=Severity.INFORMATION, about=about)
    move = f"mv -n {quote(path)} {quote(read.path)}"
    is_of_root = path.startswith(SYSTEM) or read.path.startswith(SYSTEM)
    return machine_finding(MESSAGE(path=path), command(f"sudo {move}" if is_of_root else move), about=about)
