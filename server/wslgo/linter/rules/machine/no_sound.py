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

## Example

ALSA is told to use PulseAudio, but its plug-in is missing:

```json host
{"wslg": {"alsa_default": "/home/user/.asoundrc", "lacks_alsa_plugin": true}}
```

```json workspace
{"plays_sound": true}
```

becomes

```json host
{"wslg": {"alsa_default": "/home/user/.asoundrc", "lacks_alsa_plugin": false}}
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
NO_PLUGIN = Message(
    en="{path} gives the sound of ALSA to PulseAudio, but the plug-in for it is missing: programs play no sound",
    zh="{path} 把 ALSA 的声音交给 PulseAudio，但缺少相应的插件：程序没有声音",
)
INSTALL = Message(en="install the plug-in of ALSA for PulseAudio", zh="安装 ALSA 的 PulseAudio 插件")
BY_HAND = Message(
    en="install the plug-in of ALSA for PulseAudio, then write into ~/.asoundrc: {line}",
    zh="安装 ALSA 的 PulseAudio 插件，然后在 ~/.asoundrc 中写入：{line}",
)
DEFAULT_DEVICE = "pcm.!default pulse"
PROVISION = command("wslgo provision --only wslg")


@machine_rule(
    Severity.WARNING, "wslg.sound", needs=("wslg.folder", "wslg.alsa_default", "wslg.lacks_alsa_plugin", "installer")
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    plays_sound = scene.workspace is not None and scene.workspace.plays_sound
    wslg, is_other = host.wslg, installer_named(host.installer) is not None
    if not plays_sound or wslg.folder is None:
        return
    if wslg.alsa_default == "":
        yield machine_finding(MESSAGE(), BY_HAND(line=DEFAULT_DEVICE) if is_other else PROVISION)
    elif wslg.alsa_default and wslg.lacks_alsa_plugin:
        yield machine_finding(NO_PLUGIN(path=wslg.alsa_default), INSTALL() if is_other else PROVISION)
