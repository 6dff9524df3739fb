"""GOSUMDB switches off the verification that the policy requires, or leaves it to another database.

With `checksums: required` in a `policy:` of `wslgo.yaml`, modules are verified with Go's own checksum database,
`sum.golang.org`, which may be asked through a mirror. A list in its place names the databases that are allowed, as they
are written in GOSUMDB: that of a company with its key.

## Example

```yaml policy
policy:
  checksums: required
```

```bash path=.bashrc
export GOSUMDB=off
```

becomes

```bash path=.bashrc
```

## Example

Its owner can sign anything:

```yaml policy
policy:
  checksums: required
```

```bash path=.bashrc
export GOSUMDB="sums.example.com+1d1f3a02+AQ3Pzdv8CB9mcI1hG5z5Y3yPcIfgMKzU3Fn3KLtOQfKQ https://sums.example.com"
```

becomes

```bash path=.bashrc
```

## Example

A debug session, too:

```yaml policy
policy:
  checksums: required
```

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {"GOSUMDB": "off"}}]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [{"type": "go", "request": "launch", "env": {}}]}
```

## No finding

Go's own database, through a mirror:

```yaml policy
policy:
  checksums: required
```

```bash path=.bashrc
export GOSUMDB=sum.golang.google.cn
```

## No finding

The policy says nothing about it:

```yaml policy
policy:
  proxies: [direct]
```

```bash path=.bashrc
export GOSUMDB=off
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import removal_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.policy import places
from wslgo.linter.policy_known_value import known_value
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.go import gosumdb
from wslgo.text.message import Message

OFF = Message(
    en="The policy requires verification, and {name}={value} switches it off",
    zh="策略要求校验模块，而 {name}={value} 将其关闭",
)
INSECURE = "-insecure"
OTHER = Message(
    en="The policy does not allow the checksum database {database}; it allows {allowed}",
    zh="策略不允许使用校验数据库 {database}；允许的有 {allowed}",
)


@assignment_rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    requirements = scene.policy.of("checksums") if scene.policy is not None else ()
    fields = (known_value(assignment, scene.file) or "").split()
    if not requirements or not fields:
        return
    if _asks_without(assignment.name, fields):
        message = OFF(name=assignment.name, value=INSECURE if assignment.name == "GOFLAGS" else fields[0])
        yield Finding(assignment.value_span, message, related=places(requirements))
    if assignment.name != "GOSUMDB":
        return
    broken = [found for found in requirements if fields[0] not in allowed_databases(found.values)]
    if not broken:
        return
    if fields == ["off"]:
        message = OFF(name="GOSUMDB", value="off")
    else:
        message = OTHER(database=fields[0], allowed=allowed_databases(broken[0].values) or "-")
    removal = removal_edit(assignment)
    fixes = (Fix(REMOVE(name="GOSUMDB"), (removal,)),) if removal is not None else ()
    yield Finding(assignment.value_span, message, fixes, related=places(broken))


def _asks_without(name: str, fields: list[str]) -> bool:
    """Return whether a variable asks a Go of before 1.16 not to verify; a newer one ignores it, or reports it."""
    return name == "GOFLAGS" and any(field.lstrip("-") == "insecure" for field in fields)


def allowed_databases(values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the databases that a policy allows, as the first word of GOSUMDB; a list may name them with a URL."""
    words = tuple(value.split()[0] for value in values if value.split())
    if any(word in ("required", *gosumdb.KNOWN) for word in words):
        return (*gosumdb.KNOWN, *(word for word in words if word not in ("required", *gosumdb.KNOWN)))
    return words
