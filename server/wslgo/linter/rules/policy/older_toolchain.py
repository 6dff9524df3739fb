"""GOTOOLCHAIN names a Go that is older than the policy allows.

`GOTOOLCHAIN=go1.21.5` makes every newer go download that release and run it; with `+auto` it does until a `go.mod` asks
for a newer one. `versions: {go: VERSION}` in a `policy:` of `wslgo.yaml` names the oldest Go that is allowed.

## Example

```yaml policy
policy:
  versions: {go: "1.26"}
```

```bash path=.bashrc
export GOTOOLCHAIN=go1.21.5
```

becomes

```bash path=.bashrc
```

## Example

```yaml policy
policy:
  versions: {go: "1.26"}
```

```ini path=.config/go/env
GOTOOLCHAIN=go1.21.5+auto
```

becomes

```ini path=.config/go/env
```

## No finding

```yaml policy
policy:
  versions: {go: "1.26"}
```

```bash path=.bashrc
export GOTOOLCHAIN=local
```

## No finding

```yaml policy
policy:
  versions: {go: "1.26"}
```

```bash path=.bashrc
export GOTOOLCHAIN=go1.26.3
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import removal_edit
from wslgo.knowledge.version import toolchain_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.policy import places
from wslgo.linter.policy_known_value import known_value
from wslgo.linter.policy_values import oldest_go
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import OLDER_THAN_POLICY, REMOVE


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE, dimension="reproducibility")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if scene.policy is None or assignment.name != "GOTOOLCHAIN":
        return
    name = (known_value(assignment, scene.file) or "").partition("+")[0]
    version = toolchain_version(name)
    broken = [
        wanted
        for wanted in scene.policy.of("versions", "go")
        if version is not None and (oldest := oldest_go(wanted.values[0])) is not None and version < oldest
    ]
    if broken:
        message = OLDER_THAN_POLICY(name="GOTOOLCHAIN", version=name, oldest=broken[0].values[0])
        removal = removal_edit(assignment)
        fixes = (Fix(REMOVE(name="GOTOOLCHAIN"), (removal,)),) if removal is not None else ()
        yield Finding(assignment.value_span, message, fixes, related=places(broken))
