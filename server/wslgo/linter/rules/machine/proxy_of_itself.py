"""A proxy variable names this distribution, where Windows' proxy is meant.

In NAT mode `127.0.0.1` is the distribution itself. A proxy that runs in Windows is reached through that address only in
mirrored mode.

## Example

```json host
{
 "running": {
  "networking": "nat"
 },
 "network": {
  "proxies": [
   {
    "name": "https_proxy",
    "value": "http://127.0.0.1:7890",
    "origin": "environment"
   }
  ]
 }
}
```

becomes

```json host
{
 "running": {
  "networking": "mirrored"
 },
 "network": {
  "proxies": [
   {
    "name": "https_proxy",
    "value": "http://127.0.0.1:7890",
    "origin": "environment"
   }
  ]
 }
}
```

## No finding

```json host
{
 "running": {
  "networking": "nat"
 },
 "network": {
  "proxies": [
   {
    "name": "https_proxy",
    "value": "http://10.1.2.3:8080",
    "origin": "environment"
   }
  ]
 }
}
```

## No finding

It names exceptions, not a proxy:

```json host
{
 "running": {
  "networking": "nat"
 },
 "network": {
  "proxies": [
   {
    "name": "no_proxy",
    "value": "127.0.0.1",
    "origin": "environment"
   }
  ]
 }
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import is_loopback
from wslgo.text.message import Message

MESSAGE = Message(
    en="{name}={value}: in NAT mode that is this distribution, not Windows",
    zh="{name}={value}：在 NAT 模式下指此发行版自身，而非 Windows",
)
MIRROR = Message(
    en="if the proxy runs in Windows: set networkingMode=mirrored under [wsl2] in .wslconfig (Windows 11 22H2)",
    zh="如果代理运行在 Windows 中：在 .wslconfig 的 [wsl2] 下写 networkingMode=mirrored（Windows 11 22H2）",
)


@machine_rule(Severity.INFORMATION, "network.proxy", needs=("network.proxies", "running.networking"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.running.networking != "nat":
        return
    # Most machines have the same address in four variables: one finding for each address.
    names = {proxy.value: proxy.name for proxy in host.network.proxies if proxy.name.upper() != "NO_PROXY"}
    for value, name in names.items():
        if is_loopback(value):
            yield machine_finding(MESSAGE(name=name, value=value), MIRROR())
