"""NO_PROXY is set, but not `no_proxy`, which is the only one that some programs read.

wget reads proxies and exceptions in small letters alone. So it reaches the hosts in `NO_PROXY` through the proxy, which
often cannot reach them. go, curl and git read both spellings.

## Example

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,.corp.example", "origin": "environment"}
]}}
```

becomes

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,.corp.example", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost,.corp.example", "origin": "environment"}
]}}
```

## No finding

All programs read small letters:

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost,.corp.example", "origin": "environment"}
]}}
```

## No finding

wget has no proxy either:

```json host
{"network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,.corp.example", "origin": "environment"}
]}}
```

## No finding

A program on this computer, which connects to any host itself:

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost", "origin": "environment"}
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import is_loopback
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="NO_PROXY is set without no_proxy: wget, which reads only small letters, uses the proxy for those hosts too",
    zh="设置了 NO_PROXY 但没有 no_proxy：wget 只读取小写名称，访问这些主机时也会使用代理",
)


@machine_rule(Severity.HINT, "network.proxy", needs=("network.proxies",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    proxies = {proxy.name: proxy.value for proxy in host.network.proxies}
    read = [proxies[name] for name in ("http_proxy", "https_proxy") if name in proxies]
    if "NO_PROXY" in proxies and "no_proxy" not in proxies and read and not all(map(is_loopback, read)):
        yield machine_finding(MESSAGE(), command("wslgo provision --only proxy"))
