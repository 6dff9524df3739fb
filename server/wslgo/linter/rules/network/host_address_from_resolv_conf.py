"""A file takes the name server in `/etc/resolv.conf` for the address of Windows.

That was so in the first years of WSL 2. Since WSL 2.2.1 DNS goes through a tunnel, and `resolv.conf` names
`10.255.255.254`, where no proxy and no X server listens; with `generateResolvConf=false` it names the server that you
wrote there. In NAT mode Windows is the default gateway; in mirrored mode it is `127.0.0.1`.

In a container the gateway is not Windows either, so a Dockerfile or Compose file has to be given the address: as a
variable or build argument.

## Example

```bash path=.bashrc
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
export http_proxy="http://$HOST_IP:7890"
```

becomes

```bash path=.bashrc
export HOST_IP=$(ip route show default | awk '{print $3; exit}')
export http_proxy="http://$HOST_IP:7890"
```

## Example

```bash path=.zshrc host=ubuntu-24.04-mirrored
windows=`cat /etc/resolv.conf | grep nameserver | cut -d' ' -f2`
```

becomes

```bash path=.zshrc
windows=127.0.0.1
```

## Example

Text in single quotes cannot hold the quotes of the usual command:

```bash path=.bashrc
alias proxy='export http_proxy=http://$(tail -1 /etc/resolv.conf | cut -d" " -f2):7890'
```

## Example

Outside of start-up files only where the address is used as that of a host:

```bash path=scripts/proxy.sh
#!/bin/bash
host_ip=$(awk '/nameserver/ {print $2}' /etc/resolv.conf)
```

becomes

```bash path=scripts/proxy.sh
#!/bin/bash
host_ip=$(ip route show default | awk '{print $3; exit}')
```

## Example

```bash path=.envrc
export DB_URL="postgres://$(grep -m1 nameserver /etc/resolv.conf | cut -d' ' -f2):5432/app"
```

```ini path=wsl.conf
[network]
generateResolvConf=false
```

becomes

```bash path=.envrc
export DB_URL="postgres://$(ip route show default | awk '{print $3; exit}'):5432/app"
```

```ini path=wsl.conf
[network]
generateResolvConf=false
```

## Example

```make path=Makefile
WSL_HOST := $(shell grep nameserver /etc/resolv.conf | awk '{print $$2}')
run:
\tHTTPS_PROXY=http://$$(sed -n 's/nameserver //p' /etc/resolv.conf):7890 go mod download
```

becomes

```make path=Makefile
WSL_HOST := $(shell ip route show default | awk '{print $$3; exit}')
run:
\tHTTPS_PROXY=http://$$(ip route show default | awk '{print $$3; exit}'):7890 go mod download
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.27
RUN HTTPS_PROXY=http://$(grep nameserver /etc/resolv.conf | awk '{print $2}'):7890 go mod download
```

## Example

```json path=.vscode/tasks.json
{"tasks": [{"label": "run", "command": "DB_HOST=$(grep nameserver /etc/resolv.conf | cut -c 12-) go run ."}]}
```

becomes

```json path=.vscode/tasks.json
{"tasks": [{"label": "run", "command": "DB_HOST=$(ip route show default | awk '{print $3; exit}') go run ."}]}
```

## Example

```fish path=.config/fish/config.fish
set -gx WINDOWS_HOST (grep nameserver /etc/resolv.conf | awk '{print $2}')
```

becomes

```fish path=.config/fish/config.fish
set -gx WINDOWS_HOST (ip route show default | awk '{print $3; exit}')
```

## Example

```toml path=mise.toml
[tasks.proxy]
run = "curl --proxy http://$(grep nameserver /etc/resolv.conf | cut -c 12-):7890 https://go.dev"
```

becomes

```toml path=mise.toml
[tasks.proxy]
run = "curl --proxy http://$(ip route show default | awk '{print $3; exit}'):7890 https://go.dev"
```

## Example

```yaml path=compose.yaml
services:
  app:
    command: sh -c "DB_HOST=$$(grep nameserver /etc/resolv.conf | cut -c 12-) exec app"
```

## Example

```json path=.devcontainer/devcontainer.json
{"postCreateCommand": "git config http.proxy http://$(grep nameserver /etc/resolv.conf | cut -c 12-):7890"}
```

## Example

```ini path=etc/wsl.conf
[boot]
command=echo WINDOWS_HOST=$(grep nameserver /etc/resolv.conf | cut -c 12-) > /run/windows.env
```

becomes

```ini path=etc/wsl.conf
[boot]
command=echo WINDOWS_HOST=$(ip route show default | awk '{print $3; exit}') > /run/windows.env
```

## No finding

```bash path=.bashrc
export HOST_IP=$(ip route show default | awk '{print $3; exit}')
dns() { cat /etc/resolv.conf; }
suffix=$(awk '/^search/ {print $2}' /etc/resolv.conf)
DNS_SERVER=$(awk '/^nameserver/ {print $2}' /etc/resolv.conf)
ns=$(awk '/^nameserver/ {print $2}' /etc/resolv.conf)
checksum=$(md5sum /etc/resolv.conf | cut -d' ' -f1)
count=$(grep -c nameserver /etc/resolv.conf)
last=$(tail -n1 /etc/resolv.conf)
of_container=$(docker exec app awk '/nameserver/ {print $2}' /etc/resolv.conf)
# HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

## No finding

Without the tunnel, it is the address of Windows:

```bash path=.bashrc
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

```ini path=.wslconfig
[wsl2]
dnsTunneling=false
```

## No finding

```bash path=.bashrc host=windows-10
export HOST_IP=$(grep nameserver /etc/resolv.conf | awk '{print $2}')
```

## No finding

Another rule is about the display:

```bash path=.bashrc
export DISPLAY=$(grep nameserver /etc/resolv.conf | awk '{print $2}'):0
```

## No finding

A name server is what these want:

```bash path=docker-entrypoint.sh
#!/bin/sh
export NGINX_LOCAL_RESOLVERS=$(awk 'BEGIN{ORS=" "} $1=="nameserver" {print $2}' /etc/resolv.conf)
resolver=$(grep nameserver /etc/resolv.conf | cut -d' ' -f2)
```

## No finding

```make path=Makefile
# HOST := $(shell grep nameserver /etc/resolv.conf | cut -c 12-)
dns:
\tdig @$$(grep -m1 nameserver /etc/resolv.conf | cut -c 12-) example.com
```

## No finding

The address of Windows is neither the name server nor the gateway in this mode:

```bash path=.envrc
export WINDOWS_HOST=$(grep nameserver /etc/resolv.conf | cut -d' ' -f2)
```

```ini path=.wslconfig
[wsl2]
networkingMode=bridged
```

## No finding

```dockerfile path=Dockerfile
FROM golang:1.27
ARG HTTPS_PROXY
RUN cat /etc/resolv.conf && go mod download
```

## No finding

```json path=.vscode/tasks.json
{"tasks": [{"label": "run", "command": "cat /etc/resolv.conf; go run ."}]}
```

## No finding

```fish path=.config/fish/config.fish
set -gx NAME_SERVER_OF_DNS (grep nameserver /etc/resolv.conf | awk '{print $2}')
```

## No finding

```toml path=mise.toml
[tasks.dns]
run = "cat /etc/resolv.conf"
```

## No finding

```yaml path=compose.yaml
services:
  app:
    volumes: ["/etc/resolv.conf:/etc/resolv.conf:ro"]
```

## No finding

```json path=.devcontainer/devcontainer.json
{"postCreateCommand": "cat /etc/resolv.conf"}
```

## No finding

```ini path=etc/wsl.conf
[boot]
command=grep nameserver /etc/resolv.conf > /run/name-servers
```
"""

