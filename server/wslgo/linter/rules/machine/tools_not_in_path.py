"""The folder of `go install` is not in PATH.

The Go extension finds gopls and Delve there. In a terminal, neither `dlv` nor any other program in it is found.

## Example

```json host
{"search_path": ["/usr/local/go/bin", "/usr/bin", "/bin"]}
```

becomes

```json host
{"search_path": ["/home/user/go/bin", "/usr/local/go/bin", "/usr/bin", "/bin"]}
```

## Example

```json host
{
 "delve": {"path": "/usr/bin/dlv"}, "gopls": {"path": "/usr/bin/gopls"},
 "go_programs": {"folder": "/home/user/go/bin", "number": 3},
 "search_path": ["/usr/local/go/bin", "/usr/bin", "/bin"]
}
```

## No finding

The folder is empty:

```json host
{
 "delve": null, "gopls": null, "go_programs": {"folder": "/home/user/go/bin", "number": 0},
 "search_path": ["/usr/local/go/bin", "/usr/bin", "/bin"]
}
```

## No finding

Go is not in PATH either, which `machine/go-not-in-path` says:

```json host
{"search_path": ["/usr/bin", "/bin"]}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.search_path import is_added, is_missing
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{folder} is not in PATH: a terminal does not find {name}, only the editor does",
    zh="{folder} 不在 PATH 中：终端找不到 {name}，只有编辑器能找到",
)


OTHERS = Message(
    en="{folder} is not in PATH: a terminal does not find the programs that go install puts there ({number})",
    zh="{folder} 不在 PATH 中：终端找不到 go install 安装在其中的程序（{number} 个）",
)


@machine_rule(
    *(Severity.INFORMATION, "editors.delve", "editors.gopls", "go.programs"),
    needs=("delve", "gopls", "go", "go_programs", "search_path", "mounts", "home"),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if host.go is None or is_missing(host, host.go.path.rpartition("/")[0]):
        return
    step = command("wslgo provision --only path")
    for tool, about in ((host.delve, "editors.delve"), (host.gopls, "editors.gopls")):
        folder, _, name = tool.path.rpartition("/") if tool is not None else ("", "", "")
        if folder and _is_unreachable(host, scene, folder):
            yield machine_finding(MESSAGE(folder=folder, name=name), step, about=about)
            return
    others = host.go_programs
    if others is not None and others.number and _is_unreachable(host, scene, others.folder):
        yield machine_finding(OTHERS(folder=others.folder, number=others.number), step, about="go.programs")


def _is_unreachable(host: Host, scene: MachineScene, folder: str) -> bool:
    is_lost = is_missing(host, folder) and not is_added(host, scene, folder)
    return is_lost and not host.is_on_windows(folder)  # such a folder is slow, which is another finding
