"""A module on a private host is required, and GOPRIVATE does not name it.

go asks the public proxy and the checksum database for the module first: both learn its path, and go reports "410 Gone"
or "404 Not Found" although the host is reachable. It is reported only if the value of GOPRIVATE is known.

## Example

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPRIVATE=git.other.example
```

## No finding

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPRIVATE=*.shop.internal
```

## No finding

What is set is not known:

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

## No finding

No public proxy is asked, and the code is here:

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0

replace git.shop.internal/team/lib => ../lib
```

```properties path=.config/go/env
GOPRIVATE=git.other.example
```
"""

from collections.abc import Iterator

from wslgo.goenv.precedence import assignment_in_effect
from wslgo.goenv.readers import assignments, is_read_on
from wslgo.knowledge.module_proxies import is_private_domain, is_public
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOMOD
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.syntax.go.module_patterns import matches
from wslgo.text.message import Message
from wslgo.text.next_step import command

EXEMPTIONS = ("GOPRIVATE", "GONOPROXY")

MESSAGE = Message(
    en="go asks {proxy} for {path}, because GOPRIVATE does not name {host}",
    zh="go 会向 {proxy} 请求 {path}，因为 GOPRIVATE 中没有 {host}",
)


@rule(Severity.HINT, needs={GOMOD: ("go_variables", "home", "goenv_path")})
def check(tree: GoMod, scene: Scene) -> Iterator[Finding]:
    private = [required for required in tree.require if is_private_domain(required.target.path.partition("/")[0])]
    if not private:
        return
    from wslgo.syntax.go.goproxy import DEFAULT, parse  # few modules require private ones

    values = {name: _value(name, scene) for name in (*EXEMPTIONS, "GOPROXY")}
    proxy = parse(values["GOPROXY"] or DEFAULT)
    public = next((step.target.host for step in proxy.steps if step.target and is_public(step.target.host)), None)
    # An exemption that no file sets is known to be empty only on a known machine.
    is_known = scene.host.go_variables is not None or any(values[name] for name in EXEMPTIONS)
    if public is None or not is_known:
        return
    exempt = ",".join(values[name] or "" for name in EXEMPTIONS)
    replaced = {replacement.old.path for replacement in tree.replace}
    for required in private:
        path = required.target.path
        if path not in replaced and not matches(exempt, path):
            host = path.partition("/")[0]
            step = command(f"go env -w GOPRIVATE={','.join(filter(None, (values['GOPRIVATE'], host)))}")
            yield Finding(required.target.path_span, MESSAGE(proxy=public, path=path, host=host), next=step)
            return


def _value(name: str, scene: Scene) -> str | None:
    """Return the value in effect, None if it is not set or not known."""
    files = (file for file in scene.others if is_read_on(file, scene.host))
    found = assignment_in_effect(name, [each for file in files for each in assignments(file)], scene.host)
    return found.value if found is not None else None
