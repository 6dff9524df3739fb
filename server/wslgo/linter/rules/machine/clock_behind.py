"""The clock of WSL is behind that of Windows.

It stops while the computer sleeps, and sometimes is not set afterwards. Certificates are then not valid yet, so
downloads of modules fail, and a file that was saved in Windows is newer than the build that contains it.

## Example

```json host
{"running": {"clock_lag": 28800}}
```

becomes

```json host
{"running": {"clock_lag": 0}}
```

## No finding

A few minutes do no harm:

```json host
{"running": {"clock_lag": 240}}
```

## No finding

This kernel does not show the clock of Windows:

```json host
{"running": {"clock_lag": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

MESSAGE = Message(
    en="The clock is {time} behind Windows: certificates look as if they were not valid yet, and downloads fail",
    zh="系统时钟比 Windows 慢 {time}：证书会显得尚未生效，下载会失败",
)
MINUTES = Message(en="{minutes} minutes", zh="{minutes} 分钟")
HOURS = Message(en="{hours} hours", zh="{hours} 小时")
SET = Message(
    en="type: sudo hwclock -s (or, if hwclock is missing, in Windows: wsl --shutdown)",
    zh="输入：sudo hwclock -s（若没有 hwclock，则在 Windows 中输入：wsl --shutdown）",
)

# Seconds. Certificates are made for use some minutes later, and less than this comes and goes.
HARMLESS = 300
HOUR = 3600


@machine_rule(Severity.WARNING, "wsl.clock", needs=("running.clock_lag",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    lag = host.running.clock_lag
    if lag is not None and lag >= HARMLESS:
        yield machine_finding(MESSAGE(time=_time(lag)), SET())


def _time(lag: int) -> Text:
    return MINUTES(minutes=lag // 60) if lag < 2 * HOUR else HOURS(hours=lag // HOUR)
