"""go asks a module proxy of the company through the HTTP proxy, because NO_PROXY does not name it.

A proxy for the internet often cannot reach the company's own hosts, and answers with 502 or 403. After a comma in
GOPROXY go then stops: it asks the next entry only if the module is not found (404, 410). After `|` it asks the next
one, which learns the paths of private modules. It is a warning if provisioning has seen such an answer. Add the host to
NO_PROXY and no_proxy, wherever the proxy is set.

## Example

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://goproxy.corp.internal,direct", "origin": "/home/user/.config/go/env"}
 ],
 "network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.internal:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,127.0.0.1", "origin": "environment"}
 ]}
}
```

becomes

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://goproxy.corp.internal,direct", "origin": "/home/user/.config/go/env"}
 ],
 "network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.internal:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,127.0.0.1,.corp.internal", "origin": "environment"}
 ]}
}
```

## No finding

No entry of GOPROXY is one of a company:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "default"}],
 "network": {"proxies": [
  {"name": "HTTPS_PROXY", "value": "http://proxy.corp.internal:8080", "origin": "environment"},
  {"name": "NO_PROXY", "value": "localhost,127.0.0.1", "origin": "environment"}
 ]}
}
```

## No finding

The proxy is for http alone, and go asks with https:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.corp.internal", "origin": "environment"}],
 "network": {"proxies": [
  {"name": "http_proxy", "value": "http://proxy.corp.internal:8080", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
 ]}
}
```

## No finding

A program on this computer, which connects to any host itself:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.corp.internal", "origin": "environment"}],
 "network": {"proxies": [
  {"name": "https_proxy", "value": "http://127.0.0.1:7890", "origin": "environment"},
  {"name": "no_proxy", "value": "localhost", "origin": "environment"}
 ]}
}
```

## No finding

The proxy was asked, and reaches the host:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.corp.internal", "origin": "environment"}],
 "network": {
  "proxies": [
   {"name": "https_proxy", "value": "http://10.1.2.3:8080", "origin": "environment"},
   {"name": "no_proxy", "value": "localhost", "origin": "environment"}
  ],
  "answers": [{"url": "https://goproxy.corp.internal"}]
 }
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine import proxies
from wslgo.machine.host import Answer, Host
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message

MESSAGE = Message(
    en="go asks {host} through the proxy {proxy}. If the proxy does not reach it, go stops there",
    zh="go 通过代理 {proxy} 访问 {host}。如果该代理无法到达它，go 会就此停止",
)
REFUSED = Message(
    en="go asks {host} through the proxy {proxy}, which answers {status}: go cannot download modules from there",
    zh="go 通过代理 {proxy} 访问 {host}，而代理回应 {status}：go 无法从那里下载模块",
)
ADD = Message(
    en="add {host} to NO_PROXY and no_proxy, wherever {name} is set",
    zh="在所有设置 {name} 的位置，将 {host} 加入 NO_PROXY 和 no_proxy",
)
_LOGIN = 407  # another rule has it


@machine_rule(Severity.INFORMATION, "network.proxy", needs=("network.proxies", "network.answers", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    answers = {answer.url: answer for answer in host.network.answers or ()}
    seen: set[str] = set()
    for entry in goproxy.parse(host.go_values().get("GOPROXY", "")).steps:
        found = proxies.proxy_for_module_proxy(entry, host.network.proxies)
        name = entry.target.host if entry.target is not None else ""
        answer = answers.get(entry.url, Answer(entry.url))
        is_refused = bool(answer.proxy_status) and answer.proxy_status != _LOGIN
        is_asked = entry.url in answers
        if found is None or name in seen or (is_asked and not is_refused):
            continue
        if not is_refused and not proxies.is_of_company(entry, found.value):
            continue
        seen.add(name)
        step = ADD(host=proxies.host_of(name), name=found.name)
        if is_refused:
            message = REFUSED(host=name, proxy=found.value, status=answer.proxy_status)
            yield machine_finding(message, step, severity=Severity.WARNING)
        else:
            yield machine_finding(MESSAGE(host=name, proxy=found.value), step)
