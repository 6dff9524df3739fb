"""A name server loses queries: all of them, some of those sent at once, or those over TCP.

A program waits five seconds for each lost query before it asks again, so `go mod download` is slow or ends with "i/o
timeout" and "server misbehaving". The DNS proxy of NAT mode drops queries of many programs at once, and large answers,
which come over TCP. With `dnsTunneling=true`, the default on Windows 11 22H2 and later, WSL asks Windows instead. Only
`wslgo doctor --network` asks name servers. That only large answers are lost is an info.

## Example

```json host host=ubuntu-24.04-nat
{"network": {
  "gateway": "172.20.0.1", "name_servers": ["172.20.0.1"],
  "lookups": [{"server": "172.20.0.1", "answers": true, "sent": 16, "answered": 5, "answers_over_tcp": true}]
}}
```

becomes

```json host host=ubuntu-24.04-nat
{"network": {
  "lookups": [{"server": "10.255.255.254", "answers": true, "sent": 16, "answered": 16, "answers_over_tcp": true}]
}}
```

## Example

```json host
{"network": {"lookups": [{"server": "10.255.255.254", "answers": false}]}}
```

## No finding

One of many can get lost anywhere:

```json host
{"network": {"lookups": [
  {"server": "192.168.1.1", "answers": true, "sent": 16, "answered": 15, "answers_over_tcp": true}
]}}
```

## No finding

No name server was asked:

```json host
{"network": {"lookups": null}}
```

## No finding

The second server is asked only if the first one is silent:

```json host
{"network": {"lookups": [
  {"server": "10.255.255.254", "answers": true, "sent": 16, "answered": 16, "answers_over_tcp": true},
  {"server": "192.168.1.1", "answers": false}
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.windows_address import TUNNEL
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONFIG
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows

ALLOWED = 2  # of the queries sent at once: a packet can get lost anywhere

SILENT = Message(
    en="The name server {server} does not answer: each name costs seconds, or is not found",
    zh="DNS 服务器 {server} 没有应答：每个名称都要等待数秒，或者找不到",
)
SOME = Message(
    en="The name server {server} answered only {answered} of {sent} queries sent at once: downloads wait or fail",
    zh="DNS 服务器 {server} 只应答了同时发出的 {sent} 个查询中的 {answered} 个：下载会等待或失败",
)
NOT_OVER_TCP = Message(
    en="The name server {server} does not answer over TCP: names with many addresses are not found",
    zh="DNS 服务器 {server} 不应答 TCP 查询：地址很多的名称会找不到",
)
TURN_ON = Message(
    en="set dnsTunneling=true under [wsl2] in .wslconfig (Windows 11 22H2), then in Windows type: wsl --shutdown",
    zh="在 .wslconfig 的 [wsl2] 下写 dnsTunneling=true（Windows 11 22H2），然后在 Windows 中输入：wsl --shutdown",
)
REMOVE = Message(
    en="remove dnsTunneling=false from .wslconfig, then in Windows type: wsl --shutdown",
    zh="从 .wslconfig 删除 dnsTunneling=false，然后在 Windows 中输入：wsl --shutdown",
)
OTHER = Message(
    en="name another server in {path}, or check the network and the VPN",
    zh="在 {path} 中改用其他服务器，或检查网络和 VPN",
)


@machine_rule(
    Severity.WARNING,
    "network.names",
    needs=(
        *("network.lookups", "network.gateway", "network.resolv_conf", "network.name_servers"),
        *("running.networking", "wslconfig", "wsl.generation"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    for lookup in (host.network.lookups or ())[:1]:  # programs ask the others only if it is silent
        server = lookup.server
        if not lookup.answers:
            yield machine_finding(SILENT(server=server), _next_step(host, scene, server))
        elif lookup.sent - lookup.answered > ALLOWED:
            message = SOME(server=server, answered=lookup.answered, sent=lookup.sent)
            yield machine_finding(message, _next_step(host, scene, server))
        elif not lookup.answers_over_tcp:
            step = _next_step(host, scene, server)
            yield machine_finding(NOT_OVER_TCP(server=server), step, severity=Severity.INFORMATION)


def _next_step(host: Host, scene: MachineScene, server: str) -> Text:
    if host.wsl.generation and server == TUNNEL:
        return in_windows("wsl --shutdown")
    if host.running.networking == "nat" and server == host.network.gateway:
        setting = scene.wsl_file(host, WSLCONFIG).find("wsl2", "dnsTunneling")
        return REMOVE() if setting is not None and setting.converted == "false" else TURN_ON()
    return OTHER(path=host.network.resolv_conf or "/etc/resolv.conf")