from collections.abc import Iterator
from itertools import islice

from wslgo.linter.displays import DISPLAY_NEEDS, has_wslg
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.linter.windows_address import ADDRESS_NEEDS, LOOPBACK, Named, NameServer, name_server
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    ENVRC,
    FISH,
    MAKEFILE,
    MISE,
    SCRIPT,
    SHELL,
    TASKS,
    WSLCONF,
)
from wslgo.syntax.file import comments
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most files need no parsing
    from wslgo.syntax.shell.script import Shell

MENTION = pattern(r"\bresolv\.conf\b")
# A command that takes the address out of the file, and one that takes something else.
ADDRESS = pattern(r"awk\b|\b(?:cut|sed|perl|tr)\b|\bgrep\b[^|\n]{0,40}[ \t]-[A-Za-z]{0,9}[oP]")
OTHER = pattern(
    r"\b(?:search|domain|options|wc|cksum|docker|podman|kubectl|ssh)\b|sum\b|\bgrep[ \t]+-[A-Za-z]{0,9}[cq]"
)
# The words before the command in its line where a host is meant, and where a name server is.
_OF_HOST = pattern(r"(?i:host|win|wsl|display|proxy|gateway|_ip\b|://)")
_OF_DNS = pattern(r"(?i:dns|\bns[0-9]?=|resolver|name_?server|\bdig\b|nslookup)")
GATEWAY = "ip route show default | awk '{print $3; exit}'"
DISPLAY = "DISPLAY"
SINGLE, QUOTE = "single", "'"
_NEAR = 200  # characters in front of a command: a line can have a million
_MOST = 100  # more mentions than a file of a person has

