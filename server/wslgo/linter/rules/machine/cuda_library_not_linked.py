"""A module that this workspace imports links a library of CUDA from a folder where the linker does not look.

`go build` then ends with `cannot find -lcuda`, although the GPU works: WSL has the library of the driver in
`/usr/lib/wsl/lib`, and the toolkit its own in `/usr/local/cuda/lib64`. gorgonia.org/cu names only folders of the
toolkit, which have `libcuda.so` in `stubs` at most. CGO_LDFLAGS in the go env file names the folder for each build: in
terminals, in the editor and in tests.

## Example

```json host host=nvidia-gpu
{"c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "cuda_links": [["-lcuda", "gorgonia.org/cu", ["/usr/local/cuda/lib64"]]]}
```

becomes

```json host host=nvidia-gpu
{
 "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}],
 "go_variables": [
  {"name": "CGO_LDFLAGS", "value": "-O2 -g -L/usr/lib/wsl/lib", "origin": "/home/user/.config/go/env"}
 ]
}
```

## No finding

The linker finds it, for example by LIBRARY_PATH:

```json host host=nvidia-gpu
{"c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"]}]}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "cuda_links": [["-lcuda", "gorgonia.org/cu", []]]}
```

## No finding

The module names a folder that is not known here:

```json host host=nvidia-gpu
{"c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "cuda_links": [["-lcuda", "gorgonia.org/cu", ["/opt/own/lib"]]]}
```

## No finding

A build without cgo links nothing:

```json host host=nvidia-gpu
{
 "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}],
 "go_variables": [{"name": "CGO_ENABLED", "value": "0", "origin": "environment"}]
}
```

```json workspace
{"uses_cgo": true, "uses_cuda": true, "cuda_links": [["-lcuda", "gorgonia.org/cu", []]]}
```
"""

from collections.abc import Iterator

from wslgo.golang.c_search import named_folders, search
from wslgo.golang.workspace import CudaLink
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import ENVIRONMENT, Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="A build of this workspace fails: {modules} links {names}, and the linker does not look into {folders}",
    zh="此工作区无法构建：{modules} 要链接 {names}，而链接器不会查找 {folders}",
)
ADD = Message(
    en="add to the value of CGO_LDFLAGS: {flags}",
    zh="在 CGO_LDFLAGS 的值中加入：{flags}",
)

NAME, DEFAULT = "CGO_LDFLAGS", "-O2 -g"
_PLAIN = pattern(r"[\w./=,:+ -]*")  # a value that quotes keep as it is


@machine_rule(Severity.WARNING, "go.compiler", needs=("c_folders", "go_variables"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    links = scene.workspace.cuda_links if scene.workspace is not None else ()
    if host.go_values().get("CGO_ENABLED") == "0":
        return
    missing = [(link, folder) for link in links if (folder := _holder(host, link)) is not None]
    if missing:
        folders = tuple(dict.fromkeys(folder for _, folder in missing))
        names = tuple(dict.fromkeys(link.name for link, _ in missing))
        modules = tuple(dict.fromkeys(link.module for link, _ in missing))
        yield machine_finding(MESSAGE(modules=modules, names=names, folders=folders), _step(host, folders))


def _holder(host: Host, link: CudaLink) -> str | None:
    """Return the folder with a library that the linker does not find; None if it does, or that is not known."""
    added = named_folders(host.go_values().get(NAME, "").split(), "-L")
    known = search(host, (*link.folders, *added), lambda _: None)
    return None if known is None else known.holder(link.name)


def _step(host: Host, folders: tuple[str, ...]) -> Text:
    flags, variable = " ".join(f"-L{folder}" for folder in folders), host.variable(NAME)
    value = variable.value if variable is not None else DEFAULT
    if not _PLAIN.fullmatch(value):
        return ADD(flags=flags)
    words = f'{NAME}="{value} {flags}"'
    is_exported = variable is not None and variable.origin == ENVIRONMENT
    return command(f"export {words}" if is_exported else f"go env -w {words}")
