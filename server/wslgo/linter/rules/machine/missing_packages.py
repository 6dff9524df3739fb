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

## Example

Without dpkg the pkg-config files tell (on Arch `sudo pacman -Fy NAME.pc` finds the package):

```json host
{"installer": "dnf", "packages": ["libgtk-3-dev"]}
```

```json workspace
{"toolkits": ["Wails"], "packages": ["build-essential", "libgtk-3-dev", "libwebkit2gtk-4.1-dev", "pkg-config"]}
```

becomes

```json host
{"installer": "dnf", "packages": ["libgtk-3-dev", "libwebkit2gtk-4.1-dev"]}
```

## Example

```json host
{"installer": "zypper", "packages": []}
```

```json workspace
{"c_libraries": [["alsa", "libasound2-dev", "github.com/ebitengine/oto/v3"]]}
```

## Example

A program that the build runs is missing:

```json host
{"packages": ["build-essential", "libgtk-3-dev"], "programs": ["gcc", "g++"]}
```

```json workspace
{"toolkits": ["Wails"], "packages": ["build-essential", "libgtk-3-dev", "pkg-config"]}
```

becomes

```json host
{"packages": ["build-essential", "libgtk-3-dev"], "programs": ["gcc", "g++", "pkgconf"]}
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

The installed packages are not known, as on NixOS:

```json host
{"packages": null}
```

```json workspace
{"toolkits": ["Fyne"], "packages": ["libgl1-mesa-dev"]}
```
"""

from collections.abc import Iterator

from wslgo.golang.workspace import Library
from wslgo.knowledge.packages import PKG_CONFIG, PKG_CONFIG_FILES, Installer, installer_named
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.package_command import installation
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

LIBRARIES = Message(
    en="A build of this workspace fails without {names} (for {modules}): pkg-config and the linker do not find it",
    zh="缺少 {names}（{modules} 需要），此工作区无法构建：pkg-config 和链接器都找不到它",
)
MESSAGE = Message(
    en="Packages to build this workspace ({toolkits}) are missing: {names}",
    zh="缺少构建此工作区（{toolkits}）所需的软件包：{names}",
)
PROGRAMS = Message(
    en="Programs that a build of this workspace runs are missing: {names}",
    zh="缺少构建此工作区时要运行的程序：{names}",
)
NOT_FOUND = Message(
    en="Libraries to build this workspace ({toolkits}) are missing: pkg-config does not find {names}",
    zh="缺少构建此工作区（{toolkits}）所需的库：pkg-config 找不到 {names}",
)
SEARCH = Message(
    en="install the development package with {files} ({program})",
    zh="安装包含 {files} 的开发包（{program}）",
)


@machine_rule(Severity.WARNING, "go.compiler", needs=("packages", "installer", "go_variables", "programs"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if scene.workspace is None:
        return
    values = host.go_values()
    if values.get("CGO_ENABLED") == "0":
        return
    installed, programs = host.packages, scene.workspace.missing_programs(host.programs)
    missing = () if installed is None else scene.workspace.missing_libraries(installed)
    toolkits, other = tuple(scene.workspace.toolkits), installer_named(host.installer)
    names = programs if other is not None else (*programs, *missing)
    if names:
        message = MESSAGE(toolkits=toolkits, names=names) if toolkits else PROGRAMS(names=names)
        yield machine_finding(message, installation(host, programs))
    if missing and other is not None:
        files = tuple(dict.fromkeys(file for name in missing for file in PKG_CONFIG_FILES.get(name, (name,))))
        yield machine_finding(NOT_FOUND(toolkits=toolkits, names=files), command(other.for_libraries(files)))
    # Another pkg-config has its own folders.
    if installed is None or values.get("PKG_CONFIG", PKG_CONFIG) != PKG_CONFIG:
        return
    libraries = scene.workspace.missing_c_libraries(installed)
    if libraries:
        names = tuple(dict.fromkeys(library.package if other is None else library.name for library in libraries))
        modules = tuple(dict.fromkeys(library.module for library in libraries))
        step = command("wslgo provision --only packages") if other is None else _step(other, libraries)
        yield machine_finding(LIBRARIES(names=names, modules=modules), step)


def _step(installer: Installer, libraries: tuple[Library, ...]) -> Text:
    """Return the command that installs libraries, where all of them have names of pkg-config."""
    names = tuple(dict.fromkeys(library.name for library in libraries))
    linked = tuple(f"lib{name[2:]}.so" for name in names if name.startswith("-l"))
    return SEARCH(files=linked, program=installer.words) if linked else command(installer.for_libraries(names))
