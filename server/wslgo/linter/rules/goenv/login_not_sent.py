"""GOAUTH=off keeps go from sending the login that `.netrc` has for a server of private modules.

By default go sends such logins (`GOAUTH=netrc`), to module proxies and to hosts of private modules. With `off` these
answer with 401 or 404, and go reports that the module does not exist.

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

from collections.abc import Iterator

from wslgo.goenv.assignment import Assignment
from wslgo.goenv.edit import value_edit
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import assignment_rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message

MESSAGE = Message(
    en="With GOAUTH=off go does not send the login for {host} in {place}. Delete it, or write netrc",
    zh="GOAUTH=off 使 go 不发送 {place} 中 {host} 的登录信息。请删除它，或改为 netrc",
)
OFF, NETRC = "off", "netrc"


@assignment_rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("private_modules",))
def check(assignment: Assignment, scene: Scene) -> Iterator[Finding]:
    if assignment.name != "GOAUTH" or (assignment.value or "").strip() != OFF or assignment.is_elsewhere:
        return
    known = (found for found in scene.host.private_modules or () if found.place.endswith(NETRC))
    login = next(known, None)
    if login is not None:
        edit = value_edit(assignment, NETRC)
        fixes = (Fix(CHANGE_TO(value=NETRC), (edit,)),) if edit is not None else ()
        yield Finding(assignment.value_span, MESSAGE(host=login.pattern, place=login.place), fixes)
