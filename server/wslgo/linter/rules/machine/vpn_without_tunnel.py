"""Windows is connected to a VPN, and `dnsTunneling=false` keeps its names from this distribution.

Many VPNs tell Windows which names their own DNS servers know. WSL asks Windows for such a name only through the tunnel;
without it a name of the company is not found, or found with its public address. Remove `dnsTunneling=false`.

## Example

```json host host=ubuntu-24.04-nat
{
 "windows": {"vpn": "WireGuard"},
 "network": {"name_servers": ["172.20.0.1"]},
 "wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\\ndnsTunneling=false\\n",
  "at_start": "[wsl2]\\ndnsTunneling=false\\n", "knows_start": true}
}
```

becomes

```json host host=ubuntu-24.04-nat
{"windows": {"vpn": "WireGuard"}}
```

## No finding

No VPN is known:

```json host host=ubuntu-24.04-nat
{
 "windows": {"vpn": ""},
 "network": {"name_servers": ["172.20.0.1"]},
 "wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\\ndnsTunneling=false\\n",
  "at_start": "[wsl2]\\ndnsTunneling=false\\n", "knows_start": true}
}
```

## No finding

Your own name server is a choice:

```json host host=ubuntu-24.04-nat
{
 "windows": {"vpn": "WireGuard"},
 "network": {"name_servers": ["10.1.2.3"]},
 "wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\\ndnsTunneling=false\\n",
  "at_start": "[wsl2]\\ndnsTunneling=false\\n", "knows_start": true}
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.family import WSLCONFIG
from wslgo.text.message import Message

MESSAGE = Message(
    en="dnsTunneling=false: names that the VPN of Windows ({vpn}) knows are not found here",
    zh="dnsTunneling=false：此处找不到 Windows 的 VPN（{vpn}）所知道的名称",
)
REMOVE = Message(
    en="remove dnsTunneling=false from {path}, then in Windows type: wsl --shutdown",
    zh="从 {path} 删除 dnsTunneling=false，然后在 Windows 中输入：wsl --shutdown",
)


@machine_rule(
    Severity.INFORMATION,
    "network.names",
    needs=("windows.vpn", "network.name_servers", "network.gateway", "running.networking", "wslconfig"),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    servers, vpn = host.network.name_servers, host.windows.vpn
    if not vpn or not servers or host.wslconfig is None:
        return
    # The DNS proxy of WSL is at the gateway; any other server is the choice of a person.
    is_of_wsl = host.running.networking == "nat" and servers[0] == host.network.gateway
    setting = scene.wsl_file(host, WSLCONFIG).find("wsl2", "dnsTunneling")
    if is_of_wsl and setting is not None and setting.converted == "false":
        yield machine_finding(MESSAGE(vpn=vpn), REMOVE(path=host.wslconfig.path))
