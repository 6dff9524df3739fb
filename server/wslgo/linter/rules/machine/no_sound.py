"""A program of this workspace plays sound through ALSA, which finds no device.

WSLg offers sound to PulseAudio alone, and WSL has no sound card. oto (of Ebitengine and beep) opens the default device
of ALSA: it ends with `cannot find card '0'`, or stays silent. The plug-ins of ALSA pass the sound on if a file such as
`~/.asoundrc` says so.

## Example

```json host
{"wslg": {"alsa_default": ""}}
```

```json workspace
{"plays_sound": true}
```

becomes

```json host
{"wslg": {"alsa_default": "/home/user/.asoundrc"}}
```

## No finding

Nothing plays sound here:

```json host
{"wslg": {"alsa_default": ""}}
```

## No finding

WSLg is not there:

```json host
{"wslg": {"folder": null, "alsa_default": null}, "windows": {"build": 19041}}
```

```json workspace
{"plays_sound": true}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.packages import installer_named
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="ALSA has no default device here: programs of this workspace play no sound (cannot find card '0')",
    zh="ALSA 在此没有默认设备：此工作区的程序没有声音（cannot find card '0'）",
)
BY_HAND = Message(
    en="install the plug-in of ALSA for PulseAudio, then write into ~/.asoundrc: {line}",
    zh="安装 ALSA 的 PulseAudio 插件，然后在 ~/.asoundrc 中写入：{line}",
)
DEFAULT_DEVICE = "pcm.!default pulse"


@machine_rule(Severity.WARNING, "wslg.sound", needs=("wslg.folder", "wslg.alsa_default", "installer"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    plays_sound = scene.workspace is not None and scene.workspace.plays_sound
    if plays_sound and host.wslg.folder is not None and host.wslg.alsa_default == "":
        is_other = installer_named(host.installer) is not None
        step = BY_HAND(line=DEFAULT_DEVICE) if is_other else command("wslgo provision --only wslg")
        yield machine_finding(MESSAGE(), step)
