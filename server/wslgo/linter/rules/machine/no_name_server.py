"""`/etc/resolv.conf` names no DNS server, or is a link to a file that does not exist.

No host name can be resolved, so go downloads nothing. With `generateResolvConf=false` the file is your own: write
`nameserver` and an address into it, after `sudo rm /etc/resolv.conf` if it is a link. Otherwise WSL makes the file when
the distribution starts.

## Example

```json host
{"network": {"name_servers": [], "resolv_conf": "/etc/resolv.conf"}}
```

## Example

```json host
{"network": {"name_servers": null, "resolv_conf": "/run/resolvconf/resolv.conf"}}
```

## Example

```json host
{
 "network": {"name_servers": null, "resolv_conf": "/mnt/wsl/resolv.conf"},
 "wslconf": {"text": "[network]\\ngenerateResolvConf=false\\n"}
}
```

## No finding

```json host
{}
```

## No finding

Without a network there is nothing to ask:

```json host
{"network": {"name_servers": []}, "running": {"networking": "none"}}
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
from wslgo.syntax.family import WSLCONF
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows

NONE_NAMED = Message(
    en="/etc/resolv.conf names no DNS server: no host name can be resolved",
    zh="/etc/resolv.conf 中没有 DNS 服务器：无法解析任何主机名",
)
DANGLING = Message(
    en="/etc/resolv.conf links to {path}, which does not exist: no host name can be resolved",
    zh="/etc/resolv.conf 指向不存在的 {path}：无法解析任何主机名",
)
OWN = Message(
    en="write your own /etc/resolv.conf, or remove generateResolvConf=false from /etc/wsl.conf, then in Windows type: "
    "wsl --terminate {name}",
    zh="自行编写 /etc/resolv.conf；或从 /etc/wsl.conf 删除 generateResolvConf=false，然后在 Windows 中输入："
    "wsl --terminate {name}",
)


@machine_rule(
    Severity.ERROR,
    "network.names",
    needs=(
        *("network.name_servers", "network.resolv_conf", "running.networking"),
        *("wsl.generation", "wsl.distribution", "wslconf"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    servers, path = host.network.name_servers, host.network.resolv_conf
    if servers or (servers is None and path is None) or host.running.networking == "none":
        return
    message: Text = DANGLING(path=path) if servers is None else NONE_NAMED()
    yield machine_finding(message, _next_step(host, scene) if host.wsl.generation else None)


def _next_step(host: Host, scene: MachineScene) -> Text:
    name = host.wsl.distribution or "NAME"
    setting = scene.wsl_file(host, WSLCONF).find("network", "generateResolvConf")
    is_own = setting is not None and setting.converted == "false"
    return OWN(name=name) if is_own else in_windows(f"wsl --terminate {name}")
