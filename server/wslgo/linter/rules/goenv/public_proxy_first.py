"""A public proxy comes before the company's proxy in GOPROXY.

go asks the proxies in order, so the public one learns the path of each private module. A module that is published there
under such a path wins. Put the company's proxy first, or name the private modules in GOPRIVATE.

## Example

```bash path=.bashrc
export GOPROXY=https://proxy.golang.org,https://goproxy.corp.example,direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.corp.example,https://proxy.golang.org,direct
```

## No finding

```bash path=.bashrc
export GOPROXY=https://goproxy.corp.example,https://proxy.golang.org,direct
```

## No finding

Private modules use no proxy:

```properties path=.config/go/env
GOPROXY=https://proxy.golang.org,https://goproxy.corp.example,direct
GOPRIVATE=git.corp.example
```

## No finding

Both are public:

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,https://goproxy.io,direct
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.goenv.proxy_chain import has_exemptions_beside, is_private, is_public, usable_proxies
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="{public} learns the paths of private modules because go asks it before {private}",
    zh="go 会先访问 {public}，再访问 {private}，因此前者会得知私有模块的路径",
)
TITLE = Message(en="Ask {host} first", zh="先访问 {host}")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("go_variables",), dimension="security")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    proxy = usable_proxies(assignment)
    if proxy is None or assignment.value is None:
        return
    public = next((entry for entry in proxy.entries if is_public(entry)), None)
    private = next((entry for entry in proxy.entries if is_private(entry) and entry.target.scheme != "file"), None)  # type: ignore[union-attr]
    if public is None or private is None or private.span < public.span:
        return
    if public.target is None or private.target is None:
        return
    if has_exemptions_beside(assignment, scene.file, scene.others, scene.host):
        return
    edit = None
    if len(proxy.entries) > 1:
        before = assignment.value[public.span.start : private.span.start]
        new = f"{private.text},{before.rstrip().rstrip(',|').rstrip()}"
        edit = part_edit(assignment, Span(public.span.start, private.span.end), new)
    fixes = (Fix(TITLE(host=private.target.host), (edit,)),) if edit else ()
    message = MESSAGE(public=public.target.host, private=private.target.host)
    yield Finding(part_span(assignment, public.span), message, fixes)
