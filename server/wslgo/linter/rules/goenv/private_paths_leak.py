"""`|` after a company's proxy sends the paths of private modules to a public proxy.

After `|` go asks the next entry for any error, also if the company's proxy denies a module (403) or is down. The public
proxy and the checksum database then learn the path. With a comma go stops, and with GOPRIVATE it asks no proxy.

## Example

```bash path=.bashrc
export GOPROXY="https://goproxy.corp.example|https://proxy.golang.org,direct"
```

becomes

```bash path=.bashrc
export GOPROXY="https://goproxy.corp.example,https://proxy.golang.org,direct"
```

## No finding

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example|https://proxy.golang.org|direct
GOPRIVATE=git.corp.example
```

## No finding

```bash path=.bashrc
export GOPROXY="https://goproxy.corp.example|direct"
export GOPROXY="https://goproxy.cn|https://proxy.golang.org|direct"
```
"""

from collections.abc import Iterator
from itertools import pairwise

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.goenv.proxy_chain import has_exemptions_beside, is_private, is_public, usable_proxies
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message

MESSAGE = Message(
    en="When {private} fails or denies a module, '|' sends its path to {public}. Use ',' or set GOPRIVATE",
    zh="{private} 出错或拒绝某个模块时，'|' 会把模块路径发送给 {public}。请改用 ','，或设置 GOPRIVATE",
)
TITLE = Message(en="Ask the next proxy only for modules not found", zh="仅在模块不存在时访问下一个代理")


@assignment_rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("go_variables",), dimension="security")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    proxy = usable_proxies(assignment)
    if proxy is None or not assignment.path:
        return
    for private, public in pairwise(proxy.entries):
        if private.next_on != "any-error" or not is_private(private) or not is_public(public):
            continue
        if private.target is None or public.target is None:
            return
        if has_exemptions_beside(assignment, scene.file, scene.others, scene.host):
            return
        edit = part_edit(assignment, private.separator, ",")
        fixes = (Fix(TITLE(), (edit,)),) if edit else ()
        message = MESSAGE(private=private.target.host, public=public.target.host)
        yield Finding(part_span(assignment, private.separator), message, fixes)
