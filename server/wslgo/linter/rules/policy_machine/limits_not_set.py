"""The policy requires limits of WSL, and this machine has no `.wslconfig`.

`wslconfig` in a `policy:` of `wslgo.yaml` names keys that `.wslconfig` must set. Without the file WSL uses its
defaults, which depend on the computer. A file that exists is judged line by line: see `policy/wslconfig-limit`.

## Example

```yaml policy
policy:
  wslconfig: {memory: {max: 16GB}}
```

```json host
{"wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": null, "at_start": null}}
```

becomes

```json host
{"wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": "[wsl2]\\nmemory=16GB\\n"}}
```

## No finding

Whether there is a `.wslconfig` is not known:

```yaml policy
policy:
  wslconfig: {memory: {max: 16GB}}
```

```json host
{"wslconfig": null}
```

## No finding

Without a policy:

```json host
{"wslconfig": {"path": "/mnt/c/Users/user/.wslconfig", "text": null, "at_start": null}}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.policy_limits import limits_of
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="The policy in {path} requires {required}, and this machine lacks a .wslconfig",
    zh="{path} 中的策略要求 {required}，而没有 .wslconfig",
)
WRITE = Message(en="create {path} with {line} under [{section}]", zh="创建 {path}，在 [{section}] 下写入 {line}")


@machine_rule(Severity.ERROR, "wsl.wslconfig", needs=("wslconfig",))
def check(host: Host, scene: MachineScene) -> Iterator[Finding]:
    if scene.policy is None or host.wslconfig is None or host.wslconfig.text is not None:
        return
    for limit in limits_of(scene.policy):
        text = MESSAGE(path=limit.requirements[0].path, required=limit.words)
        line = f"{limit.known.name}={limit.nearest(None, limit.requirements)}"
        yield machine_finding(text, WRITE(path=host.wslconfig.path, line=line, section=limit.known.section))
