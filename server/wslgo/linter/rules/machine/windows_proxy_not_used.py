"""Windows uses a proxy, and this distribution does not.

WSL copies the proxy of Windows at its start (`autoProxy`, Windows 11 22H2 and later), but in NAT mode not one at
`127.0.0.1`, which a distribution cannot reach: WSL then reports that a localhost proxy was "not mirrored into WSL".
go, git and apt connect directly, and where only the proxy reaches the internet, they wait until their time is up. A
proxy at another address is an info: WSL on Windows 10 copies none, `autoProxy=false` forbids it, and one that was set
since WSL started is copied at the next start.

## Example

```json host host=ubuntu-24.04-nat
{"windows": {"proxy": "127.0.0.1:7890"}}
```

becomes

```json host host=ubuntu-24.04-mirrored
{"windows": {"proxy": "127.0.0.1:7890"}}
```

## Example

Windows 10, whose only mode is NAT:

```json host
{
 "windows": {"build": 19045, "proxy": "127.0.0.1:7890"},
 "running": {"networking": null}
}
```

becomes

```json host
{
 "windows": {"build": 19045, "proxy": "127.0.0.1:7890"},
 "running": {"networking": null},
 "network": {
  "proxies": [
   {"name": "https_proxy", "value": "http://172.22.16.1:7890", "origin": "environment"},
   {"name": "no_proxy", "value": "localhost", "origin": "environment"}
  ],
  "apt_proxy": "/etc/apt/apt.conf.d/80proxy",
  "gateway": "172.22.16.1"
 }
}
```

## No finding

Windows uses none:

```json host host=ubuntu-24.04-nat
{"windows": {"proxy": ""}}
```

## No finding

The distribution has one of its own:

```json host host=ubuntu-24.04-nat
{
 "windows": {"proxy": "127.0.0.1:7890"},
 "network": {"proxies": [
  {"name": "https_proxy", "value": "http://10.1.2.3:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
 ]}
}
```

## No finding

In mirrored mode, whatever the address:

```json host host=ubuntu-24.04-mirrored
{"windows": {"proxy": "proxy.corp.example:8080"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.version import wsl_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.network_modes import can_mirror, is_nat, reach_windows
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import addresses, is_loopback
from wslgo.syntax.family import WSLCONFIG
from wslgo.text.message import Message, Text
from wslgo.text.next_step import in_windows

UNREACHABLE = Message(
    en="Windows uses the proxy {proxy}, which this distribution cannot reach in NAT mode: go, git and apt use none",
    zh="Windows 使用代理 {proxy}，而此发行版在 NAT 模式下无法到达它：go、git 和 apt 不使用代理",
)
NOT_COPIED = Message(
    en="Windows uses the proxy {proxy}, and WSL does not copy it ({cause}): go, git and apt use none",
    zh="Windows 使用代理 {proxy}，而 WSL 没有复制它（{cause}）：go、git 和 apt 不使用代理",
)
NOT_YET = Message(
    en="Windows uses the proxy {proxy}, which is not set here: WSL copies it when it starts",
    zh="Windows 使用代理 {proxy}，但此处没有设置：WSL 在启动时才复制它",
)
SET = Message(
    en="set HTTPS_PROXY and HTTP_PROXY to {proxy} in ~/.profile",
    zh="在 ~/.profile 中将 HTTPS_PROXY 和 HTTP_PROXY 设为 {proxy}",
)
TURN_ON = Message(
    en="delete autoProxy=false under [wsl2] in .wslconfig, then restart WSL",
    zh="删除 .wslconfig 中 [wsl2] 下的 autoProxy=false，然后重启 WSL",
)
SWITCHED_OFF = "autoProxy=false"
OF_WINDOWS_10 = "Windows 10"
OF_WSL = "WSL {version}"
AUTO_PROXY = (2, 0, 0)  # the first WSL with it


@machine_rule(
    Severity.WARNING,
    "network.proxy",
    needs=(
        *("windows.proxy", "windows.build", "network.proxies", "running.networking"),
        *("wsl.generation", "wsl.version", "wslconfig"),
    ),
)
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    proxy = host.windows.proxy
    if not proxy or addresses(host.network.proxies) or not is_nat(host):
        return
    cause = _cause(host, scene)
    if is_loopback(proxy):
        # A user who has turned the copying off knows of it.
        severity = Severity.INFORMATION if cause == SWITCHED_OFF else None
        step = reach_windows(host, proxy, "HTTPS_PROXY")
        yield machine_finding(UNREACHABLE(proxy=proxy), step, severity=severity)
    elif cause:
        message = NOT_COPIED(proxy=proxy, cause=cause)
        yield machine_finding(message, _step(proxy, cause), severity=Severity.INFORMATION)
    else:
        step = in_windows("wsl --shutdown")
        yield machine_finding(NOT_YET(proxy=proxy), step, severity=Severity.INFORMATION)


def _cause(host: Host, scene: MachineScene) -> str:
    """Return why WSL does not copy the proxy of Windows, "" if it does."""
    version = wsl_version(host.wsl.version or "")
    if not can_mirror(host):
        return OF_WINDOWS_10
    if version is not None and version < AUTO_PROXY:
        return OF_WSL.format(version=host.wsl.version)
    is_on = scene.wsl_file(host, WSLCONFIG).is_true("wsl2", "autoProxy")
    return SWITCHED_OFF if is_on is False else ""


def _step(proxy: str, cause: str) -> Text:
    return TURN_ON() if cause == SWITCHED_OFF else SET(proxy=proxy if "://" in proxy else f"http://{proxy}")
