"""The proxy asks for a login that go does not have.

It answers with 407. go, git and apt send only a name and a password, those in the address of the proxy: they do not
know NTLM and Kerberos, with which Windows signs in by itself. A program such as px or cntlm signs in for them and is a
proxy on this computer.

## Example

```json host
{"network": {
  "proxies": [
    {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
    {"name": "no_proxy", "value": "localhost", "origin": "environment"}
  ],
  "answers": [{"url": "https://proxy.golang.org", "problem": "Proxy Authentication Required", "proxy_status": 407}]
}}
```

becomes

```json host
{"network": {
  "proxies": [{"name": "https_proxy", "value": "http://127.0.0.1:3128", "origin": "environment"}],
  "answers": [{"url": "https://proxy.golang.org"}]
}}
```

## No finding

Another answer, which `machine/no-answer` says:

```json host
{"network": {
  "proxies": [
    {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
    {"name": "no_proxy", "value": "localhost", "origin": "environment"}
  ],
  "answers": [{"url": "https://proxy.golang.org", "problem": "Bad Gateway", "proxy_status": 502}]
}}
```

## No finding

No server was asked:

```json host
{"network": {"proxies": [
  {"name": "https_proxy", "value": "http://proxy.corp.example:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="The proxy {proxy} asks for a login ({status}). go, git and apt know only name and password, not NTLM",
    zh="代理 {proxy} 要求登录（{status}）。go、git 和 apt 只支持用户名加密码，不支持 NTLM",
)
LOGIN = Message(
    en="run a program that signs in for you, such as px or cntlm, and set HTTPS_PROXY and HTTP_PROXY to its address",
    zh="运行代为登录的程序（例如 px 或 cntlm），并将 HTTPS_PROXY 和 HTTP_PROXY 设为它的地址",
)
STATUS = 407
_NAMES = ("HTTPS_PROXY", "HTTP_PROXY")


@machine_rule(Severity.WARNING, "network.proxy", needs=("network.proxies", "network.answers"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    asked = [answer for answer in host.network.answers or () if answer.proxy_status == STATUS]
    proxies = {proxy.name.upper(): proxy.value for proxy in host.network.proxies}
    proxy = next((proxies[name] for name in _NAMES if name in proxies), "")
    if asked and proxy:
        yield machine_finding(MESSAGE(proxy=proxy, status=STATUS), LOGIN())
