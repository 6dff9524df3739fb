"""`/etc/resolv.conf` names no DNS server, or is a link to a file that does not exist.

No host name can be resolved, so go downloads nothing. It happens after `generateResolvConf=false` without a file of
one's own.

## Example

```json host
{"network": {"name_servers": [], "resolv_conf": "/etc/resolv.conf"}}
```

## Example

```json host
{"network": {"name_servers": null, "resolv_conf": "/run/resolvconf/resolv.conf"}}
```

## No finding

```json host
{}
```

## No finding

It could not be read:

```json host
{"network": {"name_servers": null, "resolv_conf": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

NONE_NAMED = Message(
    en="/etc/resolv.conf names no DNS server: no host name can be resolved",
    zh="/etc/resolv.conf 中没有 DNS 服务器：无法解析任何主机名",
)
DANGLING = Message(
    en="/etc/resolv.conf links to {path}, which does not exist: no host name can be resolved",
    zh="/etc/resolv.conf 指向不存在的 {path}：无法解析任何主机名",
)
RESTORE = Message(
    en="remove generateResolvConf=false from /etc/wsl.conf, then in Windows type: wsl --terminate {name}",
    zh="从 /etc/wsl.conf 删除 generateResolvConf=false，然后在 Windows 中输入：wsl --terminate {name}",
)


@machine_rule(
    Severity.ERROR,
    "network.names",
    needs=("network.name_servers", "network.resolv_conf", "wsl.generation", "wsl.distribution"),
)
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    servers, path = host.network.name_servers, host.network.resolv_conf
    if servers or (servers is None and path is None):
        return
    message: Text = DANGLING(path=path) if servers is None else NONE_NAMED()
    yield machine_finding(message, RESTORE(name=host.wsl.distribution or "NAME") if host.wsl.generation else None)
