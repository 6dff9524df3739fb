"""Windows does not reach the ports of containers in mirrored mode with a Docker Engine before 27.3.

Docker sends what arrives at a published port to the container, also packets of Windows to `127.0.0.1`, whose answers
are then lost: `localhost:8080` hangs in Windows, and works from other computers. Docker 27.3 leaves these packets to
its own proxy (moby 48514). `ignoredPorts` is for ports that Windows uses itself. Docker Desktop is not concerned.

## Example

```json host
{"network": {"docker": {"version": "24.0.7"}}, "running": {"networking": "mirrored"}}
```

becomes

```json host
{"network": {"docker": {"version": "27.3.1"}}, "running": {"networking": "mirrored"}}
```

## No finding

```json host host=ubuntu-24.04-nat
{"network": {"docker": {"version": "24.0.7"}}}
```

## No finding

Docker was told in `/etc/docker/daemon.json` to make no rules:

```json host
{"network": {"docker": {"version": "24.0.7", "publishes_by_rules": false}}, "running": {"networking": "mirrored"}}
```

## No finding

Another engine, or that of Docker Desktop:

```json host
{"network": {"docker": null}, "running": {"networking": "mirrored"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.version import wsl_version
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

CORRECTED = (27, 3)

MESSAGE = Message(
    en="In mirrored mode Windows does not reach the ports that containers of Docker {version} publish",
    zh="在镜像模式下，Windows 无法访问 Docker {version} 的容器所发布的端口",
)
UPDATE = Message(
    en="update Docker Engine to 27.3 or newer, or set networkingMode=nat under [wsl2] in .wslconfig",
    zh="将 Docker Engine 更新到 27.3 或更高版本，或在 .wslconfig 的 [wsl2] 下写 networkingMode=nat",
)


@machine_rule(Severity.INFORMATION, "network.docker", needs=("network.docker", "running.networking"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    docker = host.network.docker
    if host.running.networking == "mirrored" and docker is not None and docker.publishes_by_rules:
        version = wsl_version(docker.version)  # numbers and dots, like those of WSL
        if version is not None and version < CORRECTED:
            yield machine_finding(MESSAGE(version=docker.version), UPDATE())
