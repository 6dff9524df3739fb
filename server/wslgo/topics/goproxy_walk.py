"""After a comma in GOPROXY, go asks the next proxy only if the module is not found; after `|`, after any error.

## What people believe

"Go tries the proxies of the list in order until one works." So `https://proxy.company.example,direct` is said to
survive an outage of the company's proxy.

## What is true

The separator after an entry decides. After a comma, go continues only if the answer is 404 or 410. A closed port, a
failed DNS lookup, an untrusted certificate, 401, 403 and 500 are final: `direct` is never asked. After a pipe, go
continues after any error. Neither helps against a proxy that accepts the connection and never answers: go waits.

The comma is deliberate. With a pipe, an outage or a 403 ("this module is not allowed") sends the path of the module
to the next server. Nothing after the first `direct` or `off` is read, and one unusable entry before it spoils the
whole list.

## What to do

Put your own proxy first and `direct` last. Use a pipe only after a proxy that may fail and whose modules may be asked
for elsewhere. This shows the steps that go takes, and the second command asks each server:

```sh
wslgo env GOPROXY
wslgo doctor --network
```

## Sources

- Go modules reference, GOPROXY protocol: <https://go.dev/ref/mod#goproxy-protocol>
- go 1.27.3, `src/cmd/go/internal/modfetch/proxy.go`; 14 status codes and the failures of a network tried with both
  separators, 2026-11
"""

from collections.abc import Iterator

from wslgo.machine.host import Host
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.url import mask, mask_reason
from wslgo.text.message import Message, Text
from wslgo.topics.here import GO_VARIABLES, value_of

NEEDS = GO_VARIABLES

REJECTED = Message(en="go rejects it: {words}", zh="go 拒绝该值：{words}")
STOPS = Message(
    en="go asks {url} and stops there after any error but 404 and 410",
    zh="go 访问 {url}，除 404 和 410 外的任何错误都会使它停止",
)
CONTINUES = Message(en="go asks {url} and continues after any error", zh="go 访问 {url}，任何错误后都会继续")
LAST = Message(en="go asks {url}; its answer is final", zh="go 访问 {url}，其结果即为最终结果")
DIRECT = Message(en="then go fetches the module from its origin", zh="然后 go 直接从源站获取模块")
OFF = Message(en="then go stops: modules that are not in its cache fail", zh="然后 go 停止：缓存中没有的模块会失败")


def here(host: Host) -> Iterator[Text]:
    """Yield the value, then each step that go takes."""
    yield value_of(host, "GOPROXY")
    variable = host.variable("GOPROXY")
    if variable is None or not variable.value:
        return
    found = goproxy.parse(variable.value)
    if found.error:
        yield REJECTED(words=mask_reason(found.error))
        return
    keywords = {"direct": DIRECT(), "off": OFF()}
    words = {"not-found": STOPS, "any-error": CONTINUES, "never": LAST}
    for step in found.steps:
        yield keywords.get(step.text) or words[step.next_on](url=mask(step.url))
