"""A server has a certificate that has expired, is not valid yet, or is for another host.

Go rejects it (`x509: certificate has expired or is not yet valid`, `certificate is valid for ..., not ...`). The clock
of WSL can cause the first: it stops while the computer sleeps. A certificate of an unknown authority is the subject of
`machine/untrusted-certificate`. Only `wslgo doctor --network` asks servers.

## Example

```json host
{"network": {"answers": [
  {
    "url": "https://goproxy.example",
    "problem": "certificate: certificate has expired",
    "outcome": "bad-certificate"
  }
]}}
```

becomes

```json host
{"network": {"answers": [{"url": "https://goproxy.example", "outcome": "answers", "status": 200}]}}
```

## No finding

The authority is unknown, which another rule reports:

```json host
{"network": {"answers": [
  {
    "url": "https://goproxy.example",
    "problem": "certificate: self-signed certificate",
    "distrust": "self-signed certificate",
    "outcome": "bad-certificate"
  }
]}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.machine.outcomes import BAD_CERTIFICATE
from wslgo.text.message import Message

MESSAGE = Message(en="{url}: go rejects its certificate ({words})", zh="{url}：go 不接受其证书（{words}）")
OF_TIME = Message(
    en="compare the output of date with the time of Windows; if they agree, ask who runs {url}",
    zh="将 date 的输出与 Windows 的时间对比；如果一致，请联系 {url} 的维护者",
)
OF_NAME = Message(
    en="correct the host in {url}, or ask who runs it for a certificate of that name",
    zh="改正 {url} 中的主机名，或请其维护者提供该名称的证书",
)
_TIMES = ("expired", "not yet valid")


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers",))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    for answer in host.network.answers or ():
        if answer.outcome == BAD_CERTIFICATE and not answer.distrust:
            words = answer.problem.removeprefix("certificate: ")
            step = OF_TIME if any(time in words for time in _TIMES) else OF_NAME
            yield machine_finding(MESSAGE(url=answer.url, words=words), step(url=answer.url))
