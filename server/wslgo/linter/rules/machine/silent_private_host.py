"""The host of private modules does not answer.

Go fetches the modules that GOPRIVATE or GONOPROXY covers from their own host, whatever GOPROXY says. Behind a VPN that
is not connected, or through a proxy that does not know the host, each build that needs a new version fails. Only
`wslgo doctor --network` asks the hosts of private modules in `go.mod`.

## Example

```json host
{"network": {"answers": [
  {
   "url": "https://git.corp.example", "serves": "origin",
   "problem": "Name or service not known", "outcome": "unreachable"
  }
]}}
```

becomes

```json host
{"network": {"answers": [
  {"url": "https://git.corp.example", "serves": "origin", "outcome": "answers", "status": 200}
]}}
```

## No finding

It asks for a login, which git has:

```json host
{"network": {"answers": [
  {
   "url": "https://git.corp.example", "serves": "origin",
   "problem": "status 401", "outcome": "refuses", "status": 401
  }
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.outcomes import REFUSES, TIMES_OUT, UNREACHABLE
from wslgo.text.message import Message

MESSAGE = Message(
    en="{url} does not answer ({problem}): go cannot fetch its private modules",
    zh="{url} 没有回应（{problem}）：go 无法获取其中的私有模块",
)
MESSAGE_THROUGH = Message(
    en="{url} does not answer through the proxy {via} ({problem}): go cannot fetch its private modules",
    zh="通过代理 {via} 访问 {url} 没有回应（{problem}）：go 无法获取其中的私有模块",
)
CONNECT = Message(
    en="connect to the network or VPN of your company, then type: wslgo doctor --network",
    zh="连接公司的网络或 VPN，然后输入：wslgo doctor --network",
)
EXCEPT = Message(
    en="if the host is inside your network, add it to NO_PROXY and no_proxy: {host}",
    zh="如果该主机在内部网络中，请将它加入 NO_PROXY 和 no_proxy：{host}",
)


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for answer in host.network.answers or ():
        # A host with a login of its own answers 401 or 404; a proxy that does not pass anything on has no such status.
        is_silent = answer.outcome in (TIMES_OUT, UNREACHABLE) or (answer.outcome == REFUSES and answer.status == 502)
        if answer.serves != "origin" or not is_silent:
            continue
        if answer.via:
            message = MESSAGE_THROUGH(url=answer.url, via=answer.via, problem=answer.problem)
            yield machine_finding(message, EXCEPT(host=answer.url.rpartition("/")[2]))
        else:
            yield machine_finding(MESSAGE(url=answer.url, problem=answer.problem), CONNECT())
