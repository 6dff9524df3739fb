"""A proxy variable names Windows by an address that it does not have in this networking mode.

In NAT mode Windows is the default gateway, at another address in 172.16.0.0/12 after each start. In mirrored mode it is
`127.0.0.1`. `10.255.255.254` is WSL's DNS tunnel, where no proxy listens; since WSL 2.2.1 `/etc/resolv.conf` names it
instead of Windows. Every connection through such an address fails. The address of an earlier start in NAT mode is an
info.

## Example

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://10.255.255.254:7890", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
]}}
```

becomes

```json host
{"network": {"proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"}]}}
```

## Example

An address of NAT mode in mirrored mode:

```json host host=ubuntu-24.04-mirrored
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://172.28.144.1:7890", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
]}}
```

## No finding

```json host host=ubuntu-24.04-nat
{"network": {
 "proxies": [
  {"name": "https_proxy", "value": "http://172.22.16.1:7890", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
 ],
 "gateway": "172.22.16.1"
}}
```

## No finding

A proxy of the company, whose address only begins as those of WSL do:

```json host host=ubuntu-24.04-mirrored
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://172.28.144.17:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
]}}
```

## No finding

The address of Windows is not known:

```json host host=ubuntu-24.04-nat
{"network": {
 "proxies": [
  {"name": "https_proxy", "value": "http://172.28.144.1:7890", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
 ],
 "gateway": null
}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.network_modes import EXPORT, MIRRORED, is_nat
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.windows_address import TUNNEL
from wslgo.machine.host import Host
from wslgo.machine.proxies import addresses, host_of_proxy, is_of_nat, port_of_proxy
from wslgo.text.message import Message, Text
from wslgo.text.next_step import command

OF_TUNNEL = Message(
    en="{name}={value}: this is WSL's DNS tunnel, where no proxy listens, so every connection fails",
    zh="{name}={value}：这是 WSL 的 DNS 隧道，没有代理在此监听，所有连接都会失败",
)
OF_NAT = Message(
    en="{name}={value} looks like the address of Windows in NAT mode; in mirrored mode it is {address}",
    zh="{name}={value} 看起来是 NAT 模式下 Windows 的地址；镜像模式下它是 {address}",
)
OF_BEFORE = Message(
    en="{name}={value} looks like the address of Windows at an earlier start; now it is {address}",
    zh="{name}={value} 看起来是之前某次启动时 Windows 的地址；现在它是 {address}",
)
LOOPBACK = "127.0.0.1"


@machine_rule(
    Severity.WARNING,
    "network.proxy",
    needs=("network.proxies", "network.gateway", "running.networking", "windows.build", "wsl.generation"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.wsl.generation != 2:
        return
    is_mirrored, gateway = host.running.networking == MIRRORED, host.network.gateway
    for value, name in addresses(host.network.proxies).items():
        address = host_of_proxy(value)
        if address == TUNNEL:
            message, step = OF_TUNNEL(name=name, value=value), _step(host, name, value)
            yield machine_finding(message, step)
        elif is_of_nat(address) and is_mirrored:
            message = OF_NAT(name=name, value=value, address=LOOPBACK)
            yield machine_finding(message, _step(host, name, value))
        elif is_of_nat(address) and is_nat(host) and gateway and gateway != address:
            # Another switch of Hyper-V has such an address, too.
            message, step = OF_BEFORE(name=name, value=value, address=gateway), _step(host, name, value)
            yield machine_finding(message, step, severity=Severity.INFORMATION)


def _step(host: Host, name: str, value: str) -> Text:
    """Return the command that names Windows as this networking mode reaches it."""
    port = port_of_proxy(value)
    if host.running.networking == MIRRORED:
        return command(f"export {name}=http://{LOOPBACK}:{port}")
    return command(EXPORT.format(name=name, port=port))
