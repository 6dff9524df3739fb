"""A program of this workspace plays sound, but it does not find the sound server of WSLg.

WSLg offers sound to PulseAudio at the socket that PULSE_SERVER names: `unix:/mnt/wslg/PulseServer`. A shell by ssh or
`su` lacks the variable, and a line for a server of earlier days in Windows (`tcp:`) leads elsewhere. ALSA passes its
sound on to the same server.

## Example

```json host
{"wslg": {"sound_server": null, "has_sound": false}}
```

```json workspace
{"plays_sound": true}
```

becomes

```json host
{}
```

## Example

A socket that is not there:

```json host
{"wslg": {"sound_server": "unix:/tmp/pulse-socket", "has_sound": false}}
```

```json workspace
{"plays_sound": true}
```

## Example

A server elsewhere:

```json host
{"wslg": {"sound_server": "tcp:172.22.16.1", "has_sound": null}}
```

```json workspace
{"plays_sound": true}
```

## Example

The server itself has ended:

```json host
{"wslg": {"has_sound": false, "serves_sound": false}}
```

```json workspace
{"plays_sound": true}
```

## No finding

Nothing plays sound here:

```json host
{"wslg": {"sound_server": null, "has_sound": false}}
```

## No finding

Without the variable the socket in XDG_RUNTIME_DIR serves:

```json host
{"wslg": {"sound_server": null, "has_sound": true}}
```

```json workspace
{"plays_sound": true}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command, in_windows

UNSET = Message(
    en="PULSE_SERVER is not set in this shell: programs of this workspace play no sound",
    zh="此 shell 未设置 PULSE_SERVER：此工作区的程序没有声音",
)
MESSAGE = Message(
    en="PULSE_SERVER={server} names a socket that does not exist: programs of this workspace play no sound",
    zh="PULSE_SERVER={server} 指定的套接字不存在：此工作区的程序没有声音",
)
FOREIGN = Message(
    en="PULSE_SERVER={server} is another sound server: that of WSLg is not used",
    zh="PULSE_SERVER={server} 是其他声音服务器：未使用 WSLg 的声音服务器",
)
NOT_SERVED = Message(
    en="WSLg has no sound server ({path} is missing): programs of this workspace play no sound",
    zh="WSLg 没有声音服务器（缺少 {path}）：此工作区的程序没有声音",
)
REMOVE = Message(
    en="unless you chose that server: remove the line that exports PULSE_SERVER, then type: {command}",
    zh="除非有意使用该服务器：删除导出 PULSE_SERVER 的那一行，然后输入：{command}",
)


@machine_rule(
    Severity.WARNING,
    "wslg.sound",
    needs=("wsl.generation", "wslg.folder", "wslg.sound_server", "wslg.has_sound", "wslg.serves_sound"),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    wslg = host.wslg
    plays_sound = scene.workspace is not None and scene.workspace.plays_sound
    if not plays_sound or host.wsl.generation != 2 or not wslg.folder or wslg.has_sound:
        return
    export = f"export PULSE_SERVER=unix:{wslg.folder}/PulseServer"
    if wslg.has_sound is False and wslg.serves_sound is False:
        yield machine_finding(NOT_SERVED(path=f"{wslg.folder}/PulseServer"), in_windows("wsl --shutdown"))
    elif wslg.has_sound is False and wslg.sound_server is None:
        yield machine_finding(UNSET(), command(export))
    elif wslg.has_sound is False:
        yield machine_finding(MESSAGE(server=wslg.sound_server or ""), REMOVE(command=export))
    elif wslg.sound_server is not None and wslg.sound_server.startswith("tcp"):
        yield machine_finding(FOREIGN(server=wslg.sound_server), REMOVE(command=export))
