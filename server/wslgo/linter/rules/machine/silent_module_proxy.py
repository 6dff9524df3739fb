"""The module proxy that go asks does not answer, but another one does.

GOPROXY has its default, and `https://proxy.golang.org` cannot be reached from everywhere. go asks the next entry only
if a module is not found, so downloads end after a long time. Only `wslgo provision` and `wslgo doctor --network` ask
servers.

## Example

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "default"}],
 "network": {"answers": [
  {"url": "https://proxy.golang.org", "problem": "no answer in time"},
  {"url": "https://goproxy.cn"}
 ]}
}
```

becomes

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/home/user/.config/go/env"}],
 "network": {"answers": [{"url": "https://goproxy.cn"}]}
}
```

## No finding

It answers:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "default"}],
 "network": {"answers": [{"url": "https://proxy.golang.org"}]}
}
```

## No finding

None answers, which `machine/no-answer` says:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://proxy.golang.org,direct", "origin": "default"}],
 "network": {"answers": [
  {"url": "https://proxy.golang.org", "problem": "no answer in time"},
  {"url": "https://goproxy.cn", "problem": "no answer in time"}
 ]}
}
```

## No finding

Another list is a choice:

```json host
{
 "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.corp.example|direct", "origin": "environment"}],
 "network": {"answers": [
  {"url": "https://goproxy.corp.example", "problem": "no answer in time"},
  {"url": "https://goproxy.cn"}
 ]}
}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.syntax.go import goproxy
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{url} does not answer here ({problem}), but {other} does: go cannot download modules",
    zh="此处无法访问 {url}（{problem}），而 {other} 可以访问：go 无法下载模块",
)


@machine_rule(Severity.WARNING, "network.answers", needs=("network.answers", "go_variables"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    answers = {answer.url: answer for answer in host.network.answers or () if answer.serves == "modules"}
    variable = host.variable("GOPROXY")
    asked = answers.get(goproxy.parse(goproxy.DEFAULT).entries[0].text)
    # With `direct` alone go would not verify less, but need git and reach every host itself.
    other = next((url for url, answer in answers.items() if not answer.problem and url not in goproxy.KEYWORDS), None)
    if asked is None or other is None or (variable is not None and variable.value != goproxy.DEFAULT):
        return
    if asked.problem and not asked.distrust:
        step = command("wslgo provision --only go-variables")
        yield machine_finding(MESSAGE(url=asked.url, problem=asked.problem, other=other), step)
