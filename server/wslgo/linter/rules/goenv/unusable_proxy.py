"""go cannot use an entry of GOPROXY.

If the go command rejects one entry, it rejects the whole list and sends no request, even if an earlier proxy has the
module. It ignores only what follows the first `direct` or `off`. It accepts `https:/host` and `https//host`, but fails
when it connects. Correct the entry.

## Example

```bash path=.bashrc
export GOPROXY=https:/goproxy.cn,direct
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```

## Example

`direct` and `off` are lower case only:

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,Direct
```

becomes

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

## Example

A folder needs `file://` in front:

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPROXY": "/srv/goproxy,off"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPROXY": "file:///srv/goproxy,off"}}]}
```

## Example

It is not clear what was intended:

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,athens
```

## Example

```properties path=.config/go/env
GOPROXY=https://,direct
```

## No finding

go adds `https://` to a host:

```bash path=.bashrc
export GOPROXY=goproxy.cn,localhost:3000,direct
```

## No finding

go reads nothing after `direct`:

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct,athens
```

## No finding

```bash path=.bashrc
export GOPROXY=https://${PROXY_HOST},athens
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_edit, part_span
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go.goproxy import ProxyEntry, parse
from wslgo.syntax.go.goproxy_typo import has_torn_scheme, is_full_width, is_quoted, typo, with_commas
from wslgo.syntax.go.url import mask_reason
from wslgo.text.message import Message, Text

NOT_VALID = Message(
    en="go rejects the whole GOPROXY because of '{entry}': {words}",
    zh="go 会报错，整个 GOPROXY 因 '{entry}' 无效：{words}",
)
INCOMPLETE = Message(
    en="go cannot connect to '{entry}' because '://' after the scheme is incomplete",
    zh="go 无法连接 '{entry}'，因为协议后的 '://' 不完整",
)
NO_HOST = Message(
    en="go cannot connect to '{entry}': it has no host",
    zh="go 无法连接 '{entry}'：其中没有主机名",
)


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE, dimension="network")
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or not assignment.value or is_quoted(assignment.value):
        return
    proxy = parse(assignment.value)
    if is_full_width(proxy):
        return
    for entry in proxy.entries:
        if with_commas(entry) is None and (entry.error or has_torn_scheme(entry) or _lacks_host(entry)):
            yield Finding(part_span(assignment, entry.span), _message(entry), tuple(_fixes(assignment, entry)))


def _message(entry: ProxyEntry) -> Text:
    if not entry.error:
        return (INCOMPLETE if has_torn_scheme(entry) else NO_HOST)(entry=entry.text)
    return NOT_VALID(entry=entry.text, words=mask_reason(entry.error))


def _lacks_host(entry: ProxyEntry) -> bool:
    return entry.target is not None and entry.target.scheme in ("http", "https") and not entry.target.host


def _fixes(assignment: Assignment, entry: ProxyEntry) -> Iterator[Fix]:
    meant = typo(entry)
    edit = part_edit(assignment, entry.span, meant.meant) if meant else None
    if meant is not None and edit is not None:
        yield Fix(CHANGE_TO(value=meant.meant), (edit,), Safety.SAFE if meant.is_sure else Safety.UNSAFE)
