"""A proxy variable names this distribution, where no proxy runs: Windows' proxy is meant.

In NAT mode, the only one that Windows 10 has, `127.0.0.1` is the distribution itself. A proxy that runs in Windows is
reached through that address only in mirrored mode. In NAT mode it has to accept connections of other computers (Clash
calls that "Allow LAN"), and its address is the default gateway. It is a warning if no program of the distribution
listens there.

## Example

```json host
{
 "running": {"networking": "nat"},
 "network": {"proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"}]}
}
```

becomes

```json host
{
 "running": {"networking": "mirrored"},
 "network": {"proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"}]}
}
```

## Example

On Windows 10:

```json host
{
 "windows": {"build": 19045},
 "running": {"networking": null},
 "network": {"proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"}]}
}
```

## No finding

A program of the distribution listens there:

```json host host=ubuntu-24.04-nat
{"network": {
 "proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:3128", "origin": "environment"}],
 "silent_proxies": []
}}
```

## No finding

```json host
{
 "running": {"networking": "nat"},
 "network": {"proxies": [{"name": "https_proxy", "value": "http://10.1.2.3:8080", "origin": "environment"}]}
}
```

## No finding

It names exceptions, not a proxy:

```json host
{
 "running": {"networking": "nat"},
 "network": {"proxies": [{"name": "no_proxy", "value": "127.0.0.1", "origin": "environment"}]}
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.network_modes import is_nat, reach_windows
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import addresses, is_loopback
from wslgo.text.message import Message

MESSAGE = Message(
    en="{name}={value}: in NAT mode that is this distribution, not Windows",
    zh="{name}={value}：在 NAT 模式下指此发行版自身，而非 Windows",
)
SILENT = Message(
    en="{name}={value}: in NAT mode that is this distribution, not Windows, and no program listens there",
    zh="{name}={value}：在 NAT 模式下指此发行版自身，而非 Windows，且该处没有程序在监听",
)


@machine_rule(
    Severity.INFORMATION,
    "network.proxy",
    needs=("network.proxies", "network.silent_proxies", "network.gateway", "running.networking", "windows.build"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if not is_nat(host):
        return
    silent = host.network.silent_proxies
    for value, name in addresses(host.network.proxies).items():
        if not is_loopback(value) or (silent is not None and value not in silent):
            continue
        if silent is None:
            yield machine_finding(MESSAGE(name=name, value=value), reach_windows(host, value, name))
        else:
            message = SILENT(name=name, value=value)
            yield machine_finding(message, reach_windows(host, value, name), severity=Severity.WARNING)
