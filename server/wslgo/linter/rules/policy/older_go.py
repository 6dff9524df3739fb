"""A file asks for a Go that is older than the policy allows.

`versions: {go: VERSION}` in a `policy:` of `wslgo.yaml` names the oldest one: for the go line of `go.mod` and
`go.work`, unless the toolchain line names a newer one, for golang images, `setup-go` (also in a matrix), and for the
files of asdf, mise and dev containers. `1.26` in an image or a workflow is the newest release of that series. A range,
`stable` and what only a run knows are not judged.

## Example

```yaml policy
policy:
  versions: {go: "1.26"}
```

```text path=go.mod
module example.com/m

go 1.24.0
```

becomes

```text path=go.mod
module example.com/m

go 1.26
```

## Example

```yaml policy
policy:
  versions: {go: 1.26.2}
```

```dockerfile path=Dockerfile
FROM golang:1.26.1-alpine AS build
RUN go build ./...
```

becomes

```dockerfile path=Dockerfile
FROM golang:1.26.2-alpine AS build
RUN go build ./...
```

## Example

```yaml policy
policy:
  versions: {go: "1.26"}
```

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go: ["1.25.x", "1.26.x", stable]
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go }}
```

## No finding

The toolchain line decides which Go builds:

```yaml policy
policy:
  versions: {go: "1.26"}
```

```text path=go.mod
module example.com/m

go 1.24.0

toolchain go1.26.3
```

## No finding

The newest release of the series, and a range:

```yaml policy
policy:
  versions: {go: 1.26.3}
```

```yaml path=.github/workflows/test.yml
jobs:
  test:
    container: golang:1.26-alpine
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ">=1.22"
```
"""

from collections.abc import Iterator

from wslgo.knowledge.version import go_version, toolchain_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.policy import Policy, Requirement, places
from wslgo.linter.policy_values import oldest_go
from wslgo.linter.policy_versions import asked_go, older_go
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, OLDER_THAN_POLICY
from wslgo.syntax.family import GOMOD, GOWORK
from wslgo.syntax.go.mod_entry import GoMod, GoWork
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

NO_LINE = Message(
    en="Without a go line this is Go 1.16, and the policy allows {oldest} or newer",
    zh="没有 go 行就相当于 Go 1.16，而策略只允许 {oldest} 或更新的版本",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, by_entry=True, dimension="reproducibility")
def check(tree: object, scene: Scene) -> Iterator[Finding]:
    if scene.policy is None or not scene.policy.of("versions", "go"):
        return
    if isinstance(tree, (GoMod, GoWork)) and scene.file.family.name in (GOMOD, GOWORK):
        yield from _of_module(tree, scene.policy)
        return
    for asked in asked_go(scene.file):
        broken = older_go(asked.text, scene.policy)
        if broken:
            yield _finding(asked.span, asked.text, broken)


def _of_module(tree: GoMod | GoWork, policy: Policy) -> Iterator[Finding]:
    """Yield the go line, unless a newer toolchain is asked for; one that is missing, at the module line."""
    version = go_version(tree.go.version) if tree.go is not None else None
    named = toolchain_version(tree.toolchain.name) if tree.toolchain is not None else None
    broken = tuple(
        wanted
        for wanted in policy.of("versions", "go")
        if (oldest := oldest_go(wanted.values[0])) is not None
        and max(filter(None, (version, named)), default=None) is not None
        and max(found for found in (version, named) if found is not None) < oldest
    )
    if broken and tree.go is not None and tree.go.line.arguments:
        yield _finding(tree.go.line.arguments[0].span, tree.go.version, broken)
    elif tree.go is None and isinstance(tree, GoMod) and tree.module is not None and not tree.problems:
        wanted = policy.of("versions", "go")
        if named is None:
            yield Finding(tree.module.line.span, NO_LINE(oldest=wanted[0].values[0]), related=places(wanted))


def _finding(span: Span, text: str, broken: tuple[Requirement, ...]) -> Finding:
    oldest = max((wanted.values[0].removeprefix("go") for wanted in broken), key=lambda found: go_version(found) or ())
    fix = Fix(CHANGE_TO(value=oldest), (Edit(span, oldest),))
    message = OLDER_THAN_POLICY(name="Go", version=text, oldest=oldest)
    return Finding(span, message, (fix,), related=places(broken))
