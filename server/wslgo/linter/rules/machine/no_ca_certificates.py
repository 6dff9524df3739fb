"""No CA certificates are installed.

Without them no server can be verified: go, curl and git reject every HTTPS connection, and go reports
`x509: certificate signed by unknown authority`. Small images of a distribution lack the package.

## Example

```json host
{"network": {"has_authorities": false}}
```

becomes

```json host
{"network": {"has_authorities": true}}
```

## No finding

`SSL_CERT_FILE` names them elsewhere, or the files are not known:

```json host
{"network": {"has_authorities": null}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.packages import CERTIFICATES
from wslgo.linter.finding import Finding, Severity, machine_finding
from wslgo.linter.package_command import installation
from wslgo.linter.rules import machine_rule
from wslgo.linter.scene import MachineScene
from wslgo.machine.host import Host
from wslgo.text.message import Message

MESSAGE = Message(
    en="No CA certificates are installed: go, git and curl reject every HTTPS server",
    zh="未安装 CA 证书：go、git 和 curl 会拒绝所有 HTTPS 服务器",
)


@machine_rule(Severity.ERROR, "network.authorities", needs=("network.has_authorities", "installer"))
def check(host: Host, _scene: MachineScene) -> Iterator[Finding]:
    if host.network.has_authorities is False:
        yield machine_finding(MESSAGE(), installation(host, (CERTIFICATES,)))
