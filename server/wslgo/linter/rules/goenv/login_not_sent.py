"""go does not send the login that `.netrc` has for a server of private modules.

By default go sends such logins (`GOAUTH=netrc`), to module proxies and to hosts of private modules. With `GOAUTH=off`
these answer with 401 or 404. Since Go 1.24 a port belongs to the name, too: a login for `goproxy.corp.example` is not
one for `https://goproxy.corp.example:8443`.

## Example

```properties path=.config/go/env
GOAUTH=off
```

```json host
{"private_modules": [{"pattern": "git.corp.example", "place": "/home/user/.netrc"}]}
```

becomes

```properties path=.config/go/env
GOAUTH=netrc
```

## Example

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example:8443,direct
```

```json host
{"private_modules": [{"pattern": "goproxy.corp.example", "place": "/home/user/.netrc"}]}
```

## No finding

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example:8443,direct
```

```json host
{"private_modules": [
  {"pattern": "goproxy.corp.example", "place": "/home/user/.netrc"},
  {"pattern": "goproxy.corp.example:8443", "place": "/home/user/.netrc"}
]}
```

## No finding

Go 1.23 compares names without ports:

```properties path=.config/go/env
GOPROXY=https://goproxy.corp.example:8443,direct
```

```json host
{
  "go": {"path": "/usr/local/go/bin/go", "version": "1.23.4"},
  "private_modules": [{"pattern": "goproxy.corp.example", "place": "/home/user/.netrc"}]
}
```

## No finding

```properties path=.config/go/env
GOAUTH=netrc
```

```json host
{"private_modules": [{"pattern": "git.corp.example", "place": "/home/user/.netrc"}]}
```

## No finding

The login is one of git, which go does not send:

```properties path=.config/go/env
GOAUTH=off
```

```json host
{"private_modules": [{"pattern": "git.corp.example", "place": "/home/user/.gitconfig"}]}
```

## No finding

In CI the machine is another one:

```yaml path=.github/workflows/test.yml
env:
  GOAUTH: off
```

```json host
{"private_modules": [{"pattern": "git.corp.example", "place": "/home/user/.netrc"}]}
```
"""

from collections.abc import Iterator, Mapping

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import part_span, value_edit
from wslgo.goenv.proxy_chain import usable_proxies
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

MESSAGE = Message(
    en="With GOAUTH=off go does not send the login for {host} in {place}. Delete it, or write netrc",
    zh="GOAUTH=off 使 go 不发送 {place} 中 {host} 的登录信息。请删除它，或改为 netrc",
)
OF_PORT = Message(
    en="go does not send the login for {host} in {place} to {target}. Write 'machine {target}' there, too",
    zh="go 不会把 {place} 中 {host} 的登录信息发送给 {target}。请在其中也写上 'machine {target}'",
)
OFF, NETRC = "off", "netrc"
_WITH_PORTS = (1, 24)


@assignment_rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("private_modules",), dimension="network")
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.is_elsewhere or not assignment.value or not scene.host.private_modules:
        return
    logins = {found.pattern: found.place for found in scene.host.private_modules if found.place.endswith(NETRC)}
    if assignment.name == "GOAUTH" and assignment.value.strip() == OFF and logins:
        host, place = next(iter(logins.items()))
        edit = value_edit(assignment, NETRC)
        fixes = (Fix(CHANGE_TO(value=NETRC), (edit,)),) if edit is not None else ()
        yield Finding(assignment.value_span, MESSAGE(host=host, place=place), fixes)
    elif assignment.name == "GOPROXY" and logins:
        yield from _of_ports(assignment, scene, logins)


def _of_ports(assignment: Assignment, scene: Scene, logins: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the findings about proxies at a port, for which a login names only the host."""
    entries, go = usable_proxies(assignment), scene.host.go
    version = go_version(go.version) if go is not None and go.version else None
    is_old = version is not None and (version.major, version.minor) < _WITH_PORTS
    if entries is None or is_old:
        return
    for entry in entries.entries:
        target = entry.target
        if target is None or target.scheme != "https" or target.user is not None:
            continue
        host, colon, _ = target.host.partition(":")
        if colon and host in logins and target.host not in logins:
            message = OF_PORT(host=host, place=logins[host], target=target.host)
            yield Finding(part_span(assignment, entry.span), message)
