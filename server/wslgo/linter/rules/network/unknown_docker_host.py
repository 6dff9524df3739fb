"""`host.docker.internal` is not a name here: only Docker Desktop provides it.

With Docker Engine in the distribution, a container knows the name if `extra_hosts` maps it to `host-gateway`, which is
this distribution and not Windows. A program outside of a container reaches published ports of containers at
`localhost`.

## Example

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    build: .
    environment:
      DB_URL: postgres://host.docker.internal:5432/app
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}}
```

becomes

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    build: .
    extra_hosts:
      - host.docker.internal:host-gateway
    environment:
      DB_URL: postgres://host.docker.internal:5432/app
```

## Example

The build has a mapping of its own:

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    build:
      context: .
      args:
        HTTP_PROXY: http://host.docker.internal:3128
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}}
```

becomes

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    build:
      context: .
      extra_hosts:
        - host.docker.internal:host-gateway
      args:
        HTTP_PROXY: http://host.docker.internal:3128
```

## Example

```json path=.vscode/launch.json host=ubuntu-24.04-nat
{"configurations": [
  {"type": "go", "request": "launch", "name": "app", "program": ".",
   "env": {"DB_URL": "postgres://host.docker.internal:5432/app"}}
]}
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}, "network": {"has_docker_name": false}}
```

becomes

```json path=.vscode/launch.json host=ubuntu-24.04-nat
{"configurations": [
  {"type": "go", "request": "launch", "name": "app", "program": ".",
   "env": {"DB_URL": "postgres://localhost:5432/app"}}
]}
```

## Example

```bash path=.bashrc host=ubuntu-24.04-nat
export DB_HOST=host.docker.internal
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}, "network": {"has_docker_name": false}}
```

becomes

```bash path=.bashrc host=ubuntu-24.04-nat
export DB_HOST=localhost
```

## Example

```bash path=.envrc host=ubuntu-24.04-nat
export DB_URL="postgres://host.docker.internal:5432/app"
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}, "network": {"has_docker_name": false}}
```

becomes

```bash path=.envrc host=ubuntu-24.04-nat
export DB_URL="postgres://localhost:5432/app"
```

## No finding

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    extra_hosts: ["host.docker.internal:host-gateway"]
    environment:
      DB_URL: postgres://host.docker.internal:5432/app
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}}
```

## No finding

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    environment:
      NO_PROXY: localhost,host.docker.internal
      DB_URL: postgres://host.docker.internal.example.com/app
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}}
```

## No finding

Another container reads the labels:

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    labels:
      - traefik.http.services.app.loadbalancer.server.url=http://host.docker.internal:8080
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}}
```

## No finding

Docker Desktop, or an engine that is not known:

```yaml path=compose.yaml host=ubuntu-24.04-nat
services:
  app:
    environment: {DB_URL: "postgres://host.docker.internal:5432/app"}
```

## No finding

A hosts file has the name:

```json path=.vscode/launch.json host=ubuntu-24.04-nat
{"configurations": [
  {"type": "go", "request": "launch", "name": "app", "program": ".",
   "env": {"DB_URL": "postgres://host.docker.internal:5432/app"}}
]}
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}, "network": {"has_docker_name": true}}
```

## No finding

The command is for a container, and the comment has no effect:

```bash path=.bashrc host=ubuntu-24.04-nat
app() { docker run --add-host=host.docker.internal:host-gateway -e DB_HOST=host.docker.internal app; }
# export DB_HOST=host.docker.internal
```

```json host
{"gpu": {"container_engine": "/usr/bin/docker"}, "network": {"has_docker_name": false}}
```

## No finding

```bash path=.envrc host=ubuntu-24.04-nat
export DB_URL="postgres://host.docker.internal:5432/app"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD, CHANGE_TO
from wslgo.syntax.family import COMPOSE, ENVRC, LAUNCH, SHELL
from wslgo.syntax.file import comments
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import Source
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING, cast

if TYPE_CHECKING:  # most files need no parsing
    from wslgo.syntax.json.jsonc import Jsonc
    from wslgo.syntax.shell.script import Shell

NAME = "host.docker.internal"
MAPPING = f"{NAME}:host-gateway"
OTHERWISE = ("extra_hosts", "network_mode")  # the file cares for it
LOOPBACK = "localhost"

IN_CONTAINER = Message(
    en="Docker Engine does not know {name}. Map it with extra_hosts to host-gateway, which is this distribution",
    zh="Docker Engine 不认识 {name}。请用 extra_hosts 将其映射到 host-gateway，即此发行版",
)
OUTSIDE = Message(
    en="Without Docker Desktop {name} does not resolve here. Published ports of containers are at {other}",
    zh="没有 Docker Desktop 时，此处无法解析 {name}。容器发布的端口在 {other} 上",
)

_LINE = pattern(r"([ ]*)(- )?([A-Za-z_][\w.-]*)?[^\n]*")
_NAMED = pattern(r"(?<![\w.-])host\.docker\.internal(?![\w-]|\.\w)")
_NEAR = 200  # characters in front of a name: a line can have a million
_SERVICES, _BUILD, _LABELS, _MOST_LINES = "services", "build", "labels", 500
_NEEDS = ("gpu.container_engine", "network.has_docker_name")


@rule(
    Severity.WARNING,
    fixable=Safety.UNSAFE,
    subject=RuleSubject.SOURCE,
    needs={COMPOSE: ("gpu.container_engine",), LAUNCH: _NEEDS, SHELL: _NEEDS, ENVRC: _NEEDS},
    by_entry=True,
    only_with=(NAME.lower(),),
)
def check(source: Source, scene: Scene) -> Iterator[Finding]:
    text, family = source.text, scene.file.family.name
    engine = (scene.host.gpu.container_engine or "").rpartition("/")[2]
    if NAME not in text or engine != "docker":
        return
    if family == COMPOSE:
        yield from _in_compose(text, scene)
    elif scene.host.network.has_docker_name is False:
        for value in _values(scene):
            span = next(_mentions(text, value), None)
            if span is not None:
                fix = Fix(CHANGE_TO(value=LOOPBACK), (Edit(span, LOOPBACK),))
                yield Finding(span, OUTSIDE(name=NAME, other=LOOPBACK), (fix,))


def _in_compose(text: str, scene: Scene) -> Iterator[Finding]:
    """Yield the first mention: one mapping is for all variables of a service."""
    if any(word in text for word in OTHERWISE):
        return
    ignored = tuple(comments(scene.file))
    mentions = _mentions(text, Span(0, len(text)))
    effective = (each for each in mentions if not any(comment.covers(each) for comment in ignored))
    found = ((each, _keys_above(text, each.start)) for each in effective)
    span, chain = next(((each, keys) for each, keys in found if _LABELS not in {key for *_, key in keys}), (None, []))
    if span is not None:
        place = _place_in_service(chain)
        fixes: tuple[Fix, ...] = ()
        if place is not None:
            blanks = " " * place[1]
            lines = f"{blanks}extra_hosts:\n{blanks}  - {MAPPING}\n"
            fixes = (Fix(ADD(text=MAPPING), (Edit(Span(place[0], place[0]), lines),)),)
        yield Finding(span, IN_CONTAINER(name=NAME), fixes)


def _mentions(text: str, within: Span) -> Iterator[Span]:
    """Yield where the host is named, but for exceptions from a proxy, which may name any host."""
    for found in _NAMED.finditer(text, *within):
        line = max(text.rfind("\n", 0, found.start()) + 1, found.start() - _NEAR)
        before = text[line : found.start()].lower()
        if "no_proxy" not in before[before.rfind('",') + 1 :]:
            yield Span(*found.span())


def _keys_above(text: str, at: int) -> list[tuple[int, int, str]]:
    """Return the start, the indentation and the name of each key around a place, the innermost first."""
    chain: list[tuple[int, int, str]] = []
    start = text.rfind("\n", 0, at) + 1
    depth = len(text)
    for _ in range(_MOST_LINES):
        line = _LINE.match(text, start)
        if line and line[3] and not line[2] and len(line[1]) < depth:
            depth = len(line[1])
            chain.append((start, depth, line[3]))
        elif line and line[2]:
            depth = min(depth, len(line[1]) + 1)  # its key may have the same indentation
        if depth == 0 or start == 0:
            break
        start = text.rfind("\n", 0, start - 1) + 1
    return chain


def _place_in_service(chain: list[tuple[int, int, str]]) -> tuple[int, int] | None:
    """Return the start and the indentation of the key of the service or build that has a place; None if unclear."""
    if len(chain) < 3 or chain[-1][2] != _SERVICES:
        return None
    if chain[-3][2] == _BUILD:
        return chain[-4][:2] if len(chain) > 3 else None
    return chain[-3][:2]


def _values(scene: Scene) -> Iterator[Span]:
    """Yield the values of variables that programs of this distribution get."""
    if scene.file.family.name == LAUNCH:
        from wslgo.syntax.json import launch  # few files name the host of containers

        for configuration in launch.read(cast("Jsonc", scene.file.tree).root).configurations:
            node = configuration.node
            kind, request, env = node.at("type"), node.at("request"), node.at("env")
            is_launch = kind and kind.string == "go" and request and request.string == "launch"
            yield from (member.value.span for member in (env.members if is_launch and env else ()) if member.value)
        return
    for found in cast("Shell", scene.file.tree).assignments:
        if found.is_exported and found.is_certain and found.name != "DISPLAY":  # another rule is about displays
            yield found.word.span
