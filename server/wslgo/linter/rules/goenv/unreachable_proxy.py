"""`direct` or `off` comes before a proxy in GOPROXY, so go never uses the proxy.

The go command reads the list from the left and stops at the first `direct` or `off`; it ignores everything after that.
With `direct` first, every module comes from its origin, which is often slow or blocked in networks that have a proxy.

The fix moves the word to the end. wslgo does not apply it without asking, because then the proxies learn which modules
you use.

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

A `direct` or `off` after another one has no effect, so it is only a hint:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct,off
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

After `off` go downloads nothing:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,off,direct
```

## Example

Go would reject the list if the word were at its end:

```properties path=.config/go/env
GOPROXY=direct,goproxy
```

becomes

```properties path=.config/go/env
GOPROXY=direct
```

## No finding

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## No finding

The whole value is known only to a shell:

```bash path=.bashrc
export GOPROXY=direct,$GOPROXY
```

## No finding

A program that is not written in Go does not read it:

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
    en="go never uses {entries}: it ignores everything after '{keyword}'",
    zh="go 永远不会访问 {entries}：'{keyword}' 之后的内容都会被忽略",
)
REORDER = Message(en="Move '{keyword}' to the end", zh="将 '{keyword}' 移到最后")
DROP = Message(en="Remove the entries that go ignores", zh="删除 go 会忽略的条目")


@assignment_rule(Severity.WARNING, fixable=Safety.UNSAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or assignment.value is None:
        return
    proxy = parse(assignment.value)
    if not proxy.unreachable or proxy.error:
        return
    keyword = proxy.entries[-1].text
    hidden = Span(proxy.unreachable[0].span.start, proxy.unreachable[-1].span.end)
    entries = tuple(entry.text for entry in proxy.unreachable)
    # After `off` even `direct` is not reached, which its author must have expected.
    is_harmless = all(entry.is_keyword for entry in proxy.unreachable) and (keyword != "off" or "direct" not in entries)
    severity = Severity.HINT if is_harmless else None
    message = MESSAGE(entries=entries, keyword=keyword)
    fixes = tuple(_fixes(assignment, assignment.value, proxy))
    yield Finding(part_span(assignment, hidden), message, fixes, tags=(Tag.UNNECESSARY,), severity=severity)


def _fixes(assignment: Assignment, value: str, proxy: GoProxy) -> Iterator[Fix]:
    last = proxy.entries[-1]
    # Go would reject the whole list for some of the entries that it does not read now.
    is_usable = not parse(_entries_after(value, proxy)).error
    if is_usable and not any(entry.is_keyword for entry in proxy.unreachable):
        edit = part_edit(assignment, Span(last.span.start, len(value)), f"{_entries_after(value, proxy)},{last.text}")
        if edit is not None:
            yield Fix(REORDER(keyword=last.text), (edit,))
    edit = part_edit(assignment, Span(last.span.end, len(value)), "")
    if edit is not None:
        yield Fix(DROP(), (edit,))


def _entries_after(value: str, proxy: GoProxy) -> str:
    """Return the entries after the word, with the separators between them."""
    return value[proxy.unreachable[0].span.start : proxy.unreachable[-1].span.end]
