"""A server sends a web page in place of Go modules: the network asks for a login.

Hotels, guest networks and some company proxies answer every address with their own page until someone signs in. Go
reports `invalid character '<' looking for beginning of value` or `not a valid zip file`. `|` in GOPROXY does not help,
since the page comes with status 200. Only `wslgo doctor --network` asks servers.

## Example

```json host
{"network": {"answers": [
  {"url": "https://goproxy.cn", "problem": "an HTML page", "outcome": "login-page", "status": 200}
]}}
```

becomes

```json host
{"network": {"answers": [{"url": "https://goproxy.cn", "outcome": "answers", "status": 200}]}}
```

## No finding

A page that says no:

```json host
{"network": {"answers": [
  {"url": "https://goproxy.cn", "problem": "status 403", "outcome": "refuses", "status": 403}
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.outcomes import LOGIN_PAGE
from wslgo.text.message import Message

MESSAGE = Message(
    en="{urls}: a web page comes in place of Go files, so the network may ask you to sign in, or the address is wrong",
    zh="{urls}：返回的是网页而不是 Go 文件，可能需要先登录网络，或者地址有误",
)
SIGN_IN = Message(
    en="open it in a browser and sign in if it asks you to, then type: wslgo doctor --network",
    zh="在浏览器中打开它，如有要求则登录，然后输入：wslgo doctor --network",
)


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    pages = [answer.url for answer in host.network.answers or () if answer.outcome == LOGIN_PAGE]
    if pages:
        yield machine_finding(MESSAGE(urls=tuple(dict.fromkeys(pages))), SIGN_IN())
