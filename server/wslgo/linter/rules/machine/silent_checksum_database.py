"""The checksum database does not answer where go asks it.

Proxies answer, but go verifies each new module with the database and fails without it. Go asks the first proxy that
serves the database, otherwise the database itself. In mainland China `sum.golang.google.cn` is the same database. Only
`wslgo doctor --network` asks it.

## Example

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://go.corp.example", "origin": "/home/user/.config/go/env"},
  {"name": "GOSUMDB", "value": "sum.golang.org", "origin": "default"}
 ],
 "network": {"answers": [
  {"url": "https://go.corp.example", "outcome": "answers", "status": 200},
  {
   "url": "https://sum.golang.org", "serves": "checksums",
   "problem": "no answer in time", "outcome": "times-out"
  },
  {"url": "https://sum.golang.google.cn", "serves": "checksums", "outcome": "answers", "status": 200}
 ]}
}
```

becomes

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://go.corp.example", "origin": "/home/user/.config/go/env"},
  {"name": "GOSUMDB", "value": "sum.golang.google.cn", "origin": "/home/user/.config/go/env"}
 ],
 "network": {"answers": [
  {"url": "https://go.corp.example", "outcome": "answers", "status": 200},
  {"url": "https://sum.golang.google.cn", "serves": "checksums", "outcome": "answers", "status": 200}
 ]}
}
```

## No finding

Nothing answers, so the database is not the problem:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "off", "origin": "environment"}],
 "network": {"answers": [
  {"url": "off", "problem": "disabled by GOPROXY=off", "outcome": "refuses"},
  {
   "url": "https://sum.golang.org", "serves": "checksums",
   "problem": "no answer in time", "outcome": "times-out"
  }
 ]}
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.proxy_walk import walk_of
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.value_cure import assignment
from wslgo.machine.host import Host
from wslgo.machine.outcomes import ANSWERS, BAD_CERTIFICATE, LOGIN_PAGE
from wslgo.syntax.go import gosumdb
from wslgo.text.message import Message, Text

MESSAGE = Message(
    en="The checksum database does not answer at {url} ({problem}): go cannot verify new modules",
    zh="校验和数据库 {url} 没有回应（{problem}）：go 无法校验新模块",
)
ASK = Message(
    en="ask who runs {url}, or check the network and proxy, then type: wslgo doctor --network",
    zh="请联系 {url} 的维护者，或检查网络和代理，然后输入：wslgo doctor --network",
)
_REPORTED = (ANSWERS, BAD_CERTIFICATE, LOGIN_PAGE)  # by other rules, if at all


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    walk = walk_of(host)
    asked = [answer for answer in host.network.answers or () if answer.serves == "checksums" and answer.outcome]
    if walk is None or not walk.served or not asked or asked[0].outcome in _REPORTED:
        return
    others = [answer.url for answer in asked[1:] if answer.outcome == ANSWERS]
    yield machine_finding(MESSAGE(url=asked[0].url, problem=asked[0].problem), _step(host, asked[0].url, others))


def _step(host: Host, url: str, others: list[str]) -> Text:
    mirror = gosumdb.KNOWN[1]
    if f"https://{mirror}" in others and url == f"https://{gosumdb.KNOWN[0]}":
        return assignment(host, "GOSUMDB", mirror)
    return ASK(url=url)
