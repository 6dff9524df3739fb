"""go cannot use an entry of GOPROXY.

One entry that the go command refuses kills the whole list, also when an earlier one would have served the module: not
one request is sent. Only what follows the first `direct` or `off` is not looked at. `https:/host` and `https//host`
pass, and fail when go connects.

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

A folder needs `file://`:

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPROXY": "/srv/goproxy,off"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOPROXY": "file:///srv/goproxy,off"}}]}
```

## Example

What was meant is not known:

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,athens
```

## No finding

A host alone gets `https://`:

```bash path=.bashrc
export GOPROXY=goproxy.cn,localhost:3000,direct
```

## No finding

Nothing is parsed behind `direct`:

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
from wslgo.syntax.go.goproxy import Entry, parse
from wslgo.syntax.go.goproxy_typo import is_full_width, is_quoted, is_torn, separated, slip
from wslgo.syntax.go.url import mask_reason
from wslgo.text.message import Message, Text

REFUSED = Message(
    en="go refuses the whole GOPROXY list because of {entry}: {words}",
    zh="go 因 {entry} 拒绝整个 GOPROXY 列表：{words}",
)
TORN = Message(
    en="go finds no proxy at {entry}: '://' behind the scheme is incomplete",
    zh="go 无法通过 {entry} 找到代理：协议后的 '://' 不完整",
)
TITLE = Message(en="Write {meant}", zh="改为 {meant}")


@assignment_rule(Severity.ERROR, fixable=Safety.SAFE)
def check(assignment: Assignment, _scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOPROXY" or not assignment.value or is_quoted(assignment.value):
        return
    proxy = parse(assignment.value)
    if is_full_width(proxy):
        return
    for entry in proxy.entries:
        if separated(entry) is None and (entry.refusal or is_torn(entry)):
            yield Finding(part_span(assignment, entry.span), _message(entry), tuple(_fixes(assignment, entry)))


def _message(entry: Entry) -> Text:
    if not entry.refusal:
        return TORN(entry=entry.text)
    return REFUSED(entry=entry.text, words=mask_reason(entry.refusal))


def _fixes(assignment: Assignment, entry: Entry) -> Iterator[Fix]:
    meant = slip(entry)
    edit = part_edit(assignment, entry.span, meant.meant) if meant else None
    if meant is not None and edit is not None:
        yield Fix(TITLE(meant=meant.meant), (edit,), Safety.SAFE if meant.is_sure else Safety.UNSAFE)
