"""A variable points to a database or another service at localhost, where nothing listens while WSL uses NAT.

In NAT mode localhost is the distribution. A PostgreSQL, SQL Server or Ollama that runs in Windows is reached there
through the default gateway (`ip route show default`), if it listens on that address and the firewall lets it; with
`networkingMode=mirrored` in `.wslconfig` it is at localhost. The finding is about the default ports of well-known
services, and only where Docker Desktop, which forwards ports, is not installed.

## Example

```json path=.vscode/launch.json host=ubuntu-24.04-nat
{
  "configurations": [
    {
      "name": "api",
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "env": {"DATABASE_URL": "postgres://app@localhost:5432/app"}
    }
  ]
}
```

## No finding

A program of the distribution listens there:

```json path=.vscode/launch.json
{
  "configurations": [
    {
      "name": "api",
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "env": {"REDIS_ADDR": "127.0.0.1:6379"}
    }
  ]
}
```

```json host host=ubuntu-24.04-nat
{"network": {"services": [6379]}}
```

## No finding

In mirrored mode localhost is Windows, too:

```json path=.vscode/launch.json host=ubuntu-24.04-mirrored
{
  "configurations": [
    {
      "name": "api",
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "env": {"DATABASE_URL": "postgres://app@localhost:5432/app"}
    }
  ]
}
```

## No finding

The program itself may listen at other ports, and other computers have other names:

```json path=.vscode/launch.json host=ubuntu-24.04-nat
{
  "configurations": [
    {
      "name": "api",
      "type": "go",
      "request": "launch",
      "mode": "debug",
      "program": "${workspaceFolder}",
      "env": {"ADDR": "localhost:8080", "DB": "postgres://db.corp.internal:5432/app", "N": "notlocalhost:5432"}
    }
  ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

MESSAGE = Message(
    en="Nothing listens at {address} here. In NAT mode a {service} of Windows is at the default gateway, {gateway}",
    zh="此处没有程序在 {address} 监听。在 NAT 模式下，Windows 中的 {service} 位于默认网关 {gateway}",
)
_LOCAL = pattern(r"(?<![\w.-])(?:localhost|127\.0\.0\.1):([0-9]{4,5})(?![0-9])")


@rule(
    Severity.HINT,
    by_entry=True,
    only_with=("localhost", "127.0.0.1"),
    needs=("wsl.generation", "running.networking", "network.services", "network.gateway", "network.has_docker_name"),
    dimension="network",
)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    network = scene.host.network
    if network.services is None or network.has_docker_name is not False or not network.gateway:
        return
    from wslgo.knowledge.local_services import PORTS  # few machines come this far
    from wslgo.linter.network_modes import is_nat

    if not is_nat(scene.host):
        return
    for configuration in go_entries(tree):
        if configuration.request != "launch":
            continue
        for variable in configuration.variables():
            found = _LOCAL.search(variable.value.string or "")
            port = int(found[1]) if found is not None else 0
            if found is not None and port in PORTS and port not in network.services:
                message = MESSAGE(address=found[0], service=PORTS[port], gateway=network.gateway)
                yield Finding(variable.value.span, message)
