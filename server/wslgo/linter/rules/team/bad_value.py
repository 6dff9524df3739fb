"""A value in a `wslgo.yaml` is not one that its key can have.

wslgo ignores the value. What is wrong in a policy makes every command exit with 2, so that nothing is allowed by
mistake.

## Example

```yaml path=wslgo.yaml
policy:
  versions: {go: latest}
```

## Example

A password does not belong there, and `@` hides the host:

```yaml path=wslgo.yaml
policy:
  proxies: ["https://goproxy.example.com@evil.example"]
```

## Example

```yaml path=wslgo.yaml
policy:
  checksums: require
```

becomes

```yaml path=wslgo.yaml
policy:
  checksums: required
```

## Example

No size is at least 32 and at most 16 gigabytes:

```yaml path=wslgo.yaml
policy:
  wslconfig:
    memory: {min: 32GB, max: 16GB}
```

## Example

```yaml path=wslgo.yaml
check:
  ignore: [no-such-rule]
```

## No finding

```yaml path=wslgo.yaml
check:
  select: [wslconfig, goenv]
  severity: {unknown-key: off}
provision:
  go: "1.27"
policy:
  proxies: ["https://goproxy.example.com", direct]
  registries: [docker.io/library, ghcr.io/acme]
  checksums: required
  private: ["*.corp.example.com", github.com/acme]
  versions: {go: 1.26, gopls: 0.20.0}
  caches: linux
  wslconfig:
    memory: {min: 4GB, max: 16GB}
    networkingMode: mirrored
  never-ignore: [goenv/verification-off]
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.team_content import content_of
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.span import Edit


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, fixable=Safety.UNSAFE)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    for problem in content_of(scene.file).problems:
        if not problem.is_of_key:
            change = Edit(problem.span, problem.meant)
            fixes = (Fix(CHANGE_TO(value=problem.meant), (change,)),) if problem.meant else ()
            yield Finding(problem.span, problem.text, fixes)