_OPENING = pattern(r"\$\((?!\()|`")
_OF_MAKE = pattern(r"\$\(shell[ \t]")
_OPENINGS = {
    MAKEFILE: pattern(r"\$\(shell[ \t]|\$\$\(|`"),
    FISH: pattern(r"\$?\("),
    COMPOSE: pattern(r"\$\$\(|`"),
}

MESSAGE = Message(
    en="resolv.conf names the DNS tunnel ({tunnel}), not Windows. Use the default gateway",
    zh="resolv.conf 中是 DNS 隧道（{tunnel}），不是 Windows。请改用默认网关",
)
MIRRORED = Message(
    en="resolv.conf names the DNS tunnel ({tunnel}), not Windows. In mirrored mode use {loopback}",
    zh="resolv.conf 中是 DNS 隧道（{tunnel}），不是 Windows。镜像模式下请使用 {loopback}",
)
ANOTHER = Message(
    en="resolv.conf names a DNS server, not Windows. Use the default gateway",
    zh="resolv.conf 中是 DNS 服务器，不是 Windows。请改用默认网关",
)
ANOTHER_MIRRORED = Message(
    en="resolv.conf names a DNS server, not Windows. In mirrored mode use {loopback}",
    zh="resolv.conf 中是 DNS 服务器，不是 Windows。镜像模式下请使用 {loopback}",
)
OWN = Message(
    en="resolv.conf names your own DNS server (generateResolvConf=false), not Windows. Use the default gateway",
    zh="resolv.conf 中是您自己的 DNS 服务器（generateResolvConf=false），不是 Windows。请改用默认网关",
)
IN_CONTAINER = Message(
    en="In a container resolv.conf names a DNS server, not Windows. Pass the address as a variable",
    zh="容器中的 resolv.conf 是 DNS 服务器，不是 Windows。请以变量传入地址",
)

_CONTAINERS = (DOCKERFILE, COMPOSE, DEVCONTAINER)
_SHELLS = (SHELL, ENVRC, SCRIPT)
_NEEDS = dict.fromkeys((ENVRC, SCRIPT, FISH, MAKEFILE, TASKS, MISE, DOCKERFILE, COMPOSE, DEVCONTAINER), ADDRESS_NEEDS)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    # Whether a command of wsl.conf runs under WSL needs no look at the machine.
    needs={SHELL: (*DISPLAY_NEEDS, *ADDRESS_NEEDS), **_NEEDS, WSLCONF: ()},
    only_with=("resolv.conf",),
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    if not MENTION.search(text):
        return
    named = name_server(scene)
    for span in _commands(scene, text) if named else ():
        if named and _is_for_host(text, span, scene):
            yield Finding(span, _message(named, scene), tuple(_fixes(text, span, named, scene)))


