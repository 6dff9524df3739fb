"""Windows finds its proxy with a script (PAC), which go, git and apt cannot read.

A PAC file is a program in JavaScript that names a proxy for each address. Programs of Windows run it; those of Linux
know only the address of one proxy, in HTTPS_PROXY. WSL does not run the script either. A
variable that names the script instead of a proxy is a warning.

## Example

```json host
{"windows": {"proxy": "", "proxy_script": "http://proxy.corp.example/proxy.pac"}}
```

becomes

```json host
{
 "windows": {"proxy": "", "proxy_script": "http://proxy.corp.example/proxy.pac"},
 "network": {"proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:3128", "origin": "environment"}]}
}
```

## No finding

Windows uses one proxy for all:

```json host
{"windows": {"proxy": "proxy.corp.example:8080", "proxy_script": ""}}
```

## No finding

It is not known:

```json host
{"windows": {"proxy": null, "proxy_script": null}}
```

## No finding

Outside of WSL:

```json host host=not-wsl
{"windows": {"proxy_script": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.proxies import addresses, is_script
from wslgo.text.message import Message

MESSAGE = Message(
    en="Windows finds its proxy with the script {script}, which go, git and apt cannot read: they use no proxy",
    zh="Windows 通过脚本 {script} 查找代理，而 go、git 和 apt 无法读取该脚本：它们不使用代理",
)
NAMED = Message(
    en="{name} names the script {script}. go, git and apt use its host as a proxy and do not read the script",
    zh="{name} 中是脚本 {script}。go、git 和 apt 会把它的主机当作代理，而不读取该脚本",
)
STEP = Message(
    en="ask which proxy the script returns and set HTTPS_PROXY to it, or run a program that reads it, such as px",
    zh="查明该脚本返回的代理并将 HTTPS_PROXY 设为它，或者运行能读取脚本的程序，例如 px",
)


@machine_rule(Severity.INFORMATION, "network.proxy", needs=("windows.proxy", "windows.proxy_script", "network.proxies"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    known = addresses(host.network.proxies)
    for value, name in known.items():
        if is_script(value):
            yield machine_finding(NAMED(name=name, script=value), STEP(), severity=Severity.WARNING)
    script = host.windows.proxy_script
    if script and not host.windows.proxy and not known:
        yield machine_finding(MESSAGE(script=script), STEP())
