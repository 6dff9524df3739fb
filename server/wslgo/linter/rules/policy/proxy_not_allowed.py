"""GOPROXY asks a server that the policy does not allow.

`proxies` in a `policy:` of `wslgo.yaml` names the module proxies that go may ask. `direct`, which fetches modules from
where they come from, is allowed if it is listed; `off` is always allowed. An allowed proxy covers the paths below it,
with or without a login. Modules that GOPRIVATE or GONOPROXY names do not come from a proxy: see
`policy/exempts-other-modules`.

## Example

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```bash path=.bashrc
export GOPROXY=https://goproxy.example.com,https://goproxy.cn
```

becomes

```bash path=.bashrc
export GOPROXY=https://goproxy.example.com
```

## Example

The host is the one after the `@`:

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```dockerfile path=Dockerfile
FROM golang:1.27
ENV GOPROXY=https://goproxy.example.com@evil.example
```

## Example

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```yaml path=.github/workflows/test.yml
env:
  GOPROXY: https://goproxy.example.com,direct
```

## No finding

```yaml policy
policy:
  proxies: ["https://goproxy.example.com", direct]
```

```bash path=.bashrc
export GOPROXY=https://me:secret@GOPROXY.example.com:443/go/,direct
export GONOPROXY=git.example.com
```

## No finding

No server is asked:

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```bash path=.bashrc
export GOPROXY=off
```

## No finding

Without a policy:

```bash path=.bashrc
export GOPROXY=https://goproxy.cn,direct
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span, value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.policy import Requirement, places
from wslgo.linter.policy_known_value import known_part
from wslgo.linter.policy_values import allows
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.go import goproxy
from wslgo.syntax.go.url import mask
from wslgo.text.message import Message

MESSAGE = Message(
    en="The policy does not allow GOPROXY to ask {entry}; it allows {allowed}",
    zh="策略不允许 GOPROXY 使用 {entry}；允许的有 {allowed}",
)
NONE = Message(
    en="The policy does not allow GOPROXY to ask {entry}, nor any other server",
    zh="策略不允许 GOPROXY 使用 {entry}，也不允许任何其他服务器",
)


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    requirements = scene.policy.of("proxies") if scene.policy is not None else ()
    if assignment.name != "GOPROXY" or not requirements:
        return
    for entry in goproxy.parse(known_part(assignment, scene.file, ",|"), "").entries:
        broken = [found for found in requirements if not allows(found.values, entry)]
        if broken:
            allowed = broken[0].values
            shown = mask(entry.url or entry.text)
            message = MESSAGE(entry=shown, allowed=allowed) if allowed else NONE(entry=shown)
            fixes = tuple(_fixes(assignment, requirements))
            yield Finding(part_span(assignment, entry.span), message, fixes, related=places(broken))


def _fixes(assignment: Assignment, requirements: tuple[Requirement, ...]) -> Iterator[Fix]:
    """Yield the change to the entries that every policy allows, else to those that it names."""
    value = assignment.value
    if value is None:
        return
    kept = [
        entry.text
        for entry in goproxy.parse(value).entries
        if not entry.error and all(allows(found.values, entry) for found in requirements)
    ]
    new = ",".join(kept or (requirements[0].values if len(requirements) == 1 else ()))
    edit = value_edit(assignment, new) if new and new != value else None
    if edit is not None:
        yield Fix(CHANGE_TO(value=mask(new)), (edit,))
