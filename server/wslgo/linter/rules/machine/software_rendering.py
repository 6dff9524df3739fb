"""Programs of this workspace draw with OpenGL, and the processor does it instead of the GPU.

Mesa uses the GPU of Windows through its driver `d3d12`, which needs `/dev/dxg`, `libd3d12.so` of WSL, and a Mesa that
was built with it (Debian and Ubuntu since 2021). Otherwise, or if a variable asks for it, `llvmpipe` draws: windows
open, but slowly. `glxinfo -B` shows what draws; if it says llvmpipe although nothing is missing, `GALLIUM_DRIVER=d3d12`
chooses the GPU.

## Example

```json host
{"wslg": {"renderer": "llvmpipe", "renderer_cause": "LIBGL_ALWAYS_SOFTWARE=1"}}
```

```json workspace
{"toolkits": ["Ebitengine"]}
```

becomes

```json host
{"wslg": {"renderer": "d3d12", "renderer_cause": ""}}
```

## Example

A Mesa without the driver:

```json host
{"wslg": {"renderer": "llvmpipe", "renderer_cause": "d3d12_dri.so"}}
```

```json workspace
{"toolkits": ["Fyne"]}
```

## Example

```json host
{"wslg": {"renderer": "llvmpipe", "renderer_cause": "/usr/lib/wsl/lib/libd3d12.so"}}
```

```json workspace
{"toolkits": ["Fyne"]}
```

## No finding

The windows of this workspace need no OpenGL:

```json host
{"wslg": {"renderer": "llvmpipe", "renderer_cause": "d3d12_dri.so"}}
```

```json workspace
{"toolkits": ["Wails"]}
```

## No finding

Mesa is not installed, or it is not known:

```json host
{"wslg": {"renderer": "", "renderer_cause": "/usr/lib/wsl/lib/libd3d12.so"}}
```

```json workspace
{"toolkits": ["Fyne"]}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.gui import TOOLKITS
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import GPU, switched_off
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows

BY_VARIABLE = Message(
    en="{cause}: the processor draws the windows of this workspace ({toolkits}), not the GPU",
    zh="{cause}：此工作区的窗口（{toolkits}）由处理器而不是 GPU 绘制",
)
MISSING = Message(
    en="{cause} is missing: the processor draws the windows of this workspace ({toolkits}), not the GPU",
    zh="缺少 {cause}：此工作区的窗口（{toolkits}）由处理器而不是 GPU 绘制",
)
REMOVE = Message(
    en="if you want the GPU: remove the line that exports {name}, then type: unset {name}",
    zh="如需使用 GPU：删除导出 {name} 的那一行，然后输入：unset {name}",
)
ANOTHER_MESA = Message(
    en="for speed, use a distribution whose Mesa has the driver d3d12, such as Ubuntu 22.04 or Debian 12",
    zh="如需更快，请使用 Mesa 带有 d3d12 驱动的发行版，例如 Ubuntu 22.04 或 Debian 12",
)

_WITH_OPENGL = frozenset(toolkit.name for toolkit in TOOLKITS if toolkit.uses_opengl)
_SOFTWARE = "llvmpipe"


@machine_rule(
    Severity.INFORMATION,
    "wslg.renderer",
    needs=("wsl.generation", "wslg.folder", "wslg.renderer", "wslg.renderer_cause", "wslconf", "wslconfig"),
    dimension="speed",
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    names = scene.workspace.toolkits if scene.workspace is not None else ()
    toolkits, cause = tuple(name for name in names if name in _WITH_OPENGL), host.wslg.renderer_cause
    if host.wsl.generation != 2 or not host.wslg.folder or not toolkits or host.wslg.renderer != _SOFTWARE or not cause:
        return
    if "=" not in cause and switched_off(host, GPU) is not None:
        return  # `machine/gpu-switched-off` has it
    message = BY_VARIABLE if "=" in cause else MISSING
    yield machine_finding(message(cause=cause, toolkits=toolkits), _step(cause))


def _step(cause: str) -> Text:
    if "=" in cause:
        return REMOVE(name=cause.partition("=")[0])
    return in_windows("wsl --update; wsl --shutdown") if cause.startswith("/") else ANOTHER_MESA()
