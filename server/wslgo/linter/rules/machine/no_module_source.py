"""No entry of GOPROXY gives go a module.

Each fails, or go stops at one that does: a build that needs a module that is not in the module cache cannot succeed.
Only `wslgo doctor --network` asks the entries.

## Example

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.io|https://goproxy.cn", "origin": "environment"}],
 "network": {"answers": [
  {"url": "https://goproxy.io", "problem": "no route to host", "outcome": "unreachable", "falls_back": true},
  {"url": "https://goproxy.cn", "problem": "no route to host", "outcome": "unreachable"}
 ]}
}
```

becomes

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.io|https://goproxy.cn", "origin": "environment"}],
 "network": {"answers": [
  {"url": "https://goproxy.io", "outcome": "answers", "status": 200},
  {"url": "https://goproxy.cn", "outcome": "answers", "status": 200}
 ]}
}
```

## No finding

A proxy that does not have the public module may have those of a company:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://go.corp.example", "origin": "environment"}],
 "network": {"answers": [
  {"url": "https://go.corp.example", "problem": "404", "outcome": "not-found", "status": 404}
 ]}
}
```

## No finding

`off` is a choice:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "off", "origin": "environment"}],
 "network": {"answers": [{"url": "off", "problem": "disabled by GOPROXY=off", "outcome": "refuses"}]}
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.proxy_walk import walk_of
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Answer, Host
from wslgo.machine.outcomes import NOT_FOUND
from wslgo.text.message import Message, Text

MESSAGE = Message(
    en="No entry of GOPROXY answers, so go cannot download modules: {url} ({problem})",
    zh="GOPROXY 中没有一项有回应，go 无法下载模块：{url}（{problem}）",
)
THROUGH = Message(
    en="check the proxy {via} (HTTP_PROXY, HTTPS_PROXY, NO_PROXY), then type: wslgo doctor --network",
    zh="检查代理 {via}（HTTP_PROXY、HTTPS_PROXY、NO_PROXY），然后输入：wslgo doctor --network",
)
CONNECT = Message(
    en="check the network, VPN and proxy, then type: wslgo doctor --network",
    zh="检查网络、VPN 和代理，然后输入：wslgo doctor --network",
)


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    walk = walk_of(host)
    if walk is None or any(leg.answers or leg.answer.outcome == NOT_FOUND for leg in walk.legs):
        return
    failed = [leg.answer for leg in walk.legs if leg.entry.text != "off"]
    if failed:
        yield machine_finding(MESSAGE(url=failed[0].url, problem=failed[0].problem), _step(failed))


def _step(failed: list[Answer]) -> Text:
    via = next((answer.via for answer in failed if answer.via), "")
    return THROUGH(via=via) if via else CONNECT()
