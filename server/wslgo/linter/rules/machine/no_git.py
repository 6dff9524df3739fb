"""git is not installed, but go downloads modules with it.

What GOPRIVATE and GONOPROXY name comes from its repository and not from a proxy, and so does everything with
`GOPROXY=direct`. Without git the download ends with `exec: "git": executable file not found in $PATH`.

## Example

```json host
{
 "programs": ["gcc", "g++", "pkg-config"],
 "go_variables": [{"name": "GOPRIVATE", "value": "git.corp.example", "origin": "/home/user/.config/go/env"}]
}
```

becomes

```json host
{
 "programs": ["gcc", "g++", "git", "pkg-config"],
 "go_variables": [{"name": "GOPRIVATE", "value": "git.corp.example", "origin": "/home/user/.config/go/env"}]
}
```

## No finding

A proxy has all modules:

```json host
{
 "programs": ["gcc"],
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "environment"}]
}
```

## No finding

PATH is not known:

```json host
{
 "programs": null,
 "go_variables": [{"name": "GOPRIVATE", "value": "git.corp.example", "origin": "environment"}]
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.repositories import variable_for_repositories
from wslgo.knowledge.packages import GIT
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.package_command import installation
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="git is not installed, but go downloads modules with it ({name}={value})",
    zh="未安装 git，而 go 要用它下载模块（{name}={value}）",
)


@machine_rule(Severity.WARNING, "go.git", needs=("programs", "go_variables", "installer"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    variable = variable_for_repositories(host)
    if variable is not None and host.programs is not None and GIT not in host.programs:
        message = MESSAGE(name=variable.name, value=variable.value)
        yield machine_finding(message, installation(host, (GIT,)))
