"""GOPROXY has only mirrors, so what they do not have cannot be downloaded.

Without `direct` at the end go stops after the last proxy. A module that the mirror does not have, or does not have yet,
is then missing although its origin is reachable. Leave it as it is if only the proxy may be used.

## Example

```properties path=.config/go/env
GOPROXY=https://goproxy.cn
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|https://mirrors.aliyun.com/goproxy/"
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct"
```

## No finding

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
export GOPROXY=https://goproxy.cn,off
export GOPROXY=$MIRROR
```

## No finding

The proxy of a company is often the only way that is allowed:

```properties path=.config/go/env
GOPROXY=https://nexus.shop.example/repository/go
```

## No finding

A job that uses only Go's own proxy gets the same modules each time:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    env:
      GOPROXY: https://proxy.golang.org
```

## No finding

```bash path=.bashrc
export GOPROXY=file:///srv/modules
export GOPROXY=http://localhost:3000
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Scope
from wslgo.goenv.edit import part_edit
from wslgo.goenv.proxy_chain import is_private, usable_proxies
from wslgo.knowledge.module_proxies import OFFICIAL
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="What {host} does not have cannot be downloaded: GOPROXY does not end with direct",
    zh="{host} 没有的模块将无法下载：GOPROXY 没有以 direct 结尾",
)


@assignment_rule(Severity.HINT, fixable=Safety.UNSAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    proxy = usable_proxies(assignment)
    if proxy is None or not assignment.path or assignment.value is None:
        return
    last = proxy.entries[-1]
    # A runner that trusts only Go's own proxy does so for the same modules in every run.
    if assignment.scope is Scope.CI and all(entry.target and entry.target.host == OFFICIAL for entry in proxy.entries):
        return
    if last.is_keyword or last.target is None or any(is_private(entry) for entry in proxy.entries):
        return
    edit = part_edit(assignment, Span(last.span.end, len(assignment.value)), ",direct")
    fixes = (Fix(ADD(text="direct"), (edit,)),) if edit else ()
    yield Finding(assignment.value_span, MESSAGE(host=last.target.host), fixes)
