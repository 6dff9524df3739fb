"""A company's proxy is followed by `,direct`, which go does not ask while the proxy is down.

After a comma go asks the next entry only if the proxy answers that a module is not there (404, 410). If the proxy is
down, cannot be reached outside the office, or answers 403, go stops. After `|` it asks the next entry then, too:
modules that the proxy denies would come from their origin, so a comma is often policy.

## Example

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example,direct
```

## No finding

```bash path=.bashrc
export GOPROXY="https://goproxy.corp.example|direct"
export GOPROXY=https://goproxy.cn,direct
export GOPROXY=https://goproxy.corp.example,off
```

## No finding

Another proxy is in between, so the order is well considered:

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example,https://proxy.golang.org,direct
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span
from wslgo.goenv.proxy_chain import is_private, usable_proxies
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message

MESSAGE = Message(
    en="While {host} is down go does not try 'direct': after ',' it does so only for modules not found. '|' would",
    zh="{host} 不可用时 go 不会尝试 'direct'：',' 之后仅在模块不存在时才会访问。若政策允许，请改用 '|'",
)


@assignment_rule(Severity.HINT, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    proxy = usable_proxies(assignment)
    if proxy is None or not assignment.path or len(proxy.entries) != 2:
        return
    first, last = proxy.entries
    is_remote = first.target is not None and first.target.scheme != "file"
    if is_remote and is_private(first) and first.next_on == "not-found" and last.text == "direct":
        host = first.target.host if first.target else ""
        yield Finding(part_span(assignment, first.separator), MESSAGE(host=host))
