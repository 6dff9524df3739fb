"""A private module is required, and GOPRIVATE does not name it.

go asks the public proxy and the checksum database for the module first: both learn its path, and go reports "410 Gone"
or "404 Not Found" although the host is reachable. A module counts as private if its host is in a domain such as
`.internal` or `.corp`, if `wslgo.yaml` names it (`check: private:`), or if there is a login for it on this machine: in
`.netrc`, or as an address that git replaces by one with a user (`url.BASE.insteadOf`). A remote of this repository on
the same host is a sign, too. Hosts such as github.com have public modules and private ones, so only a login for an
organization counts there. It is reported only if the value of GOPRIVATE is known.

## Example

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPRIVATE=git.other.example
```

becomes

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPRIVATE=git.other.example,git.shop.internal
```

## Example

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
```

```json host
{"go_variables": []}
```

becomes

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPROXY=https://goproxy.cn,direct
GOPRIVATE=git.shop.internal
```

## Example

git signs in there:

```text path=go.mod
module example.com/web

require github.com/acme/lib v1.2.0
```

```json host
{
  "go_variables": [{"name": "GOPROXY", "value": "https://goproxy.cn,direct", "origin": "/home/me/.config/go/env"}],
  "private_modules": [{"pattern": "github.com/acme", "place": "/home/me/.gitconfig"}]
}
```

## Example

The repository has a remote on the same host:

```text path=/home/me/web/go.mod
module example.com/web

require git.shop.example/team/lib v1.2.0
```

```json host
{
  "go_variables": [],
  "private_modules": [
    {"pattern": "git.shop.example", "place": "/home/me/web/.git/config", "folder": "/home/me/web", "is_remote": true}
  ]
}
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

The code is here:

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0

replace git.shop.internal/team/lib => ../lib
```

```properties path=.config/go/env
GOPRIVATE=git.other.example
```

## No finding

The first proxy is that of the company:

```text path=go.mod
module shop.internal/web

require git.shop.internal/team/lib v1.2.0
```

```properties path=.config/go/env
GOPROXY=https://goproxy.shop.internal,https://proxy.golang.org,direct
```

## No finding

The login is for another organization, and the remote that of another repository:

```text path=/home/me/web/go.mod
module example.com/web

require (
    git.shop.example/team/lib v1.2.0
    github.com/gin-gonic/gin v1.10.0
)
```

```json host
{
  "go_variables": [],
  "private_modules": [
    {"pattern": "github.com/acme", "place": "/home/me/.gitconfig"},
    {"pattern": "git.shop.example", "place": "/home/me/app/.git/config", "folder": "/home/me/app", "is_remote": true}
  ]
}
```
"""

from collections.abc import Iterator, Mapping

from wslgo.knowledge.module_proxies import is_private_domain, is_public
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import IS_SET_HERE
from wslgo.machine.host import ENVIRONMENT, PrivateModules, Variable
from wslgo.syntax.family import GOENV, GOMOD
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # few modules require private ones
    from wslgo.goenv.assignment import Assignment

# The first one is the default of the others: each that is set replaces it for the proxy or the checksum database.
EXEMPTIONS = ("GOPRIVATE", "GONOPROXY", "GONOSUMDB")

MESSAGE = Message(
    en="go asks {proxy} for {path}, because GOPRIVATE does not name {pattern}",
    zh="go 会向 {proxy} 请求 {path}，因为 GOPRIVATE 中没有 {pattern}",
)
OF_TEAM = Message(
    en="wslgo.yaml calls {path} private, but go asks {proxy} for it: GOPRIVATE does not name {pattern}",
    zh="wslgo.yaml 将 {path} 列为私有模块，但 go 会向 {proxy} 请求它：GOPRIVATE 中没有 {pattern}",
)
LOGIN = Message(
    en="go asks {proxy} for {path}, but {place} has a login for {pattern}. Is it private? Add it to GOPRIVATE",
    zh="go 会向 {proxy} 请求 {path}，而 {place} 中有 {pattern} 的登录信息。若为私有模块，请写入 GOPRIVATE",
)
REMOTE = Message(
    en="go asks {proxy} for {path}, and this repository has a remote at {pattern}. Is it private? Add it to GOPRIVATE",
    zh="go 会向 {proxy} 请求 {path}，而此仓库在 {pattern} 有远程仓库。若为私有模块，请写入 GOPRIVATE",
)
TITLE = Message(en="Add {patterns} to {name} in {place}", zh="在 {place} 的 {name} 中添加 {patterns}")
LINE = Message(en="Set {line} in {place}", zh="在 {place} 中设置 {line}")
EXPORT = Message(en="add {patterns} to {name} where it is exported", zh="在导出 {name} 的位置添加 {patterns}")


class _Private(NamedTuple):
    """A pattern for a module, and what shows that it is private."""

    pattern: str
    message: Message
    place: str = ""


class _Setting(NamedTuple):
    """The value of a variable ("" if nothing sets it, None if unknown), and the assignment in a file that sets it."""

    value: str | None
    assignment: "Assignment | None" = None
    is_exported: bool = False