def _commands(scene: Scene, text: str) -> Iterator[Span]:
    """Yield the substitutions that take an address out of the file."""
    from wslgo.syntax.shell.substitutions import around, substitutions  # few files need it

    if scene.file.family.name in _SHELLS:
        found = [*substitutions(cast("Shell", scene.file.tree), text)]
        yield from (span for span in found if MENTION.search(text, *span) and _takes_address(text, span))
        return
    ignored = tuple(comments(scene.file))
    opening = _OPENINGS.get(scene.file.family.name, _OPENING)
    for mention in islice(MENTION.finditer(text), _MOST):
        at = mention.start()
        if not any(comment.start <= at < comment.end for comment in ignored):
            yield from islice((span for span in around(text, at, opening) if _takes_address(text, span)), 1)


def _takes_address(text: str, span: Span) -> bool:
    return bool(ADDRESS.search(text, *span) and not OTHER.search(text, *span))


def _is_for_host(text: str, span: Span, scene: Scene) -> bool:
    """Return whether a command's output is used as the address of a host; in a start-up file it is, with any name."""
    before = text[max(text.rfind("\n", 0, span.start) + 1, span.start - _NEAR) : span.start]
    family = scene.file.family.name
    if _OF_DNS.search(before) or not (family == SHELL or _OF_HOST.search(before)):
        return False
    return not (family == SHELL and has_wslg(scene) and _is_display(span, cast("Shell", scene.file.tree)))


def _is_display(span: Span, tree: "Shell") -> bool:
    return any(found.name == DISPLAY and found.word.span.covers(span) for found in tree.assignments)


def _message(named: NameServer, scene: Scene) -> Text:
    if scene.file.family.name in _CONTAINERS:
        return IN_CONTAINER()
    if named.named is Named.TUNNEL:
        return MIRRORED(tunnel=named.address, loopback=LOOPBACK) if named.is_mirrored else MESSAGE(tunnel=named.address)
    if named.is_mirrored:
        return ANOTHER_MIRRORED(loopback=LOOPBACK)
    return OWN() if named.named is Named.OWN else ANOTHER()


def _fixes(text: str, span: Span, named: NameServer, scene: Scene) -> Iterator[Fix]:
    """Yield the fix, but for text in single quotes, which can have none of its own, as in an alias."""
    family = scene.file.family.name
    value = LOOPBACK if named.is_mirrored else _gateway(text, span, family)
    if family in _CONTAINERS or (QUOTE in value and _is_single_quoted(text, span, scene)):
        return
    yield Fix(CHANGE_TO(value=value), (Edit(span, value),))


def _gateway(text: str, span: Span, family: str) -> str:
    """Return the command for the default gateway, substituted as the one that it replaces."""
    if family == FISH:
        return f"({GATEWAY})"
    if family != MAKEFILE:
        return f"$({GATEWAY})"
    command = GATEWAY.replace("$", "$$")  # make turns two into one
    return f"$(shell {command})" if _OF_MAKE.match(text, *span) else f"$$({command})"


def _is_single_quoted(text: str, span: Span, scene: Scene) -> bool:
    if scene.file.family.name not in _SHELLS:
        return text.count(QUOTE, max(text.rfind("\n", 0, span.start), span.start - _NEAR, 0), span.start) % 2 == 1
    words = (word for command in cast("Shell", scene.file.tree).commands for word in command.words)
    return any(
        piece.start <= span.start < piece.end and piece.quoting.value == SINGLE and span.end <= piece.end
        for word in words
        for piece in word.pieces
    )
