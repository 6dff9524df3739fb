"""Windows programs do not start in this distribution.

The kernel knows how to start them, but the one that wslgo tried failed. Usually `WSL_INTEROP` of this terminal
belongs to a session that has ended. Until then nothing is known about Windows, and `code .` and credential helpers
fail, too.

## Example

```json host
{"wsl": {"has_interop": true, "interop_answers": false}}
```

becomes

```json host
{"wsl": {"has_interop": true, "interop_answers": true}}
```

## No finding

Not tried:

```json host
{"wsl": {"has_interop": true, "interop_answers": null}}
```

## No finding

Windows programs are switched off:

```json host
{"wsl": {"has_interop": false, "interop_answers": null}, "wslconf": {"text": "[interop]\\nenabled=false\\n"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(en="Windows programs do not start here", zh="此处无法启动 Windows 程序")
REOPEN = Message(
    en="open a new terminal (WSL_INTEROP may be stale here); if that does not help, in Windows type: wsl --shutdown",
    zh="打开新的终端（当前终端的 WSL_INTEROP 可能已失效）；若无效，在 Windows 中输入：wsl --shutdown",
)


@machine_rule(Severity.WARNING, "wsl.interop", needs=("wsl.has_interop", "wsl.interop_answers"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.wsl.has_interop is not False and host.wsl.interop_answers is False:
        yield machine_finding(MESSAGE(), REOPEN())