@rule(
    Severity.HINT,
    fixable=Safety.UNSAFE,
    needs={GOMOD: ("go_variables", "home", "goenv_path", "private_modules")},
    only_with=("require",),
    dimension="security",
)
def check(tree: GoMod, scene: Scene) -> Iterator[Finding]:
    known = [found for found in scene.host.private_modules or () if _counts_for(found, scene)]
    replaced = {replacement.old.path for replacement in tree.replace}
    targets = (required.target for required in tree.require if required.target.path not in replaced)
    private = [(target, found) for target in targets if (found := _shown_private(target.path, scene, known))]
    if not private:
        return
    from wslgo.syntax.go.module_patterns import matches  # few modules require private ones

    settings = {name: _setting(name, scene) for name in EXEMPTIONS}
    values = [setting.value for setting in settings.values()]
    # An exemption that no file sets is known to be empty only on a known machine.
    is_known = scene.host.go_variables is not None or any(values)
    proxy = _first_proxy(_setting("GOPROXY", scene).value)
    if not is_known or None in values or not is_public(proxy):
        return
    exempt = ",".join(filter(None, values))
    missing = [(target, found) for target, found in private if not matches(exempt, target.path)]
    for target, found in missing[:1]:
        patterns = tuple(dict.fromkeys(other.pattern for _, other in missing))
        message = found.message(proxy=proxy, path=target.path, pattern=found.pattern, place=found.place)
        severity = Severity.WARNING if found.message is OF_TEAM else None
        yield _with_cure(Finding(target.path_span, message, severity=severity), settings, patterns, scene)


def _counts_for(found: PrivateModules, scene: Scene) -> bool:
    place = scene.file.place or scene.file.path
    return not found.folder or place.startswith(f"{found.folder.rstrip('/')}/")


def _shown_private(path: str, scene: Scene, known: list[PrivateModules]) -> _Private | None:
    """Return what shows that a module is private, the surest first; None if nothing does."""
    host = path.partition("/")[0]
    team = next((pattern for pattern in scene.private if _matches(pattern, path)), None)
    if team is not None:
        return _Private(team, OF_TEAM)
    if is_private_domain(host):
        return _Private(host, MESSAGE)
    for found in sorted(known, key=lambda found: found.is_remote):
        if _covers(found.pattern, path):
            return _Private(found.pattern, REMOTE if found.is_remote else LOGIN, found.place)
    return None


def _covers(pattern: str, path: str) -> bool:
    """Return whether a pattern without wildcards is the path or the beginning of it."""
    return f"{path}/".startswith(f"{pattern.rstrip('/')}/")


def _matches(pattern: str, path: str) -> bool:
    from wslgo.syntax.go.module_patterns import matches  # few teams name private modules

    return matches(pattern, path)


def _setting(name: str, scene: Scene) -> _Setting:
    """Return what sets a variable in the folder of the file."""
    from wslgo.goenv.assignment import NARROW
    from wslgo.goenv.precedence import assignment_in_effect
    from wslgo.goenv.readers import assignments, is_read_on

    files = (file for file in scene.others if is_read_on(file, scene.host))
    known = [assignment for file in files for assignment in assignments(file) if assignment.name == name]
    found = assignment_in_effect(name, known, scene.host)
    if found is None:
        return _Setting(None if any(assignment.scope not in NARROW for assignment in known) else "")
    if isinstance(found, Variable):
        return _Setting(found.value, is_exported=found.origin == ENVIRONMENT)
    return _Setting(found.value, found)


def _first_proxy(value: str | None) -> str:
    """Return the host that go asks first: a private proxy in front has the private modules; "" if it is not known."""
    from wslgo.syntax.go.goproxy import DEFAULT, parse

    steps = parse(value or DEFAULT).steps if value is not None else ()
    target = steps[0].target if steps else None
    return target.host if target is not None else ""


def _with_cure(finding: Finding, settings: Mapping[str, _Setting], patterns: tuple[str, ...], scene: Scene) -> Finding:
    """Return the finding with the edit or the command that keeps what the variables have."""
    # One that is set besides GOPRIVATE would hide it.
    names = [name for name in EXEMPTIONS if name == EXEMPTIONS[0] or settings[name].value]
    values = {name: ",".join(filter(None, (settings[name].value, *patterns))) for name in names}
    held = [(name, assignment) for name in names if (assignment := settings[name].assignment)]
    related = tuple(
        Related(assignment.value_span, IS_SET_HERE(name=name), assignment.path) for name, assignment in held
    )
    exported = next((name for name in names if settings[name].is_exported), None)
    fixes: tuple[Fix, ...] = ()
    if len(names) == len(held) == 1:
        fixes = tuple(_fix(*held[0], values[names[0]], patterns))
    elif len(names) == 1 and not held and not exported:
        fixes = tuple(_new_line(f"{names[0]}={values[names[0]]}", scene))
    step = EXPORT(patterns=patterns, name=exported) if exported else _command(values)
    return finding._replace(fixes=fixes, related=related, next=step)


def _fix(name: str, assignment: "Assignment", value: str, patterns: tuple[str, ...]) -> Iterator[Fix]:
    from wslgo.goenv.edit import value_edit  # only where a file sets it

    edit = value_edit(assignment, value)
    if edit is not None:
        title = TITLE(patterns=patterns, name=name, place=assignment.path)
        yield Fix(title, (edit._replace(path=assignment.path),))


def _new_line(line: str, scene: Scene) -> Iterator[Fix]:
    """Yield the fix that adds a line to the go env file, if that was read."""
    for file in scene.others:
        if file.family.name == GOENV and scene.host.goenv_path in (None, file.place or file.path):
            end = len(file.source.text)
            before = "" if file.source.text.endswith("\n") or not end else "\n"
            edit = Edit(Span(end, end), f"{before}{line}\n", file.path)
            yield Fix(LINE(line=line, place=file.path), (edit,))


def _command(values: Mapping[str, str]) -> Text:
    from wslgo.text.next_step import command  # few modules require private ones

    return command(f"go env -w {' '.join(f'{name}={value}' for name, value in values.items())}")
