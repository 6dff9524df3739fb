"""A build of this workspace links a library of CUDA, and the linker does not look where it is.

`go build` ends with `cannot find -lcuda` or `cannot find -lcublas`, in a terminal, in tests and in gopls, although the
GPU works. The library is linked by the `#cgo` lines of the workspace, of `vendor` or of a module in the module cache.
WSL has the driver's library in `/usr/lib/wsl/lib`, and a toolkit has the others in `/usr/local/cuda/lib64`.
`CGO_LDFLAGS` in the go env file names the folder for every build of this machine.

## Example

```json host
{
  "go_variables": [{"name": "CGO_LDFLAGS", "value": "-O2 -g", "origin": "default"}],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

```json workspace
{"cuda_links": [["-lcuda", "gorgonia.org/cu", ["/usr/local/cuda/lib64", "/opt/cuda/lib64"]]]}
```

becomes

```json host
{
  "go_variables": [{"name": "CGO_LDFLAGS", "value": "-O2 -g -L/usr/lib/wsl/lib", "origin": "/home/me/.config/go/env"}],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

## Example

An exported value wins over the go env file:

```json host
{
  "go_variables": [{"name": "CGO_LDFLAGS", "value": "-s", "origin": "environment"}],
  "c_folders": [{"path": "/usr/local/cuda/lib64", "names": ["-lcublas", "-lcudart"], "is_searched": false}]
}
```

```json workspace
{"cuda_links": [["-lcublas", "example.com/shop", []], ["-lcudart", "example.com/shop", []]]}
```

## No finding

The linker finds it by itself, as `LIBRARY_PATH` names the folder, or the machine does not have it:

```json host
{
  "go_variables": [],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"]}]
}
```

```json workspace
{"cuda_links": [["-lcuda", "gorgonia.org/cu", []], ["-lcudart", "example.com/shop", []]]}
```

## No finding

The package names a folder of which nothing is known:

```json host
{
  "go_variables": [],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

```json workspace
{"cuda_links": [["-lcuda", "example.com/shop", ["/srv/driver"]]]}
```

## No finding

A build without cgo links nothing:

```json host
{
  "go_variables": [{"name": "CGO_ENABLED", "value": "0", "origin": "environment"}],
  "c_folders": [{"path": "/usr/lib/wsl/lib", "names": ["-lcuda"], "is_searched": false}]
}
```

```json workspace
{"cuda_links": [["-lcuda", "example.com/shop", []]]}
```
"""

from collections.abc import Iterator

from wslgo.golang.cuda_links import linker_flags, unlinked
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import ENVIRONMENT, Host
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="A build of this workspace fails: the linker does not find {names} (for {modules}), which is in {folders}",
    zh="此工作区无法构建：链接器找不到 {names}（{modules} 需要），它在 {folders} 中",
)
ADD = Message(
    en="add to the value of CGO_LDFLAGS: {flags}",
    zh="在 CGO_LDFLAGS 的值中加入：{flags}",
)

_PLAIN = pattern(r"[\w./=,:+ -]*")  # a value that quotes keep as it is


@machine_rule(Severity.WARNING, "go.compiler", needs=("c_folders", "go_variables", "goenv_path"), dimension="gpu")
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if scene.workspace is None or host.go_values().get("CGO_ENABLED") == "0":
        return
    found = tuple(unlinked(scene.workspace.cuda_links, host))
    if not found:
        return
    names = tuple(dict.fromkeys(link.name for link, _ in found))
    modules = tuple(dict.fromkeys(link.module for link, _ in found))
    folders = tuple(dict.fromkeys(folder for _, folder in found))
    # Of a module that is not downloaded yet only the usual way to build it is known.
    severity = None if any(not link.is_known for link, _ in found) else Severity.INFORMATION
    yield machine_finding(
        MESSAGE(names=names, modules=modules, folders=folders), _step(host, folders), severity=severity
    )


def _step(host: Host, folders: tuple[str, ...]) -> Text:
    value, variable = linker_flags(host, folders), host.variable("CGO_LDFLAGS")
    if not _PLAIN.fullmatch(value):
        return ADD(flags=" ".join(f"-L{folder}" for folder in folders))
    is_exported = variable is not None and variable.origin == ENVIRONMENT
    return command(f'{"export" if is_exported else "go env -w"} CGO_LDFLAGS="{value}"')
