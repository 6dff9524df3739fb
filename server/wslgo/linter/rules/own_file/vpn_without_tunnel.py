r"""Windows is connected to a VPN, and `dnsTunneling=false` keeps its names from this distribution.

Many VPNs tell Windows which names their own DNS servers know. WSL asks Windows for such a name only through the tunnel;
without it a name of the company is not found, or found with its public address. Remove `dnsTunneling=false`.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=8GB
dnsTunneling=false
```

```json host
{"windows": {"vpn": "WireGuard"}, "network": {"name_servers": ["172.20.0.1"]}}
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=8GB
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
dnsTunneling=false
```

```json host
{"windows": {"vpn": "Tailscale"}, "network": {"name_servers": ["192.168.1.1"]}}
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
networkingMode=mirrored
```

## No finding

No VPN is known:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
dnsTunneling=false
```

```json host
{"windows": {"vpn": ""}, "network": {"name_servers": ["172.20.0.1"]}}
```

## No finding

Your own `resolv.conf` is a choice:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
dnsTunneling=false
```

```json host
{"windows": {"vpn": "WireGuard"}, "network": {"name_servers": ["10.1.2.3"], "resolv_conf": "/etc/resolv.conf"}}
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
dnsTunneling=true
```

```json host
{"windows": {"vpn": "WireGuard"}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

GENERATED = "/wsl/resolv.conf"  # below the root of the automatic mounts

MESSAGE = Message(
    en="Without the tunnel, names that the VPN of Windows ({vpn}) knows are not found here",
    zh="没有隧道时，此处找不到 Windows 的 VPN（{vpn}）所知道的名称",
)


@rule(
    Severity.INFORMATION,
    fixable=Safety.UNSAFE,
    needs={WSLCONFIG: ("wslconfig", "windows.vpn", "network.resolv_conf")},
    dimension="network",
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    vpn, resolv_conf = scene.host.windows.vpn, scene.host.network.resolv_conf or ""
    setting = file.find("wsl2", "dnsTunneling")
    if scene.snapshot is None or not vpn or not resolv_conf.endswith(GENERATED):
        return
    if setting is not None and setting.converted == "false":
        fix = Fix(REMOVE(name="dnsTunneling"), (edit.removal(file, setting),))
        yield Finding(setting.value_span, MESSAGE(vpn=vpn), (fix,), about="network.names")
