"""No Windows drive is mounted, although no setting switches the mounts off.

WSL mounts the drives when a distribution starts. If that failed, `.wslconfig` cannot be read from here and nothing
below `/mnt/c` is found; starting WSL again mounts them.

## Example

```json host
{"mounts": [{"target": "/", "kind": "ext4"}]}
```

## No finding

```json host
{}
```

## No finding

Switched off on purpose:

```json host
{"mounts": [{"target": "/", "kind": "ext4"}], "wslconf": {"text": "[automount]\\nenabled=false\\n"}}
```

## No finding

Not WSL:

```json host
{"wsl": {"generation": 0}, "mounts": [{"target": "/", "kind": "ext4"}]}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONF
from wslgo.text.message import Message
from wslgo.text.next_step import in_windows

MESSAGE = Message(
    en="No Windows drive is mounted: nothing below /mnt/c can be read from here",
    zh="没有挂载任何 Windows 驱动器：此处无法读取 /mnt/c 下的内容",
)


@machine_rule(Severity.WARNING, "wsl.drives", needs=("wsl.generation", "mounts", "wslconf"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if not host.wsl.generation or host.mounts is None or any(mount.windows for mount in host.mounts):
        return
    setting = scene.wsl_file(host, WSLCONF).find("automount", "enabled")
    if setting is None or setting.converted != "false":
        yield machine_finding(MESSAGE(), in_windows("wsl --shutdown"))
