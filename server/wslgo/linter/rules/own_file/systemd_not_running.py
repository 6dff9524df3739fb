r"""systemd is asked for, but does not run.

WSL starts `/sbin/init` as the first process if `systemd=true` is set under `[boot]`, only in WSL 2. Without an
executable `/sbin/init` it silently leaves systemd out.

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wsl": {"generation": 1, "version": null, "has_systemd": false}}
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wsl": {"has_systemd": false, "init": ""}}
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wsl": {"has_systemd": false, "init": "/bin/busybox"}}
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wsl": {"has_systemd": false}, "wslconf": {"at_start": "[boot]\nsystemd=true\n", "knows_start": true}}
```

## No finding

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

## No finding

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=false
```

```json host
{"wsl": {"has_systemd": false}}
```

## No finding

The distribution may have started before the edit:

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wsl": {"has_systemd": false}}
```

## No finding

Safe mode starts WSL without systemd:

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{
 "wsl": {"has_systemd": false},
 "wslconf": {"at_start": "[boot]\nsystemd=true\n", "knows_start": true},
 "wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\nsafeMode=true\n"}
}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import KEYS
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host, Snapshot
from wslgo.machine.support import lack_of
from wslgo.syntax.family import WSLCONF
from wslgo.syntax.wsl import ini_file
from wslgo.syntax.wsl.effective import is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows
from wslgo.text.source import Source

IN_WSL_1 = Message(
    en="systemd does not run in WSL 1: services and timers do not start",
    zh="WSL 1 中无法运行 systemd：服务和定时器都不会启动",
)
NOT_INSTALLED = Message(
    en="systemd does not run: /sbin/init is missing, so WSL leaves systemd out",
    zh="systemd 没有运行：缺少 /sbin/init，因此 WSL 不会启动 systemd",
)
OTHER_PROGRAM = Message(
    en="systemd does not run: /sbin/init is {init}, so WSL starts that",
    zh="systemd 没有运行：/sbin/init 是 {init}，WSL 启动的是它",
)
FAILED = Message(
    en="systemd does not run, although WSL started with systemd=true: services and timers do not start",
    zh="WSL 启动时已有 systemd=true，但 systemd 没有运行：服务和定时器都不会启动",
)
INSTALL = Message(
    en="install systemd (Debian, Ubuntu: sudo apt install systemd-sysv), then in Windows type: wsl --shutdown",
    zh="安装 systemd（Debian、Ubuntu：sudo apt install systemd-sysv），然后在 Windows 中输入：wsl --shutdown",
)


@rule(
    Severity.WARNING,
    needs={
        WSLCONF: (
            *("wslconf", "wslconfig"),
            *("wsl.generation", "wsl.distribution", "wsl.version", "wsl.has_systemd", "wsl.init", "windows.build"),
        )
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    known, setting = scene.snapshot, file.find("boot", "systemd")
    if known is None or setting is None or setting.converted != "true" or scene.host.wsl.has_systemd is not False:
        return
    if lack_of(setting, scene.host) is None and not _is_safe(scene.host.wslconfig):
        for message, step in _reason(known, scene.host):
            yield Finding(setting.value_span, message, next=step)


def _is_safe(known: Snapshot | None) -> bool:
    """Return whether `.wslconfig` starts WSL in safe mode, or did so."""
    texts = (known.text, known.at_start) if known else ()
    return any(is_safe_mode(ini_file.parse(Source(text), "wslconfig", KEYS["wslconfig"])) for text in texts if text)


def _reason(known: Snapshot, host: Host) -> Iterator[tuple[Text, Text]]:
    """Yield the message and the next step; nothing if an edit after the start can be the reason."""
    wsl = host.wsl
    at_start = ini_file.parse(Source(known.at_start or ""), "wslconf", KEYS["wslconf"])
    if wsl.generation == 1:
        yield IN_WSL_1(), in_windows(f"wsl --set-version {wsl.distribution or 'NAME'} 2")
    elif wsl.init == "":
        yield NOT_INSTALLED(), INSTALL()
    elif wsl.init is not None and wsl.init.rpartition("/")[2] != "systemd":
        yield OTHER_PROGRAM(init=wsl.init), INSTALL()
    elif known.knows_start and at_start.is_true("boot", "systemd"):
        yield FAILED(), in_windows("wsl --update; wsl --shutdown")
