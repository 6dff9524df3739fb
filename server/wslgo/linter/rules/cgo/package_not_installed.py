"""A C library that this file is built against is not installed.

The build ends with `alsa/asoundlib.h: No such file or directory`, `Package alsa was not found in the pkg-config search
path` or `cannot find -lasound`. Distributions split libraries: what programs load is installed by itself, and what they
are built against is in a package of its own, `libasound2-dev` on Debian and Ubuntu and `alsa-lib-devel` on Fedora.

## Example

```go path=audio.go
package audio

// #cgo pkg-config: alsa
import "C"
```

```text project path=go.mod
module example.com/audio
```

```json host
{"go_variables": [], "installer": "apt-get", "c_folders": []}
```

## Example

```go path=audio.go
package audio

/*
#cgo LDFLAGS: -lasound
#include <alsa/asoundlib.h>
*/
import "C"
```

```text project path=go.mod
module example.com/audio
```

```json host
{"go_variables": [], "installer": "dnf", "c_folders": []}
```

## No finding

```go path=audio.go
package audio

/*
#cgo pkg-config: alsa
#cgo LDFLAGS: -lpcap -lm
#include <stdio.h>
#include <pcap.h>
*/
import "C"
```

```text project path=go.mod
module example.com/audio
```

```json host
{
  "go_variables": [],
  "installer": "apt-get",
  "c_folders": [
    {"path": "/usr/include", "names": ["<pcap.h>"]},
    {"path": "/usr/lib/x86_64-linux-gnu", "names": ["-lpcap"]},
    {"path": "/usr/lib/x86_64-linux-gnu/pkgconfig", "names": ["alsa"]}
  ]
}
```

## No finding

The package brings its own, or nothing is known about a folder:

```go path=audio.go
package audio

/*
#cgo CFLAGS: -I/srv/include
#cgo LDFLAGS: -L${SRCDIR}/lib -lpcap -lzstd
#include <pcap.h>
*/
import "C"
```

```text project path=lib/libpcap.a
```

```text project path=lib/libzstd.so
```

```json host
{"go_variables": [], "installer": "apt-get", "c_folders": []}
```

## No finding

The machine is not known, or pkg-config is another one:

```go path=audio.go
package audio

// #cgo pkg-config: alsa
import "C"
```

```text project path=go.mod
module example.com/audio
```

```json host
{"go_variables": [{"name": "PKG_CONFIG", "value": "/opt/bin/pkg-config", "origin": "environment"}], "c_folders": []}
```

## No finding

A build without cgo needs none:

```go path=audio.go
package audio

// #include <alsa/asoundlib.h>
import "C"
```

```text project path=go.mod
module example.com/audio
```

```json host
{"go_variables": [{"name": "CGO_ENABLED", "value": "0", "origin": "environment"}], "c_folders": []}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import c_libraries
from wslgo.knowledge.packages import APT, PKG_CONFIG, installer_named
from wslgo.linter.cgo_lines import is_built, lines, search
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.cgo_file import CgoFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Span

MESSAGE = Message(
    en="{name} is not installed, so this does not build. Install it: {command}",
    zh="未安装 {name}，因此无法构建。请安装：{command}",
)
SEARCH = Message(
    en="{name} is not installed, so this does not build. Install the development package that has it ({program})",
    zh="未安装 {name}，因此无法构建。请安装包含它的开发包（{program}）",
)


@rule(Severity.WARNING, needs=("c_folders", "go_variables", "installer", "processor"))
def check(file: CgoFile, scene: Scene) -> Iterator[Finding]:
    values = scene.host.go_values()
    if values.get("CGO_ENABLED") == "0" or not is_built(file, scene):
        return
    seen: set[str] = set()
    for name, package, span in _missing(file, scene):
        if package not in seen:
            seen.add(package)
            message = _message(name, package, scene)
            if message is not None:
                yield Finding(span, message)


def _missing(file: CgoFile, scene: Scene) -> Iterator[tuple[str, str, Span]]:
    """Yield what is not on this machine, with its package: first what pkg-config is asked for."""
    if scene.host.c_folders is None or scene.host.go_variables is None:
        return
    everything = {name for folder in scene.host.c_folders if folder.is_searched for name in folder.names}
    effective = lines(file, scene)
    if scene.host.go_values().get("PKG_CONFIG", PKG_CONFIG) == PKG_CONFIG:
        for word in (word for line in effective if line.verb == "pkg-config" for word in line.words):
            if word.text in c_libraries.PKG_CONFIG and word.text not in everything:
                yield word.text, c_libraries.package_of(word.text), word.span
    linker, compiler = search(file, scene, "-L"), search(file, scene, "-I")
    for include in file.includes if compiler is not None else ():
        name, package = f"<{include.name}>", c_libraries.package_of_header(include.name)
        if package and not include.is_quoted and not include.guards and compiler and compiler.finds(name) is False:
            yield include.name, package, include.span
    for word in (word for line in effective if line.verb == "LDFLAGS" for word in line.words):
        package = c_libraries.package_of(word.text) if word.text.startswith("-l") else ""
        if package and linker is not None and linker.finds(word.text) is False:
            yield word.text, package, word.span


def _message(name: str, package: str, scene: Scene) -> Text | None:
    """Return what to install; None if the packages of the distribution are not known."""
    if scene.host.installer == APT:
        return MESSAGE(name=name, command=f"sudo apt install {package}")
    other = installer_named(scene.host.installer)
    if other is None:
        return None
    if name in c_libraries.PKG_CONFIG:
        return MESSAGE(name=name, command=other.for_libraries((name,)))
    return SEARCH(name=name, program=other.words)
