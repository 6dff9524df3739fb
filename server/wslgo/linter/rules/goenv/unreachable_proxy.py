"""`direct` or `off` stands before a proxy in GOPROXY, so the proxy is never asked.

The go command walks the list from the left and ends it at the first `direct` or `off`; what follows is not even
parsed. With `direct` first every module comes straight from its origin, which is slow or blocked where people set a
proxy at all.

The fix moves the word to the end. It is not applied unasked: from then on the proxies learn which modules are used.

## Example

```bash path=.bashrc
export GOPROXY=direct,https://goproxy.cn
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

```json path=.vscode/settings.json
{
  "go.toolsEnvVars": {
    "GOPROXY": "https://a.example,off,https://b.example|https://c.example"
  }
}
```

becomes

```json path=.vscode/settings.json
{
  "go.toolsEnvVars": {
    "GOPROXY": "https://a.example,https://b.example|https://c.example,off"
  }
}
```

## Example

A word behind the one that ends the list does nothing and is only faded:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct,off
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## No finding

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## No finding

Only a shell knows the whole value:

```bash path=.bashrc
export GOPROXY=direct,$GOPROXY
```

## No finding

Nobody but Go programs read it:

```json path=.vscode/launch.json
{"configurations": [{"type": "python", "request": "launch", "env": {"GOPROXY": "direct,https://goproxy.cn"}}]}
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.goproxy import GoProxy, parse
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="go never asks {entries}: '{keyword}' before it ends the list",
    zh="go 永远不会访问 {entries}：其前面的 '{keyword}' 已结束列表",
)
REORDER = Message(en="Put '{keyword}' last", zh="将 '{keyword}' 放到最后")
DROP = Message(en="Remove what go never asks", zh="删除 go 永远不会访问的部分")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or assignment.value is None:
        return
    proxy = parse(assignment.value)
    if not proxy.unreachable or proxy.error:
        return
    keyword = proxy.entries[-1].text
    hidden = Span(proxy.unreachable[0].span.start, proxy.unreachable[-1].span.end)
    entries = ", ".join(entry.text for entry in proxy.unreachable)
    severity = Severity.HINT if all(entry.is_keyword for entry in proxy.unreachable) else None
    message = MESSAGE(entries=entries, keyword=keyword)
    fixes = tuple(_fixes(assignment, assignment.value, proxy))
    yield Finding(part_span(assignment, hidden), message, fixes, tags=(Tag.UNNECESSARY,), severity=severity)


def _fixes(assignment: Assignment, value: str, proxy: GoProxy) -> Iterator[Fix]:
    last = proxy.entries[-1]
    if not any(entry.is_keyword for entry in proxy.unreachable):
        edit = part_edit(assignment, Span(last.span.start, len(value)), f"{_behind(value, proxy)},{last.text}")
        if edit is not None:
            yield Fix(REORDER(keyword=last.text), (edit,))
    edit = part_edit(assignment, Span(last.span.end, len(value)), "")
    if edit is not None:
        yield Fix(DROP(), (edit,))


def _behind(value: str, proxy: GoProxy) -> str:
    """The entries behind the word, with the separators between them."""
    return value[proxy.unreachable[0].span.start : proxy.unreachable[-1].span.end]
