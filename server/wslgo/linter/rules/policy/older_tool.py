"""A file installs a tool that is older than the policy allows.

`versions` in a `policy:` of `wslgo.yaml` names the oldest versions of Delve (`dlv`), gopls and other tools. They are
compared with `go install PACKAGE@VERSION` and with the files of asdf and mise.

## Example

```yaml policy
policy:
  versions: {gopls: 0.20.0}
```

```dockerfile path=Dockerfile
FROM golang:1.27
RUN go install golang.org/x/tools/gopls@v0.16.1
```

## Example

```yaml policy
policy:
  versions: {golangci-lint: 2.4.0}
```

```text path=.tool-versions
golangci-lint 1.61.0
```

## No finding

The newest release, and a comment:

```yaml policy
policy:
  versions: {gopls: 0.20.0, dlv: 1.25.0}
```

```dockerfile path=Dockerfile
FROM golang:1.27
# go install golang.org/x/tools/gopls@v0.16.1
RUN go install golang.org/x/tools/gopls@latest && go install github.com/go-delve/delve/cmd/dlv@v1.26.0
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.policy import places
from wslgo.linter.policy_versions import asked_tools, older_tool
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import OLDER_THAN_POLICY


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, by_entry=True, dimension="reproducibility")
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    if scene.policy is None or not scene.policy.below("versions"):
        return
    for asked in asked_tools(scene.file):
        broken = older_tool(asked.tool, asked.text, scene.policy)
        if broken:
            message = OLDER_THAN_POLICY(name=asked.tool, version=asked.text, oldest=broken[0].values[0])
            yield Finding(asked.span, message, related=places(broken))
