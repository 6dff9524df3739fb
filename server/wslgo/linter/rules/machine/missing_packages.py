"""Packages that a build of this workspace needs are not installed.

GUI toolkits compile C code against libraries of the system. Without their `-dev` packages the build ends with
`Package gtk+-3.0 was not found` or `X11/Xlib.h: No such file or directory`.

## Example

```json host
{"packages": ["build-essential", "libgl-dev"]}
```

```json workspace
{"toolkits": ["Fyne"], "packages": ["gcc", "libgl1-mesa-dev", "libxkbcommon-dev", "xorg-dev"]}
```

becomes

```json host
{"packages": ["build-essential", "libgl-dev", "libxkbcommon-dev", "xorg-dev"]}
```

## No finding

`libgl-dev` brings what `libgl1-mesa-dev` does:

```json host
{"packages": ["libgl-dev"]}
```

```json workspace
{"toolkits": ["Fyne"], "packages": ["gcc", "libgl1-mesa-dev"]}
```

## No finding

The installed packages are not known, as on a distribution without dpkg:

```json host
{"packages": null}
```

```json workspace
{"toolkits": ["Fyne"], "packages": ["libgl1-mesa-dev"]}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="Packages to build this workspace ({toolkits}) are missing: {names}",
    zh="缺少构建此工作区（{toolkits}）所需的软件包：{names}",
)


@machine_rule(Severity.WARNING, "go.compiler", needs=("packages",))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if host.packages is None or scene.workspace is None:
        return
    missing = scene.workspace.missing_libraries(host.packages)
    if missing:
        yield machine_finding(
            MESSAGE(toolkits=tuple(scene.workspace.toolkits), names=missing), command("wslgo provision --only packages")
        )
