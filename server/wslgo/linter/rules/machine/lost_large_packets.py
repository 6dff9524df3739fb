"""A server answers only in small packets: something between here and there loses large ones.

A VPN has an MTU below the 1500 of `eth0`, and nothing tells the sender that a packet was too large. `ping` and the
connection itself work, the TLS handshake hangs until its time limit. Only `wslgo doctor --network` tries it, with a
server that is silent: a second handshake in small packets went well.

## Example

```json host host=ubuntu-24.04-nat
{"network": {"large_packets_lost_by": ["goproxy.example"]}}
```

becomes

```json host host=ubuntu-24.04-nat
{"network": {"large_packets_lost_by": []}}
```

## Example

```json host
{"network": {"large_packets_lost_by": ["goproxy.example", "proxy.golang.org"]}}
```

## No finding

It was not tried:

```json host
{"network": {"large_packets_lost_by": null}}
```

## No finding

```json host host=ubuntu-24.04-nat
{"network": {"large_packets_lost_by": []}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.titles import TYPE_AND_KEEP
from wslgo.machine.host import Host
from wslgo.text.message import Message

SAFE = 1280  # what IPv6 asks of every connection
COMMAND = "ip link set dev eth0 mtu {mtu}"

MESSAGE = Message(
    en="{hosts} answers only in small packets: large ones are lost on the way, so TLS handshakes hang",
    zh="{hosts} 只应答小数据包：大数据包在途中丢失，因此 TLS 握手会卡住",
)


@machine_rule(Severity.WARNING, "network.mtu", needs=("network.large_packets_lost_by", "windows.mtu", "network.mtu"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    hosts, there, here = host.network.large_packets_lost_by, host.windows.mtu, host.network.mtu
    if hosts:
        mtu = there if there and here and SAFE <= there < here else SAFE
        yield machine_finding(MESSAGE(hosts=hosts), TYPE_AND_KEEP(command=COMMAND.format(mtu=mtu)))
