"""Go stops at an entry of GOPROXY that fails, although a later one answers.

After `,` go asks the next entry only if a module is not there (404, 410), after `|` also after other errors. No
separator helps against a server that never answers: go waits for it without end. `wslgo doctor --network` asks each
entry and offers an order in which go gets modules. A public proxy never comes before one that may be private, since it
would receive the paths of private modules.

## Example

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://goproxy.io,https://goproxy.cn,direct", "origin": "/home/user/.config/go/env"}
 ],
 "network": {"answers": [
  {"url": "https://goproxy.io", "problem": "no route to host", "outcome": "unreachable"},
  {"url": "https://goproxy.cn", "outcome": "answers", "status": 200}
 ]}
}
```

becomes

```json host
{
 "go_variables": [
  {"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/home/user/.config/go/env"}
 ],
 "network": {"answers": [{"url": "https://goproxy.cn", "outcome": "answers", "status": 200}]}
}
```

## No finding

The entry does not have the module, and go asks the next one:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://go.corp.example,https://goproxy.cn", "origin": "environment"}],
 "network": {"answers": [
  {"url": "https://go.corp.example", "problem": "404", "outcome": "not-found", "status": 404, "falls_back": true},
  {"url": "https://goproxy.cn", "outcome": "answers", "status": 200}
 ]}
}
```
"""

from collections.abc import Iterator

from wslgo.goenv.proxy_chain import is_public
from wslgo.goenv.proxy_walk import Leg, Walk, better_order, walk_of
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.linter.value_cure import assignment
from wslgo.machine.host import Host
from wslgo.text.message import Message, Text

STOPS = Message(
    en="go stops at {url} ({problem}) and does not ask {other}, which answers",
    zh="go 在 {url}（{problem}）处停止，不会访问有回应的 {other}",
)
WAITS = Message(
    en="go waits for {url} without end and does not ask {other}, which answers",
    zh="go 会无限期等待 {url}，不会访问有回应的 {other}",
)
SLOWS = Message(
    en="go asks {url} ({problem}) for every file before {other}, which answers",
    zh="go 对每个文件都先访问 {url}（{problem}），再访问有回应的 {other}",
)
PRIVATE = Message(
    en="ask who runs {url}: it may serve private modules, so a public proxy must not come first",
    zh="请联系 {url} 的维护者：它可能提供私有模块，因此公共代理不能排在它前面",
)
REORDER = Message(en="in GOPROXY, write {url} after {other}", zh="在 GOPROXY 中，将 {url} 写在 {other} 之后")
_BY_POLICY = (401, 403, 451)


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    walk = walk_of(host)
    if walk is None:
        return
    failed = next((leg for leg in walk.legs[: walk.at + 1] if leg.fails), None)
    other = walk.last if walk.served else walk.later
    if failed is None or other is None or failed.entry.text == "off":
        return
    names = {"url": failed.answer.url, "other": other.answer.url}
    if walk.served:
        # Only a list without a comma gets here: go works, and each file costs one more attempt.
        message, severity = SLOWS(**names, problem=failed.answer.problem), Severity.INFORMATION
    elif failed.answer.is_endless:
        message, severity = WAITS(**names), Severity.WARNING
    else:
        is_policy = failed.answer.status in _BY_POLICY
        message = STOPS(**names, problem=failed.answer.problem)
        severity = Severity.INFORMATION if is_policy else Severity.WARNING
    yield machine_finding(message, _step(host, walk, failed, other), severity=severity)


def _step(host: Host, walk: Walk, failed: Leg, other: Leg) -> Text:
    better = better_order(walk)
    if better is not None:
        return assignment(host, "GOPROXY", better)
    if is_public(failed.entry) or not is_public(other.entry):
        return REORDER(url=failed.answer.url, other=other.answer.url)
    return PRIVATE(url=failed.answer.url)
