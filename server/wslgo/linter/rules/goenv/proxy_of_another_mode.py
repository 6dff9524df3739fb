"""A file sets a proxy at an address that does not lead to Windows in this networking mode.

In NAT mode, the only one of Windows 10, `127.0.0.1` is the distribution itself, and Windows is the default gateway, at
another address after each start. In mirrored mode Windows is `127.0.0.1`. `10.255.255.254` is WSL's DNS tunnel, where
no proxy listens. The fixes need a proxy that accepts connections of other computers, as Clash does with "Allow LAN".

## Example

```bash path=.bashrc host=ubuntu-24.04-nat
export HTTPS_PROXY=http://127.0.0.1:7890
```

becomes

```bash path=.bashrc host=ubuntu-24.04-nat
export HTTPS_PROXY=http://$(ip route show default | awk '{print $3; exit}'):7890
```

## Example

A file decides about the mode:

```bash path=.bashrc
export HTTPS_PROXY=localhost:7890
```

```ini path=.wslconfig
[wsl2]
networkingMode=NAT
```

## Example

An address of NAT mode in mirrored mode:

```bash path=.bashrc host=ubuntu-24.04-mirrored
export https_proxy="http://172.28.144.1:7890" http_proxy="http://172.28.144.1:7890"
```

becomes

```bash path=.bashrc host=ubuntu-24.04-mirrored
export https_proxy="http://127.0.0.1:7890" http_proxy="http://127.0.0.1:7890"
```

## Example

The DNS tunnel:

```properties path=/etc/environment
HTTPS_PROXY=http://10.255.255.254:7890
```

## No finding

```bash path=.bashrc host=ubuntu-24.04-mirrored
export HTTPS_PROXY=http://127.0.0.1:7890
```

## No finding

The mode is not known:

```bash path=.bashrc
export HTTPS_PROXY=http://127.0.0.1:7890
```

## No finding

A program of the distribution listens there:

```bash path=.bashrc
export HTTPS_PROXY=http://127.0.0.1:3128
```

```json host
{
 "running": {"networking": "nat"},
 "network": {
  "proxies": [{"name": "HTTPS_PROXY", "value": "http://127.0.0.1:3128", "origin": "environment"}],
  "silent_proxies": []
 }
}
```

## No finding

Exceptions, and a proxy of the company:

```bash path=.bashrc host=ubuntu-24.04-nat
export NO_PROXY=127.0.0.1 HTTPS_PROXY=http://10.1.2.3:8080
```

## No finding

Docker has this address in the distribution:

```bash path=.bashrc host=ubuntu-24.04-mirrored
export HTTPS_PROXY=http://172.17.0.1:3128
```

## No finding

In a container it is another machine:

```dockerfile path=Dockerfile host=ubuntu-24.04-nat
FROM golang:1.26
ENV HTTPS_PROXY=http://127.0.0.1:7890
```
"""

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment, Style
from wslgo.goenv.edit import part_edit
from wslgo.linter.displays import reader
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.machine.host import Host
from wslgo.syntax.family import ENVRC, SHELL
from wslgo.text.message import Message, Text
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span

