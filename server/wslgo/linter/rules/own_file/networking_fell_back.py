r"""WSL started with this networking mode, but uses another one.

WSL takes NAT if Windows or the kernel does not support `mirrored`, and no network at all if `bridged` fails. It says so
once, when it starts: `wsl: Mirrored networking mode is not supported: ...`. Missing Windows updates, a kernel before
5.10, and IPv6 that is disabled in the registry are usual reasons.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
```

```json host
{
 "wslconfig": {"at_start": "[wsl2]\nnetworkingMode=mirrored\n", "knows_start": true},
 "running": {"networking": "nat"}
}
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
kernel=C:\\kernels\\old
networkingMode=mirrored
```

```json host
{
 "wslconfig": {"at_start": "[wsl2]\nnetworkingMode=mirrored\n", "knows_start": true},
 "wsl": {"kernel": "5.4.72-microsoft-standard-WSL2"},
 "running": {"networking": "nat"}
}
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
```

```json host
{"wslconfig": {"at_start": "[wsl2]\nnetworkingMode=mirrored\n", "knows_start": true}}
```

## No finding

WSL has not started since the edit:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
networkingMode=mirrored
```

```json host
{"wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "at_start": "[wsl2]\n", "knows_start": true}}
```

## No finding

It is not known with what WSL started:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
networkingMode=mirrored
```

## No finding

Another rule says that this Windows is too old:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
networkingMode=mirrored
```

```json host
{
 "windows": {"build": 22000},
 "wslconfig": {
  "path": "/mnt/c/Users/user/.wslconfig", "at_start": "[wsl2]\nnetworkingMode=mirrored\n", "knows_start": true
 }
}
```
"""

import re
from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.machine.in_effect import MODES
from wslgo.machine.support import lack_of
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.effective import is_safe_mode, mode_name, networking_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows
from wslgo.text.source import Source

MESSAGE = Message(
    en="networkingMode={mode} is not supported here: WSL uses {runs} instead. It prints the reason when it starts",
    zh="此处不支持 networkingMode={mode}：WSL 改用 {runs}，并会在启动时显示原因",
)
OLD_KERNEL = Message(
    en="networkingMode=mirrored needs kernel 5.10 or newer, but {kernel} runs: WSL uses {runs} instead",
    zh="networkingMode=mirrored 需要 5.10 或更高版本的内核，而正在运行的是 {kernel}：WSL 改用 {runs}",
)
REMOVE_KERNEL = Message(
    en="remove kernel= from .wslconfig, then in Windows type: wsl --shutdown",
    zh="从 .wslconfig 删除 kernel=，然后在 Windows 中输入：wsl --shutdown",
)

MIRRORED, OLDEST_KERNEL = "Mirrored", (5, 10)  # WslCoreVm.cpp, ValidateNetworkingMode (2026-08)


@rule(
    Severity.WARNING,
    needs={WSLCONFIG: ("wslconfig", "running.networking", "windows.build", "wsl.version", "wsl.kernel")},
    dimension="network",
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    known, host = scene.snapshot, scene.host
    setting, runs = file.find("wsl2", "networkingMode"), MODES.get(host.running.networking or "")
    if known is None or not known.knows_start or setting is None or runs is None or is_safe_mode(file):
        return
    at_start = ini_file.parse(Source(known.at_start or ""), "wslconfig", KEYS["wslconfig"])
    started_with = None if is_safe_mode(at_start) else networking_mode(at_start)
    if started_with is not None and started_with == setting.converted != runs and lack_of(setting, host) is None:
        message, step = _words(file, started_with, mode_name(runs), host)
        yield Finding(setting.value_span, message, next=step)


def _words(file: IniFile, mode: str, runs: str, host: Host) -> tuple[Text, Text]:
    """Return the message and the next step."""
    kernel = re.match(r"([0-9]{1,3})\.([0-9]{1,3})\b", host.wsl.kernel or "")
    if mode == MIRRORED and kernel and (int(kernel[1]), int(kernel[2])) < OLDEST_KERNEL:
        step = REMOVE_KERNEL() if file.find("wsl2", "kernel") else in_windows("wsl --update")
        return OLD_KERNEL(kernel=kernel[0], runs=runs), step
    return MESSAGE(mode=mode_name(mode), runs=runs), in_windows("wsl --shutdown; wsl")
