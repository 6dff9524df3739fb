"""Packages that a build of this workspace needs are not installed.

GUI toolkits and other modules with cgo compile C code against libraries of the system. Without their `-dev` packages
the build ends with `Package alsa was not found` or `X11/Xlib.h: No such file or directory`. The libraries are those in
`#cgo` lines of the workspace, of `vendor` and of the module cache, unless pkg-config or the linker finds them.

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

## Example

oto builds against ALSA:

```json host
{"packages": ["build-essential", "pkg-config"]}
```

```json workspace
{"c_libraries": [["alsa", "libasound2-dev", "github.com/ebitengine/oto/v3"]]}
```

becomes

```json host
{"packages": ["build-essential", "libasound2-dev", "pkg-config"]}
```

## No finding

A build without cgo needs none:

```json host
{
  "packages": ["build-essential"],
  "go_variables": [{"name": "CGO_ENABLED", "value": "0", "origin": "environment"}]
}
```

```json workspace
{"c_libraries": [["alsa", "libasound2-dev", "github.com/ebitengine/oto/v3"]]}
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

from wslgo.knowledge.packages import PKG_CONFIG
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

LIBRARIES = Message(
    en="A build of this workspace fails without {names} (for {modules}): pkg-config and the linker do not find it",
    zh="缺少 {names}（{modules} 需要），此工作区无法构建：pkg-config 和链接器都找不到它",
)
MESSAGE = Message(
    en="Packages to build this workspace ({toolkits}) are missing: {names}",
    zh="缺少构建此工作区（{toolkits}）所需的软件包：{names}",
)


@machine_rule(Severity.WARNING, "go.compiler", needs=("packages", "go_variables"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if host.packages is None or scene.workspace is None:
        return
    values = host.go_values()
    if values.get("CGO_ENABLED") == "0":
        return
    missing = scene.workspace.missing_libraries(host.packages)
    if missing:
        yield machine_finding(
            MESSAGE(toolkits=tuple(scene.workspace.toolkits), names=missing), command("wslgo provision --only packages")
        )
    # Another pkg-config has its own folders.
    if values.get("PKG_CONFIG", PKG_CONFIG) != PKG_CONFIG:
        return
    libraries = scene.workspace.missing_c_libraries(host.packages)
    if libraries:
        names = tuple(dict.fromkeys(library.package for library in libraries))
        modules = tuple(dict.fromkeys(library.module for library in libraries))
        yield machine_finding(LIBRARIES(names=names, modules=modules), command("wslgo provision --only packages"))
