"""nvidia-smi is there, but not in PATH.

WSL adds `/usr/lib/wsl/lib` to PATH for the programs that it starts. A login by ssh, a service, sudo, or a shell file
that replaces PATH loses it, and then scripts find no GPU. CUDA programs work all the same.

## Example

```json host host=nvidia-gpu
{"gpu": {"smi": ""}}
```

becomes

```json host host=nvidia-gpu
{}
```

## No finding

`appendLibPath=false` in wsl.conf leaves it out on purpose:

```json host host=nvidia-gpu
{"gpu": {"smi": ""}, "wslconf": {"path": "/etc/wsl.conf", "text": "[gpu]\\nappendLibPath=false\\n"}}
```

## No finding

PATH is not known:

```json host host=nvidia-gpu
{"gpu": {"smi": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import FOLDER
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.switches import GPU_PATH, switched_off
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="nvidia-smi is in {folder}, which is not in PATH here: scripts find no GPU",
    zh="nvidia-smi 位于 {folder}，但此处的 PATH 中没有该文件夹：脚本会认为没有 GPU",
)


@machine_rule(Severity.INFORMATION, "gpu.smi", needs=("gpu.smi", "gpu.has_library", "wslconf"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.gpu.smi == "" and host.gpu.has_library and switched_off(host, GPU_PATH) is None:
        yield machine_finding(MESSAGE(folder=FOLDER), command(f'export PATH="$PATH:{FOLDER}"'))
