"""Packets of this distribution are larger than those of the connection through which Windows reaches the internet.

In NAT mode `eth0` has an MTU of 1500. If Windows is connected through a VPN with an MTU of 1400 or less, and nothing
tells WSL that a packet was too large, small packets pass and large ones are lost: `ssh` and `ping` work, a TLS
handshake hangs. Give `eth0` the MTU of the VPN; the boot command of `wsl.conf` keeps it. In mirrored mode WSL copies
the MTU.

## Example

```json host host=ubuntu-24.04-nat
{"network": {"mtu": 1500}, "windows": {"mtu": 1300}}
```

becomes

```json host host=ubuntu-24.04-nat
{"network": {"mtu": 1300}, "windows": {"mtu": 1300}}
```

## No finding

```json host host=ubuntu-24.04-nat
{"network": {"mtu": 1500}, "windows": {"mtu": 1500}}
```

## No finding

```json host
{"network": {"mtu": 1500}, "windows": {"mtu": 1300}, "running": {"networking": "mirrored"}}
```

## No finding

Windows did not answer:

```json host host=ubuntu-24.04-nat
{"network": {"mtu": 1500}, "windows": {"mtu": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.titles import TYPE_AND_KEEP
from wslgo.machine.host import Host
from wslgo.text.message import Message

SMALLEST = 1280  # the least that IPv6 allows: a smaller number is not that of a connection to the internet
COMMAND = "ip link set dev eth0 mtu {mtu}"

MESSAGE = Message(
    en="eth0 has an MTU of {mtu}, but the connection of Windows has {windows}: TLS handshakes can hang",
    zh="eth0 的 MTU 为 {mtu}，而 Windows 的连接为 {windows}：TLS 握手可能卡住",
)


@machine_rule(
    Severity.INFORMATION, "network.mtu", needs=("network.mtu", "windows.mtu", "running.networking", "wsl.generation")
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    here, there = host.network.mtu, host.windows.mtu
    if host.running.networking == "nat" and here and there and SMALLEST <= there < here:
        yield machine_finding(MESSAGE(mtu=here, windows=there), TYPE_AND_KEEP(command=COMMAND.format(mtu=there)))
