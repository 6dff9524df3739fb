"""A proxy is set, but NO_PROXY is not.

curl, git and most programs then use the proxy even for localhost and for hosts of the company's network, which the
proxy often cannot reach. Only go never uses a proxy for localhost. `wslgo provision --only proxy` sets both spellings.

## Example

```json host
{"network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.example:8080", "origin": "environment"}
]}}
```

becomes

```json host
{"network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,127.0.0.1,::1", "origin": "environment"}
]}}
```

## No finding

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
]}}
```

## No finding

A program on this computer, which connects to localhost itself:

```json host
{"network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://127.0.0.1:7890", "origin": "environment"}
]}}
```

## No finding

No proxy is set:

```json host
{"network": {"proxies": []}}
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
    en="{name} is set without NO_PROXY: programs use the proxy even for localhost and private hosts",
    zh="设置了 {name} 但没有 NO_PROXY：程序连 localhost 和私有主机也会通过代理访问",
)


@machine_rule(Severity.HINT, "network.proxy", needs=("network.proxies",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    proxies = {proxy.name.upper(): proxy for proxy in host.network.proxies}
    first = proxies.get("HTTPS_PROXY") or proxies.get("HTTP_PROXY")
    if first and "NO_PROXY" not in proxies and not is_loopback(first.value):
        yield machine_finding(MESSAGE(name=first.name), command("wslgo provision --only proxy"))
