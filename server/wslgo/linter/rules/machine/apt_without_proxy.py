"""The shell has a proxy, and apt does not use it.

apt runs as root, without the variables of the user's shell. Where only the proxy reaches the internet, `apt-get update`
waits for each server until its time is up. `wslgo provision --only proxy` writes the proxy for apt. sudo drops these
variables for every program, unless `sudo -E` is allowed or `env_keep` in /etc/sudoers names them.

## Example

```json host
{"network": {
  "proxies": [{"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"}],
  "apt_proxy": ""
}}
```

becomes

```json host
{"network": {
  "proxies": [{"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"}],
  "apt_proxy": "/etc/apt/apt.conf.d/95wslgo-proxy"
}}
```

## No finding

A program on this computer, which may not run when apt does:

```json host
{"network": {
  "proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"}],
  "apt_proxy": ""
}}
```

## No finding

A distribution without apt:

```json host
{"network": {
  "proxies": [{"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"}],
  "apt_proxy": null
}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import is_loopback
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="apt does not use the proxy {proxy}: it runs as root, without your variables",
    zh="apt 不使用代理 {proxy}：它以 root 身份运行，没有您的环境变量",
)

_NAMES = ("HTTP_PROXY", "HTTPS_PROXY")


@machine_rule(Severity.INFORMATION, "network.proxy", needs=("network.proxies", "network.apt_proxy"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    proxies = [proxy.value for proxy in host.network.proxies if proxy.name.upper() in _NAMES]
    if host.network.apt_proxy == "" and proxies and not any(map(is_loopback, proxies)):
        yield machine_finding(MESSAGE(proxy=proxies[0]), command("wslgo provision --only proxy"))
