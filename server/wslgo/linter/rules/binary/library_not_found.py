"""The loader does not find a library that a program needs: it ends before `main`.

`error while loading shared libraries: NAME: cannot open shared object file` is on the standard error of the program.
Delve reports a successful start and then the end of the program. The search is that of the loader: RPATH,
LD_LIBRARY_PATH, RUNPATH, the cache of ldconfig, the folders of the system.

## Example

```json binary
{"needed": [{"name": "libgreet.so.1", "found": null}]}
```

becomes

```json binary
{"needed": [{"name": "libgreet.so.1", "found": "/usr/local/lib/libgreet.so.1"}]}
```

## Example

A library that it needs needs another one:

```json binary
{"missing": [{"name": "libcudnn_graph.so.9", "needed_by": "/opt/cudnn/lib/libcudnn.so.9"}]}
```

## Example

The driver of Windows is there, but not on the path of the loader:

```json binary
{"needed": [{"name": "libcuda.so.1", "found": null}]}
```

```json host
{"gpu": {"has_library": true}}
```

## Example

```json binary
{"needed": [{"name": "libcuda.so.1", "found": null}]}
```

```json host
{"gpu": {"has_library": false}}
```

## No finding

```json binary
{"needed": [{"name": "libc.so.6", "found": "/lib/x86_64-linux-gnu/libc.so.6"}]}
```

## No finding

A program of another system has the libraries there:

```json binary
{"system": "freebsd", "needed": [{"name": "libthr.so.3", "found": null}]}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.nvidia import LIBRARY
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import binary_rule
from wslgo.machine.binary import Binary
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

MESSAGE = Message(
    en="The loader does not find {name}: the program ends before main, with 'cannot open shared object file'",
    zh="动态链接器找不到 {name}：程序在 main 之前就会结束，并报 cannot open shared object file",
)
BEHIND = Message(
    en="The loader does not find {name}, which {by} needs: the program ends before main",
    zh="动态链接器找不到 {by} 所需的 {name}：程序在 main 之前就会结束",
)
NEXT = Message(
    en="install the package with {name}, or add its folder to LD_LIBRARY_PATH where the program starts",
    zh="安装包含 {name} 的软件包，或在启动程序处将其所在文件夹加入 LD_LIBRARY_PATH",
)
NO_DRIVER = Message(
    en="install the NVIDIA driver in Windows, then type there: wsl --shutdown",
    zh="在 Windows 中安装 NVIDIA 驱动，然后在那里输入：wsl --shutdown",
)
LDCONFIG = "echo /usr/lib/wsl/lib | sudo tee /etc/ld.so.conf.d/ld.wsl.conf && sudo ldconfig"


@binary_rule(Severity.ERROR, needs=("processor", "gpu.has_library"), dimension="correctness")
def check(binary: Binary, host: Host) -> Iterator[Finding]:
    if binary.system != "linux" or host.processor not in (None, binary.processor):
        return
    for library in binary.needed:
        if library.found is None and "/" not in library.name:
            yield machine_finding(MESSAGE(name=library.name), _next(library.name, host))
    for dependency in binary.missing:
        message = BEHIND(name=dependency.name, by=dependency.needed_by)
        yield machine_finding(message, _next(dependency.name, host))


def _next(name: str, host: Host) -> Text:
    if name == LIBRARY and host.gpu.has_library is not None:
        return command(LDCONFIG) if host.gpu.has_library else NO_DRIVER()
    return NEXT(name=name)
