"""The kernel of this machine does not let Delve join a running process.

`kernel.yama.ptrace_scope` is 1 or more: then Delve debugs only what it starts itself, and an attach ends with "could
not attach to pid: operation not permitted". `sudo sysctl kernel.yama.ptrace_scope=0` allows it until the next start of
WSL. Root may join any process.

## Example

```json
{"configurations": [
  {"name": "Join", "type": "go", "request": "attach", "mode": "local", "processId": "${command:pickGoProcess}"}
]}
```

```json host
{"home": "/home/me", "running": {"ptrace_scope": 1}}
```

## No finding

```json
{"configurations": [
  {"name": "Join", "type": "go", "request": "attach", "mode": "local", "processId": "${command:pickGoProcess}"}
]}
```

```json host
{"home": "/home/me", "running": {"ptrace_scope": 0}}
```

## No finding

Root joins, and Delve of another machine has another kernel:

```json
{"configurations": [
  {
    "name": "Root",
    "type": "go",
    "request": "attach",
    "mode": "local",
    "processId": 0,
    "console": "integratedTerminal",
    "asRoot": true
  },
  {"name": "Pod", "type": "go", "request": "attach", "mode": "remote", "port": 2345},
  {"name": "Run", "type": "go", "request": "launch", "program": "${workspaceFolder}"}
]}
```

```json host
{"home": "/home/me", "running": {"ptrace_scope": 1}}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries, request_and_mode
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message

TERMINALS = ("integratedTerminal", "externalTerminal")
ROOT_HOME = "/root"

MESSAGE = Message(
    en="ptrace_scope is {scope} here, so Delve cannot join a process. Type: sudo sysctl kernel.yama.ptrace_scope=0",
    zh="此处 ptrace_scope 为 {scope}，Delve 无法附加到进程。请输入：sudo sysctl kernel.yama.ptrace_scope=0",
)
FOR_GOOD = Message(
    en="kernel.yama.ptrace_scope is 3 here, so Delve cannot join a process until WSL starts again",
    zh="此处 kernel.yama.ptrace_scope 为 3，在 WSL 再次启动之前，Delve 无法附加到任何进程",
)


@rule(Severity.WARNING, needs=("running.ptrace_scope", "home"), by_entry=True, only_with=("attach",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    scope = scene.host.running.ptrace_scope
    if not scope or (scene.host.home == ROOT_HOME and scope < 3):
        return
    for configuration in go_entries(tree):
        request = configuration.get("request")
        if (
            request is None
            or request_and_mode(configuration) != "attach/local"
            or configuration.get("port") is not None
        ):
            continue
        if scope == 3:
            yield Finding(request.span, FOR_GOOD())
        elif not _is_root(configuration):
            yield Finding(request.span, MESSAGE(scope=scope))


def _is_root(configuration: Configuration) -> bool:
    as_root = configuration.get("asRoot")
    return as_root is not None and as_root.boolean is True and configuration.text("console") in TERMINALS
