"""GOPRIVATE, GONOPROXY, GONOSUMDB or GOINSECURE names modules that it must not.

What they name comes from its origin and not from a proxy, is not verified with the checksum database, or comes over
plain HTTP. With `private` in a `policy:` of `wslgo.yaml` they may name what it lists. Without it, a policy about
`proxies` or `checksums` forbids patterns that cover hosts which no team owns: `*`, `github.com`, `golang.org/x`.

## Example

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```bash path=.bashrc
export GOPRIVATE=git.example.com,*
```

## Example

```yaml policy
policy:
  checksums: required
```

```dockerfile path=Dockerfile
FROM golang:1.27
ENV GONOSUMDB=github.com/*
```

## Example

```yaml policy
policy:
  private: [git.example.com]
```

```bash path=.bashrc
export GONOPROXY=git.example.com/team,git.example.org
```

## No finding

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
  checksums: required
```

```bash path=.bashrc
export GOPRIVATE=git.example.com,*.corp.example.com,github.com/acme
```

## No finding

A policy about proxies says nothing about verification:

```yaml policy
policy:
  proxies: ["https://goproxy.example.com"]
```

```bash path=.bashrc
export GONOSUMDB=*
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.policy import Policy, Requirement, places
from wslgo.linter.policy_known_value import known_part
from wslgo.linter.policy_values import exempts_others
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go import module_patterns
from wslgo.text.message import Message

LISTED = Message(
    en="The policy does not allow {name} to name {pattern}; it allows {allowed}",
    zh="策略不允许 {name} 包含 {pattern}；允许的有 {allowed}",
)
OF_OTHERS = Message(
    en="The policy does not allow {name}={pattern}: it covers modules of others. Name only your own: git.example.com",
    zh="策略不允许 {name}={pattern}：它覆盖了他人的模块。请只写自己的模块，例如 git.example.com",
)
# The keys of a policy that a variable would get around.
BOUND_BY = {
    "GOPRIVATE": ("proxies", "checksums"),
    "GONOPROXY": ("proxies",),
    "GONOSUMDB": ("checksums",),
    "GOINSECURE": ("checksums", "proxies"),
}


@assignment_rule(Severity.ERROR)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if scene.policy is None or assignment.name not in BOUND_BY:
        return
    lists = scene.policy.of("private")
    others = tuple(_binding(assignment.name, scene.policy)) if not lists else ()
    if not lists and not others:
        return
    for pattern in module_patterns.parse(known_part(assignment, scene.file, ",")):
        broken = [found for found in lists if exempts_others(found.values, pattern.text)]
        if broken:
            message = LISTED(name=assignment.name, pattern=pattern.text, allowed=broken[0].values or "-")
        elif others and exempts_others(None, pattern.text):
            message, broken = OF_OTHERS(name=assignment.name, pattern=pattern.text), list(others)
        else:
            continue
        yield Finding(part_span(assignment, pattern.span), message, related=places(broken))


def _binding(name: str, policy: Policy) -> Iterator[Requirement]:
    """Yield what a variable would get around; a proxy is not got around where `direct` is allowed."""
    for key in BOUND_BY[name]:
        yield from (found for found in policy.of(key) if key != "proxies" or "direct" not in found.values)
