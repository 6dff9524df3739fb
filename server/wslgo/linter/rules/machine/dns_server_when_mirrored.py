"""A DNS server runs here, and mirrored networking passes queries to 127.0.0.1 to Windows.

Programs of this distribution that ask 127.0.0.1 do not reach the server (dnsmasq, mosdns, AdGuard Home, Pi-hole in a
container), and `ignoredPorts=53` does not change that. Let it listen on another address, such as 127.0.0.2, and name
that in `/etc/resolv.conf`; or use `networkingMode=nat`. The servers of WSL (10.255.255.254) and of systemd-resolved
(127.0.0.53) are not concerned.

## Example

```json host
{"network": {"listeners": ["10.255.255.254", "127.0.0.1"]}, "running": {"networking": "mirrored"}}
```

becomes

```json host
{"network": {"listeners": ["10.255.255.254", "127.0.0.2"]}, "running": {"networking": "mirrored"}}
```

## Example

```json host
{"network": {"listeners": ["0.0.0.0", "127.0.0.53", "::"]}, "running": {"networking": "mirrored"}}
```

## No finding

```json host host=ubuntu-24.04-nat
{"network": {"listeners": ["0.0.0.0"]}}
```

## No finding

A server for virtual machines, with an address of its own:

```json host
{"network": {"listeners": ["192.168.122.1", "127.0.0.53", "127.0.0.54"]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

# The one address with a route of its own in mirrored mode (microsoft/WSL issue 14063), and those that stand for all.
CONCERNED = ("127.0.0.1", "0.0.0.0", "::")  # noqa: S104 - compared with what others listen on

MESSAGE = Message(
    en="In mirrored mode queries to 127.0.0.1 go to Windows, not to the DNS server that listens on {address}:53 here",
    zh="在镜像模式下，发往 127.0.0.1 的查询会交给 Windows，而不是此处监听 {address}:53 的 DNS 服务器",
)
MOVE = Message(
    en="ask it at another address, such as 127.0.0.2, or set networkingMode=nat; ignoredPorts=53 does not help",
    zh="改用 127.0.0.2 等其他地址访问该服务器，或设置 networkingMode=nat；ignoredPorts=53 无效",
)


@machine_rule(Severity.INFORMATION, "network.names", needs=("network.listeners", "running.networking"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.running.networking != "mirrored":
        return
    found = [address for address in CONCERNED if address in (host.network.listeners or ())]
    if found:
        address = f"[{found[0]}]" if ":" in found[0] else found[0]
        yield machine_finding(MESSAGE(address=address), MOVE())
