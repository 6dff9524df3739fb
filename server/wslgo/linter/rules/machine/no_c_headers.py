"""The headers of the C library are not installed, but this workspace uses cgo.

`gcc` alone does not bring them where apt installs nothing that is only recommended, as in containers. Builds then end
with `fatal error: stdlib.h: No such file or directory`.

## Example

```json host
{"packages": ["gcc"]}
```

```json workspace
{"uses_cgo": true}
```

becomes

```json host
{"packages": ["gcc", "libc6-dev"]}
```

## No finding

`build-essential` brings them:

```json host
{"packages": ["build-essential", "gcc", "libc6-dev"]}
```

```json workspace
{"uses_cgo": true}
```

## No finding

```json host
{"packages": ["gcc"]}
```

```json workspace
{"uses_cgo": false}
```

## No finding

Another package brings them:

```json host
{"packages": ["gcc", "libc-dev"]}
```

```json workspace
{"uses_cgo": true}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.packages import COMPILER, HEADERS, alternatives
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="This workspace uses cgo, but the headers of the C library ({name}) are missing: its C code does not compile",
    zh="此工作区使用 cgo，但未安装 C 库的头文件（{name}）：其中的 C 代码无法编译",
)


@machine_rule(Severity.WARNING, "go.compiler", needs=("packages",))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    installed = host.packages or ()
    uses_cgo = scene.workspace is not None and scene.workspace.uses_cgo
    if uses_cgo and COMPILER in installed and not any(name in installed for name in alternatives(HEADERS)):
        yield machine_finding(MESSAGE(name=HEADERS), command("wslgo provision --only packages"))
