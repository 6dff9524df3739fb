"""A port that is to be opened here is reserved by Windows, and networking is mirrored.

In mirrored mode a program of Linux gets a port only if Windows has it to give: `bind: address already in use`, although
nothing listens there. Windows reserves ranges for itself and for Hyper-V, which change with each start of Windows and
can contain those of a service mesh (15010, 15012). Choose another port, or name it in `ignoredPorts` under
`[experimental]` in `.wslconfig`; Windows then does not reach it. `netsh interface ipv4 show excludedportrange
protocol=tcp` lists the ranges.

## Example

```yaml path=compose.yaml host=ubuntu-24.04-mirrored
services:
  app:
    ports:
      - "15010:8080"
      - 127.0.0.1:8080:8080
```

```json host
{"windows": {"reserved_ports": [{"first": 14917, "last": 15016}]}}
```

## Example

```make path=Makefile host=ubuntu-24.04-mirrored
forward:
\tkubectl -n istio-system port-forward svc/istiod 15012 15090:15090
```

```json host
{"windows": {"reserved_ports": [{"first": 14917, "last": 15016}]}}
```

## Example

```bash path=scripts/debug.sh host=ubuntu-24.04-mirrored
dlv debug --headless --listen=127.0.0.1:50005 .
```

## Example

```json path=.vscode/tasks.json host=ubuntu-24.04-mirrored
{"tasks": [{"label": "db", "command": "docker run -d -p 50001:5432 postgres"}]}
```

## No finding

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    ports: ["50001:8080"]
```

## No finding

```yaml path=compose.yaml host=ubuntu-24.04-mirrored
services:
  app:
    ports:
      - "8080:50001"
      # - "50001:8080"
```

## No finding

The port is one that WSL does not ask Windows for:

```make path=Makefile host=ubuntu-24.04-mirrored
forward:
\tkubectl port-forward svc/app 50001:80
```

```json host
{"wslconfig": {"text": "[wsl2]\\nnetworkingMode=mirrored\\n[experimental]\\nignoredPorts=50001\\n"}}
```

## No finding

```bash path=scripts/debug.sh host=ubuntu-24.04-mirrored
dlv debug --headless --listen=127.0.0.1:2345 .
# dlv debug --headless --listen=127.0.0.1:50005 .
docker run -p 8080:50001 app
cut-video -p 50001:30 in.mp4
```

## No finding

Windows did not answer:

```json path=.vscode/tasks.json host=ubuntu-24.04-mirrored
{"tasks": [{"label": "db", "command": "docker run -d -p 50001:5432 postgres"}]}
```

```json host
{"windows": {"reserved_ports": null}}
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import MachineScene, Scene
from wslgo.machine.host import Host
from wslgo.syntax.family import COMPOSE, MAKEFILE, SCRIPT, TASKS, WSLCONFIG
from wslgo.syntax.file import comments
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Span

MESSAGE = Message(
    en="Windows reserves port {port} ({first} to {last}), so in mirrored mode it may not open here. Choose another one",
    zh="Windows 保留了端口 {port}（{first} 至 {last}），因此在镜像模式下可能无法在此处打开。请改用其他端口",
)

_ADDRESS = r"(?:[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}:)?"
# `docker run -p 8080:80`, and the options of Delve.
_PUBLISHED = pattern(rf"(?<![\w-])(?:-p|--publish)[ =][\"']?{_ADDRESS}([0-9]{{2,5}}):[0-9]")
_ENGINE = pattern(r"\b(?:docker|podman|nerdctl)\b")
_NEAR = 500  # characters before a port: a command can have a million
_LISTENING = pattern(r"--listen[ =][\w.\[\]]{0,99}:([0-9]{2,5})")
_IN_COMPOSE = pattern(rf"(?<=[-\[,])[ ]*[\"']?{_ADDRESS}([0-9]{{2,5}}):[0-9]{{1,5}}(?=[\"'/\s,\]])")
_FORWARDING = pattern(r"\bport-forward\b([^\n;&|\"']{0,300})")
_FORWARDED = pattern(r"(?<=[ \t])([0-9]{2,5})(?::[0-9]{1,5})?(?![\w./:-])")


@rule(
    Severity.INFORMATION,
    subject=RuleSubject.SOURCE,
    needs=dict.fromkeys(
        (COMPOSE, MAKEFILE, SCRIPT, TASKS), ("windows.reserved_ports", "running.networking", "wslconfig")
    ),
    by_entry=True,
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    host, text = scene.host, source.text
    if host.running.networking != "mirrored" or not host.windows.reserved_ports:
        return
    found = [span for match in _opened(text, scene) for span in map(match.span, range(1, match.re.groups + 1))]
    ports = [Span(*span) for span in found if span != (-1, -1)]
    if not ports:
        return
    ignored, unread = _ignored_ports(host), tuple(comments(scene.file))
    for place in ports:
        port = int(text[place.start : place.end])
        held = next((held for held in host.windows.reserved_ports if held.first <= port <= held.last), None)
        is_read = not any(comment.start <= place.start < comment.end for comment in unread)
        if held is not None and is_read and str(port) not in ignored:
            yield Finding(place, MESSAGE(port=port, first=held.first, last=held.last))


def _opened(text: str, scene: Scene) -> Iterator["re.Match[str]"]:
    if scene.file.family.name == COMPOSE:
        yield from _IN_COMPOSE.finditer(text)
        return
    for option in _PUBLISHED.finditer(text):
        before = text[max(0, option.start() - _NEAR) : option.start()].replace("\\\n", " ")
        command = max(map(before.rfind, "\n;&|")) + 1
        if _ENGINE.search(before, command):
            yield option
    yield from _LISTENING.finditer(text)
    for forwarding in _FORWARDING.finditer(text):
        yield from _FORWARDED.finditer(text, *forwarding.span(1))


def _ignored_ports(host: Host) -> list[str]:
    setting = MachineScene().wsl_file(host, WSLCONFIG).find("experimental", "ignoredPorts")
    return (setting.converted or "").split(",") if setting is not None else []
