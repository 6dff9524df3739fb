"""WSLg does not run, although no setting switches it off.

GUI programs, such as a plot window or a browser for tests, cannot open a window. WSL that is part of Windows 10 has no
WSLg; the WSL of the Microsoft Store, which `wsl --update` installs, has it.

## Example

```json host
{"wslg": {"folder": null, "has_socket": false}}
```

becomes

```json host
{"wslg": {"folder": "/mnt/wslg", "has_socket": true}}
```

## No finding

Switched off on purpose:

```json host
{"wslg": {"folder": null, "has_socket": false}, "wslconfig": {"text": "[wsl2]\\nguiApplications=false\\n"}}
```

## No finding

This Windows has no WSLg:

```json host
{"wslg": {"folder": null, "has_socket": false}, "windows": {"build": 19043}}
```

## No finding

Nothing is known about Windows:

```json host
{"wslg": {"folder": null, "has_socket": false}, "windows": {"build": null}, "wslconfig": null}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import GUI, switched_off
from wslgo.text.message import Message
from wslgo.text.next_step import in_windows

MESSAGE = Message(en="WSLg is not running: GUI programs cannot open windows", zh="WSLg 未运行：图形程序无法打开窗口")

FIRST_BUILD = 19044  # Windows 10 21H2


@machine_rule(
    Severity.INFORMATION,
    "wslg.server",
    needs=("wsl.generation", "wslg.folder", "wslg.has_socket", "windows.build", "wslconfig", "wslconf"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    build = host.windows.build
    if host.wsl.generation != 2 or build is None or build < FIRST_BUILD or host.wslconfig is None:
        return
    if host.wslg.folder or host.wslg.has_socket is None or switched_off(host, GUI):
        return
    yield machine_finding(MESSAGE(), in_windows("wsl --update"))