OF_ITSELF = Message(
    en="{value}: in NAT mode that is this distribution, not Windows, which is the default gateway",
    zh="{value}：在 NAT 模式下指此发行版自身，而非 Windows；Windows 是默认网关",
)
OF_TUNNEL = Message(
    en="{value} is WSL's DNS tunnel, where no proxy listens, so every connection fails",
    zh="{value} 是 WSL 的 DNS 隧道，没有代理在此监听，所有连接都会失败",
)
OF_NAT = Message(
    en="{value} looks like the address of Windows in NAT mode; in mirrored mode it is {address}",
    zh="{value} 看起来是 NAT 模式下 Windows 的地址；镜像模式下它是 {address}",
)
OF_BEFORE = Message(
    en="{value} looks like the address of Windows at an earlier start; now it is {address}. Use the default gateway",
    zh="{value} 看起来是之前某次启动时 Windows 的地址；现在它是 {address}。请使用默认网关",
)
GATEWAY = "$(ip route show default | awk '{print $3; exit}')"
LOOPBACK = "127.0.0.1"
_EXPANDING = (SHELL, ENVRC)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    by_entry=True,
    needs=(
        *("home", "wsl.generation", "running.networking", "windows.build"),
        *("network.gateway", "network.proxies", "network.silent_proxies"),
    ),
    dimension="network",
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    from wslgo.goenv.mention import mentions_proxy

    if not mentions_proxy(source.text):
        return
    from wslgo.goenv.http_proxies import effective_proxies, is_exception  # few files set a proxy
    from wslgo.goenv.target_pair import place_of

    key_of = scene.file.ask(place_of)
    same: dict[object, list[Assignment]] = {}
    for assignment in effective_proxies(scene.file, scene.others):
        if not is_exception(assignment.name) and not assignment.is_elsewhere and assignment.value:
            same.setdefault((key_of(assignment), assignment.value), []).append(assignment)
    for assignments in same.values():
        value = assignments[0].value or ""
        if _is_address(value):
            yield from _findings(assignments[0], assignments, value, scene)


def _is_address(value: str) -> bool:
    from wslgo.machine.proxies import host_of_proxy

    return bool(host_of_proxy(value))


def _findings(assignment: Assignment, same: list[Assignment], value: str, scene: Scene) -> Iterator[Finding]:
    from wslgo.linter.network_modes import MIRRORED, NAT, mode_of
    from wslgo.linter.windows_address import TUNNEL
    from wslgo.machine.proxies import host_of_proxy, is_loopback, is_of_nat

    host, address = reader(scene), host_of_proxy(value)
    if host.wsl.generation in (0, 1):
        return
    mode, gateway = mode_of(scene), host.network.gateway
    message: Text | None = None
    severity = None
    if address == TUNNEL:
        message = OF_TUNNEL(value=value)
    elif mode == NAT and is_loopback(value):
        is_silent = _is_silent(value, host)
        message = None if is_silent is False else OF_ITSELF(value=value)
        severity = None if is_silent else Severity.INFORMATION
    elif mode == MIRRORED and is_of_nat(address):
        message = OF_NAT(value=value, address=LOOPBACK)
    elif mode == NAT and is_of_nat(address) and gateway and gateway != address:
        # Another switch of Hyper-V has such an address, too.
        message, severity = OF_BEFORE(value=value, address=gateway), Severity.INFORMATION
    if message is not None:
        fixes = tuple(_fixes(same, address, LOOPBACK if mode == MIRRORED else GATEWAY, scene))
        yield Finding(assignment.value_span, message, fixes, severity=severity)


def _is_silent(value: str, host: Host) -> bool | None:
    """Return whether nothing listens at a proxy of this distribution; None if that is unknown."""
    known, silent = {proxy.value for proxy in host.network.proxies}, host.network.silent_proxies
    return None if silent is None or value not in known else value in silent


def _fixes(same: list[Assignment], old: str, new: str, scene: Scene) -> Iterator[Fix]:
    edits = [_edit(each, old, new, scene) for each in same]
    known = tuple(edit for edit in edits if edit is not None)
    if len(known) == len(edits):
        yield Fix(CHANGE_TO(value=new), known)


def _edit(assignment: Assignment, old: str, new: str, scene: Scene) -> Edit | None:
    """Return the edit of one value; None where the command for the gateway would not run."""
    value = assignment.value or ""
    start = value.rfind(old)
    span = Span(start, start + len(old))
    if new != GATEWAY:
        return part_edit(assignment, span, new)
    is_run = scene.file.family.name in _EXPANDING and assignment.style in (Style.BARE, Style.DOUBLE)
    if not is_run or not assignment.is_literal:
        return None
    return Edit(Span(assignment.value_span.start + span.start, assignment.value_span.start + span.end), new)
