"""The kernel no longer knows how to start Windows programs, although no setting switches them off.

All distributions share the table of `binfmt_misc`. systemd clears it when it stops in any of them, if WSL is old or
`protectBinfmt=false` is set there, and so do programs that manage it (binfmt-support, Docker's binfmt images). Then
`code .`, `explorer.exe` and credential helpers fail with `Exec format error`. An entry in `binfmt.d` makes systemd
itself restore it at each start.

## Example

```json host
{"wsl": {"has_systemd": true, "has_interop": false, "interop_answers": null}}
```

becomes

```json host
{"wsl": {"has_systemd": true, "has_interop": true}}
```

## No finding

Windows programs are switched off on purpose:

```json host
{"wsl": {"has_interop": false, "interop_answers": null}, "wslconf": {"text": "[interop]\\nenabled=false\\n"}}
```

## No finding

Not WSL:

```json host
{"wsl": {"generation": 0, "has_interop": false}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONF
from wslgo.text.message import Message
from wslgo.text.next_step import command, in_windows

MESSAGE = Message(
    en="The kernel has lost WSLInterop: Windows programs such as code and explorer.exe fail with Exec format error",
    zh="内核中的 WSLInterop 已丢失：code、explorer.exe 等 Windows 程序会报 Exec format error",
)

# The entry that WSL makes in WSL 2 (microsoft/WSL, src/linux/init/binfmt.h, 2026-08).
ENTRY = ":WSLInterop:M::MZ::/init:PF"
RESTORE = f"echo {ENTRY} | sudo tee /etc/binfmt.d/WSLInterop.conf && sudo systemctl restart systemd-binfmt"


@machine_rule(
    Severity.WARNING, "wsl.interop", needs=("wsl.generation", "wsl.has_interop", "wsl.has_systemd", "wslconf")
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if not host.wsl.generation or host.wsl.has_interop is not False:
        return
    setting = scene.wsl_file(host, WSLCONF).find("interop", "enabled")
    if setting is None or setting.converted != "false":
        yield machine_finding(MESSAGE(), command(RESTORE) if host.wsl.has_systemd else in_windows("wsl --shutdown"))
