"""Go, Delve or gopls of this machine is older than the policy allows.

`versions` in a `policy:` of `wslgo.yaml` names the oldest versions. Go downloads a newer release where a `go.mod` asks
for one; everywhere else the installed one runs.

## Example

```yaml policy
policy:
  versions: {go: "1.27"}
```

```json host
{"go": {"version": "1.25.3"}}
```

becomes

```json host
{"go": {"version": "1.27.0"}}
```

## Example

```yaml policy
policy:
  versions: {gopls: 0.20.0}
```

```json host
{"gopls": {"version": "0.16.2"}}
```

becomes

```json host
{"gopls": {"version": "0.20.0"}}
```

## No finding

The versions are unknown, or gopls is not installed:

```yaml policy
policy:
  versions: {go: "1.27", gopls: 0.20.0, dlv: 1.25.0}
```

```json host
{"go": {"version": null}, "gopls": null, "delve": {"version": null}}
```

## No finding

Without a policy:

```json host
{"go": {"version": "1.25.3"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.policy import Policy, Requirement
from wslgo.linter.policy_values import oldest_go
from wslgo.linter.policy_versions import older_tool
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message
from wslgo.text.next_step import command

MESSAGE = Message(
    en="{name} {version} is older than {oldest}, the oldest that the policy in {path} allows",
    zh="{name} {version} 早于 {path} 中的策略允许的最低版本 {oldest}",
)
PACKAGES = {"dlv": "github.com/go-delve/delve/cmd/dlv", "gopls": "golang.org/x/tools/gopls"}


@machine_rule(Severity.ERROR, "go.go", "editors.delve", "editors.gopls", needs=("go", "delve", "gopls"))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if scene.policy is None:
        return
    version = host.go.version if host.go is not None else None
    for wanted in _too_old_for(version or "", scene.policy)[:1]:
        oldest = wanted.values[0].removeprefix("go")
        text = MESSAGE(name="Go", version=version, oldest=oldest, path=wanted.path)
        yield machine_finding(text, command(f"wslgo provision --only toolchain --go {oldest}"), about="go.go")
    for name, tool, about in (("dlv", host.delve, "editors.delve"), ("gopls", host.gopls, "editors.gopls")):
        found = tool.version if tool is not None else None
        for wanted in older_tool(name, found, scene.policy)[:1] if found else ():
            text = MESSAGE(name=name, version=found, oldest=wanted.values[0], path=wanted.path)
            yield machine_finding(text, command(f"go install {PACKAGES[name]}@latest"), about=about)


def _too_old_for(text: str, policy: Policy) -> list[Requirement]:
    """Return the requirements that the installed Go breaks, the one for the newest first."""
    version = go_version(text.removeprefix("go"))
    found = [(oldest_go(wanted.values[0]), wanted) for wanted in policy.of("versions", "go")]
    older = [(oldest, wanted) for oldest, wanted in found if version and oldest and version < oldest]
    return [wanted for _, wanted in sorted(older, key=lambda pair: pair[0], reverse=True)]
