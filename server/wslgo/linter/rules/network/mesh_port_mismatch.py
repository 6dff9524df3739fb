"""A port of istiod is used with TLS where it has none, or without TLS where it needs it.

istiod answers in plaintext at 15010 (configuration over gRPC) and 15014 (monitoring). Port 15012 has the same
configuration, and the certificates of workloads, over mutual TLS; 15017 is that of the webhooks, with TLS. A handshake
at a plaintext port ends with "first record does not look like a TLS handshake", and a request without TLS is closed.

## Example

```properties path=.env
ISTIOD=https://istiod.istio-system.svc:15010
```

becomes

```properties path=.env
ISTIOD=https://istiod.istio-system.svc:15012
```

## Example

The certificates of workloads are at one port only:

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "agent", "program": ".",
   "env": {"CA_ADDR": "istiod.istio-system.svc:15010"}}
]}
```

becomes

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "agent", "program": ".",
   "env": {"CA_ADDR": "istiod.istio-system.svc:15012"}}
]}
```

## Example

The local port of the encrypted service leads to the other one:

```make path=Makefile
forward:
\tkubectl -n istio-system port-forward svc/istiod 15012:15010
```

becomes

```make path=Makefile
forward:
\tkubectl -n istio-system port-forward svc/istiod 15012:15012
```

## Example

`grpcurl` uses TLS unless it is told otherwise:

```bash path=scripts/xds.sh
grpcurl -cacert root.pem localhost:15010 list
curl http://istiod.istio-system.svc:15017/inject
```

becomes

```bash path=scripts/xds.sh
grpcurl -cacert root.pem localhost:15012 list
curl https://istiod.istio-system.svc:15017/inject
```

## Example

```bash path=.bashrc
export XDS_TLS_ADDRESS=istiod.istio-system:15010
```

becomes

```bash path=.bashrc
export XDS_TLS_ADDRESS=istiod.istio-system:15012
```

## Example

```bash path=.envrc
export METRICS=https://istiod.istio-system:15014/metrics
```

becomes

```bash path=.envrc
export METRICS=http://istiod.istio-system:15014/metrics
```

## Example

```fish path=.config/fish/config.fish
set -gx ISTIOD https://localhost:15010
```

becomes

```fish path=.config/fish/config.fish
set -gx ISTIOD https://localhost:15012
```

## Example

```json path=.vscode/tasks.json
{"tasks": [{"label": "tls", "command": "openssl s_client -connect localhost:15010"}]}
```

becomes

```json path=.vscode/tasks.json
{"tasks": [{"label": "tls", "command": "openssl s_client -connect localhost:15012"}]}
```

## Example

```yaml path=compose.yaml
services:
  agent:
    environment:
      CA_ADDRESS: istiod:15010
```

becomes

```yaml path=compose.yaml
services:
  agent:
    environment:
      CA_ADDRESS: istiod:15012
```

## Example

```dockerfile path=Dockerfile
FROM istio/proxyv2
ENV CA_ADDR=istiod:15010
```

becomes

```dockerfile path=Dockerfile
FROM istio/proxyv2
ENV CA_ADDR=istiod:15012
```

## Example

```json path=.devcontainer/devcontainer.json
{"forwardPorts": [15010], "containerEnv": {"ISTIOD": "https://istiod:15010"}}
```

becomes

```json path=.devcontainer/devcontainer.json
{"forwardPorts": [15010], "containerEnv": {"ISTIOD": "https://istiod:15012"}}
```

## Example

```toml path=mise.toml
[env]
CA_ADDR = "istiod:15010"
```

becomes

```toml path=mise.toml
[env]
CA_ADDR = "istiod:15012"
```

## No finding

Plaintext at the plaintext port, and TLS at the others:

```bash path=scripts/xds.sh
grpcurl -plaintext localhost:15010 list
XDS_ADDRESS=istiod.istio-system.svc:15010
kubectl port-forward svc/istiod 15010 15012:15012 15014
curl http://localhost:15014/metrics
CA_TLS=on XDS=istiod:15010 ./agent
echo "without TLS: istiod:15010"
# CA_ADDR=istiod:15010
```

## No finding

```properties path=.env
CA_ADDR=istiod.istio-system.svc:15012
WEBHOOK=https://istiod:15017/inject
OTHER=https://app:150100
SHOP=https://shop.example.com:15014/
```

## No finding

```json path=.vscode/launch.json
{"configurations": [
  {"type": "go", "request": "launch", "name": "agent", "program": ".",
   "env": {"XDS_ADDRESS": "istiod.istio-system.svc:15010", "GRPC_INSECURE": "true"}}
]}
```

## No finding

```make path=Makefile
forward:
\tkubectl -n istio-system port-forward svc/istiod 15010:15010
```

## No finding

```bash path=.bashrc
export ISTIOD=http://localhost:15010
```

## No finding

```bash path=.envrc
export XDS_TLS_ADDRESS=istiod.istio-system:15012
```

## No finding

```fish path=.config/fish/config.fish
set -gx ISTIOD http://localhost:15014
```

## No finding

```json path=.vscode/tasks.json
{"tasks": [{"label": "xds", "command": "grpcurl -plaintext localhost:15010 list"}]}
```

## No finding

```yaml path=compose.yaml
services:
  agent:
    ports: ["15010:15010", "15012:15012"]
```

## No finding

```dockerfile path=Dockerfile
FROM istio/pilot
EXPOSE 15010 15012
```

## No finding

```json path=.devcontainer/devcontainer.json
{"forwardPorts": [15010, 15012]}
```

## No finding

```toml path=mise.toml
[env]
XDS_ADDRESS = "istiod:15010"
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import (
    COMPOSE,
    DEVCONTAINER,
    DOCKERFILE,
    DOTENV,
    ENVRC,
    FISH,
    LAUNCH,
    MAKEFILE,
    MISE,
    SCRIPT,
    SHELL,
    TASKS,
)
from wslgo.syntax.file import comments
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span

_PORT = pattern(r":(1501[0247])(?![0-9])")
_SCHEME = pattern(r"\b(https?)://([^\s\"'/@:]{1,253})\Z")
# What tells that a host with a public name runs istiod; one without is another server.
_PUBLIC = pattern(r"(?i:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,24}")
_OF_MESH = pattern(r"(?i:istio|pilot|mesh|xds|\.svc\b|cluster\.local)")
_FORWARD, _FORWARDED = "port-forward", " 15012"
# Names of variables and options of commands that mean TLS, and words that mean plaintext.
_TLS = pattern(r"(?i:(?:^|[^a-z])(?:m?tls(?:[^a-z]|$)|ca[-_]?addr(?:ess)?\b))")
_OPTION = pattern(r"(?i:[ \t]--?(?:cacert|cert|tls)\b|grpcs://|\bs_client\b)")
_PLAINTEXT = pattern(r"(?i:plaintext|insecure|no[-_]?tls|tls[\"']?[ \t]*[:=][ \t]*[\"']?(?:false|off|0|disable))")
_PRINTED = pattern(r"[ \t@]*(?:echo|printf)\b")
_NEAR = 300  # characters before and behind a port: a line can have a million

NO_TLS = Message(
    en="Port {port} of istiod has no TLS, so the handshake fails. Use {better}",
    zh="istiod 的端口 {port} 不使用 TLS，因此握手会失败。请改用 {better}",
)
NEEDS_TLS = Message(
    en="Port {port} of istiod needs TLS and closes other connections. Use {better}",
    zh="istiod 的端口 {port} 需要 TLS，会关闭其他连接。请改用 {better}",
)

_FAMILIES = (COMPOSE, DEVCONTAINER, DOCKERFILE, DOTENV, ENVRC, FISH, LAUNCH, MAKEFILE, MISE, SCRIPT, SHELL, TASKS)


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    needs=dict.fromkeys(_FAMILIES, ()),
    by_entry=True,
    only_with=(":1501",),
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text = source.text
    if ":1501" not in text:
        return
    ignored = tuple(comments(scene.file))
    for port in _PORT.finditer(text):
        if not any(comment.start <= port.start() < comment.end for comment in ignored):
            yield from _finding(text, port)


def _finding(text: str, port: re.Match[str]) -> Iterator[Finding]:
    from wslgo.knowledge.meshes import ISTIOD_PLAIN, ISTIOD_TLS  # few files name such a port

    number, place = int(port[1]), Span(*port.span(1))
    before, after = _around(text, port)
    scheme = _SCHEME.search(before)
    has_tls, other = number in ISTIOD_TLS, ISTIOD_PLAIN.get(number)
    is_wrong = has_tls != (scheme[1] == "https") if scheme else other is not None and _means_tls(before, after)
    if not is_wrong or (scheme and _PUBLIC.fullmatch(scheme[2]) and not _OF_MESH.search(before)):
        return
    new = str(other or ("https" if has_tls else "http"))
    begin = port.start() - len(before) + (scheme.start(1) if scheme else 0)
    changed = place if other or scheme is None else Span(begin, begin + len(scheme[1]))
    fix = Fix(CHANGE_TO(value=new), (Edit(changed, new),))
    yield Finding(place, (NEEDS_TLS if has_tls else NO_TLS)(port=number, better=new), (fix,))


def _around(text: str, port: re.Match[str]) -> tuple[str, str]:
    """Return the rest of the line before and after a port, cut at a comma of an object: a neighbour means nothing."""
    line = text.rfind("\n", 0, port.start()) + 1
    before = text[max(line, port.start() - _NEAR) : port.start()]
    after = text[port.end() : port.end() + _NEAR].partition("\n")[0]
    return before[before.rfind('",') + 1 :], after.partition('",')[0]


def _means_tls(before: str, after: str) -> bool:
    if _PLAINTEXT.search(before) or _PLAINTEXT.search(after) or _PRINTED.match(before):
        return False
    words = before.split()[-3:]  # `NAME: value`, `NAME = value`, `set -gx NAME value`
    last = words[-1] if words else ""
    named = last if "=" in last else " ".join(words)
    return bool(_forwards(before) or _OPTION.search(before) or _OPTION.search(after) or _TLS.search(named))


def _forwards(before: str) -> bool:
    """Return whether the port is the remote one of `kubectl port-forward ... 15012:15010`."""
    return before.endswith(_FORWARDED) and _FORWARD in before
