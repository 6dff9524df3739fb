"""A `.wslconfig` does not keep to the limits of the policy, or does not set a key that it requires.

`wslconfig` in a `policy:` of `wslgo.yaml` names keys with the value that they must have, or with `min` and `max` for
sizes and numbers. A key that is named must be set: WSL's default depends on the computer.

## Example

```yaml policy
policy:
  wslconfig: {memory: {max: 16GB}}
```

```ini path=.wslconfig
[wsl2]
memory=32GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=16GB
```

## Example

```yaml policy
policy:
  wslconfig: {networkingMode: mirrored, processors: {min: 2}}
```

```ini path=.wslconfig
[wsl2]
processors=4
```

becomes

```ini path=.wslconfig
[wsl2]
networkingMode=mirrored
processors=4
```

## Example

WSL does not read this value, and uses its default:

```yaml policy
policy:
  wslconfig: {memory: {max: 16GB}}
```

```ini path=.wslconfig
[wsl2]
memory=8gb
```

becomes

```ini path=.wslconfig
[wsl2]
memory=16GB
```

## No finding

```yaml policy
policy:
  wslconfig: {memory: {min: 4GB, max: 16GB}, networkingMode: mirrored, wsl2.swap: {max: 8GB}}
```

```ini path=.wslconfig
[wsl2]
memory=8192MB
networkingmode=Mirrored
swap=0
```

## No finding

Of `wsl.conf` it says nothing:

```yaml policy
policy:
  wslconfig: {memory: {max: 16GB}}
```

```ini path=wsl.conf
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.policy import Requirement, places
from wslgo.linter.policy_limits import Limit, limits_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD, CHANGE_TO
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.edit import newline
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

OUTSIDE = Message(
    en="The policy requires {required}, and WSL reads {name}={value}",
    zh="策略要求 {required}，而 WSL 读到的是 {name}={value}",
)
NOT_READ = Message(
    en="The policy requires {required}, and WSL ignores {name}={value}",
    zh="策略要求 {required}，而 WSL 会忽略 {name}={value}",
)
MISSING = Message(
    en="The policy requires {required}, and this file does not set {name}",
    zh="策略要求 {required}，而此文件没有设置 {name}",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, by_entry=True, dimension="correctness")
def check(tree: object, scene: Scene) -> Iterator[Finding]:
    if scene.policy is None or scene.file.family.name != WSLCONFIG or not isinstance(tree, IniFile):
        return
    for limit in limits_of(scene.policy):
        setting = tree.holders.get(limit.known.id)
        if setting is None:
            yield _missing(tree, limit)
            continue
        is_read = setting.verdict is Verdict.ACCEPTED
        broken = limit.broken_by(setting.converted if is_read else None)
        if broken:
            message = OUTSIDE if is_read else NOT_READ
            text = message(required=limit.words, name=limit.known.name, value=setting.value)
            yield Finding(setting.value_span, text, tuple(_fixes(setting, limit, broken)), related=places(broken))


def _fixes(setting: Setting, limit: Limit, broken: tuple[Requirement, ...]) -> Iterator[Fix]:
    value = limit.nearest(setting.converted, broken)
    if value:
        yield Fix(CHANGE_TO(value=value), (Edit(setting.value_span, value),))


def _missing(tree: IniFile, limit: Limit) -> Finding:
    """Return the finding at the header of the section, else at the start of the file."""
    section = next((found for found in tree.sections if found.name.lower() == limit.known.section.lower()), None)
    span = section.span if section is not None else Span(0, 0)
    value = limit.nearest(None, limit.requirements)
    line = f"{limit.known.name}={value}"
    fixes: tuple[Fix, ...] = ()
    if section is not None and value:
        fixes = (Fix(ADD(text=line), (_line_below(section.span.end, line, tree.text),)),)
    text = MISSING(required=limit.words, name=limit.known.name)
    return Finding(span, text, fixes, related=places(limit.requirements))


def _line_below(at: int, line: str, text: str) -> Edit:
    end = newline(text)
    return Edit(Span(at, at), f"{line}{end}" if text[:at].endswith("\n") else f"{end}{line}")
