"""A setting switches WSLg off, but this workspace has GUI programs.

Without WSLg DISPLAY is not set, and programs of Fyne, Ebitengine, Gio and the like end with `cannot open display`.

## Example

```json host
{
 "wslg": {"folder": null, "has_socket": false, "display": null},
 "wslconfig": {"text": "[wsl2]\\nguiApplications=false\\n", "at_start": "[wsl2]\\nguiApplications=false\\n"}
}
```

```json workspace
{"toolkits": ["Fyne"]}
```

becomes

```json host
{}
```

## No finding

No program of this workspace opens a window:

```json host
{
 "wslg": {"folder": null, "has_socket": false, "display": null},
 "wslconfig": {"text": "[wsl2]\\nguiApplications=false\\n", "at_start": "[wsl2]\\nguiApplications=false\\n"}
}
```

```json workspace
{"uses_cgo": true}
```

## No finding

WSLg runs:

```json host
{}
```

```json workspace
{"toolkits": ["Fyne"]}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import GUI, switched_off_next
from wslgo.text.message import Message

MESSAGE = Message(
    en="{setting} disables WSLg, but this workspace has GUI programs ({toolkits}): they cannot open a window",
    zh="{setting} 会关闭 WSLg，而此工作区有图形程序（{toolkits}）：它们无法打开窗口",
)
LATER = Message(
    en="{setting} disables WSLg at the next start of WSL, but this workspace has GUI programs ({toolkits})",
    zh="{setting} 会在下次启动 WSL 时关闭 WSLg，而此工作区有图形程序（{toolkits}）",
)
REMOVE = Message(
    en="to run them: remove line {line} of {path}, then type in Windows: wsl --shutdown",
    zh="如需运行它们：删除 {path} 的第 {line} 行，然后在 Windows 中输入：wsl --shutdown",
)


@machine_rule(
    Severity.WARNING, "wslg.server", needs=("wsl.generation", "wslg.folder", "wslg.has_socket", "wslconf", "wslconfig")
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    toolkits = scene.workspace.toolkits if scene.workspace is not None else ()
    switch = switched_off_next(host, GUI) if toolkits else None
    if switch is None or host.wsl.generation != 2:
        return
    is_off = switch.is_in_effect and host.wslg.folder is None and host.wslg.has_socket is not None
    yield machine_finding(
        (MESSAGE if is_off else LATER)(setting=switch.in_words, toolkits=tuple(toolkits)),
        REMOVE(line=switch.line, path=switch.path),
    )
