"""A name server at 127.0.0.1 is not reached in mirrored networking mode.

In mirrored mode WSL hands traffic to 127.0.0.1 to Windows, so queries for a server in this distribution (mosdns,
dnsmasq, a container) leave it, and `ignoredPorts=53` does not change that. Use another address, such as 127.0.0.2 or
that of the machine, or `networkingMode=nat`. 127.0.0.53 of systemd-resolved is not concerned.

## Example

```text path=resolv.conf
nameserver 127.0.0.1
```

```ini path=.wslconfig
[wsl2]
networkingMode=mirrored

[experimental]
ignoredPorts=53
```

## No finding

```text path=resolv.conf
nameserver 127.0.0.53
```

```ini path=.wslconfig
[wsl2]
networkingMode=mirrored
```

## No finding

```text path=resolv.conf
nameserver 127.0.0.1
```

```ini path=.wslconfig
[wsl2]
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.resolv_conf import ResolvConf
from wslgo.syntax.wsl.effective import networking_mode
from wslgo.text.message import Message
from wslgo.text.span import Span

# The one address with a route of its own in mirrored mode: microsoft/WSL issue 14063.
LOOPBACK = "127.0.0.1"

MESSAGE = Message(
    en="In mirrored mode queries to 127.0.0.1 go to Windows, not to a server here. Use another address or NAT",
    zh="在镜像模式下，发往 127.0.0.1 的查询会交给 Windows，而不是此处的服务器。请改用其他地址或 NAT",
)
SET_HERE = Message(en="Mirrored mode is set here", zh="此处设置了镜像模式")


@rule(Severity.INFORMATION)
def check(file: ResolvConf, scene: Scene) -> Iterator[Finding]:
    path, config = scene.other(WSLCONFIG) or ("", None)
    setting = config.find("wsl2", "networkingMode") if config and networking_mode(config) == "Mirrored" else None
    if setting is None:
        return
    for line in file.lines:
        if line.keyword == "nameserver" and line.value.split()[0:1] == [LOOPBACK]:
            start = scene.file.source.text.index(LOOPBACK, line.span.start)
            related = (Related(setting.value_span, SET_HERE(), path),)
            yield Finding(Span(start, start + len(LOOPBACK)), MESSAGE(), related=related)
