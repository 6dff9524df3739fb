"""No server of Go modules or toolchains answers.

Without network, or behind a proxy that is not set here, `go mod download` fails and the newest release of a tool is
not known: what could not be asked is unknown, not up to date. Only `wslgo provision` asks servers.

## Example

```json host
{"network": {"answers": [
  {"url": "https://goproxy.example", "serves": "modules", "problem": "no answer in time"}
]}}
```

becomes

```json host
{"network": {"answers": [{"url": "https://goproxy.example", "serves": "modules"}]}}
```

## Example

Modules are there, but no source of Go itself answers:

```json host
{"network": {"answers": [
  {"url": "https://go.dev", "serves": "toolchains", "problem": "Network is unreachable"},
  {"url": "https://golang.google.cn", "serves": "toolchains", "problem": "no answer in time"},
  {"url": "https://goproxy.cn", "serves": "modules"}
]}}
```

## No finding

One of them is enough:

```json host
{"network": {"answers": [
  {"url": "https://proxy.golang.org", "serves": "modules", "problem": "no answer in time"},
  {"url": "https://goproxy.cn", "serves": "modules"}
]}}
```

## No finding

No server was asked:

```json host
{"network": {"answers": null}}
```

## No finding

It answers with a certificate that is not trusted, which is another problem:

```json host
{"network": {"answers": [
  {
    "url": "https://goproxy.example",
    "problem": "certificate: unable to get local issuer certificate",
    "distrust": "unable to get local issuer certificate"
  }
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Answer, Host
from wslgo.text.message import Message

MODULES = Message(
    en="Go modules and tools cannot be fetched, so nothing is known about newer ones: {urls} ({problem})",
    zh="无法获取 Go 模块和工具，因此不知道是否有更新的版本：{urls}（{problem}）",
)
TOOLCHAINS = Message(en="Go itself cannot be fetched: {urls} ({problem})", zh="无法获取 Go：{urls}（{problem}）")
AGAIN = Message(
    en="check the network and the proxy, then type: wslgo provision", zh="检查网络和代理，然后输入：wslgo provision"
)

_MESSAGES = {"modules": MODULES, "toolchains": TOOLCHAINS}


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    answers = host.network.answers or ()
    for serves, message in _MESSAGES.items():
        asked = [answer for answer in answers if answer.serves == serves and not answer.outcome]
        silent = [answer for answer in asked if answer.problem and not answer.distrust]
        if silent and all(answer.problem for answer in asked):
            yield machine_finding(message(urls=_urls(silent), problem=silent[0].problem), AGAIN())


def _urls(answers: list[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(answer.url for answer in answers))
