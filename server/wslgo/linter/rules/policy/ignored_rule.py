"""A comment or a setting ignores a rule that the policy keeps, and has no effect.

`never-ignore` in a `policy:` of `wslgo.yaml` names rules whose findings stay, whatever comments, settings, options and
baselines say; a `wslgo.yaml` in a folder of the repository cannot change that. The rules about the policy itself
stay, too. Correct what the rule reports, and remove what ignores it.

## Example

```yaml policy
policy:
  never-ignore: [goenv/verification-off]
```

```bash path=.bashrc
export GOSUMDB=off # wslgo: ignore[verification-off]
```

## Example

```yaml policy path=../wslgo.yaml
policy:
  never-ignore: [wslconfig]
```

```yaml path=wslgo.yaml
check:
  ignore: [wslconfig/unknown-key]
```

## Example

```yaml policy
policy:
  checksums: required
```

```json path=.vscode/settings.json
{"wslgo.check.ignore": ["policy"]}
```

## No finding

Other rules:

```yaml policy
policy:
  never-ignore: [goenv/verification-off]
```

```bash path=.bashrc
export GO111MODULE=on # wslgo: ignore[redundant-module-mode]
```

## No finding

All rules are ignored, and those that the policy keeps are reported all the same:

```yaml policy
policy:
  never-ignore: [goenv/verification-off]
```

```bash path=.bashrc
export GO111MODULE=on # wslgo: ignore
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.policy import places
from wslgo.linter.policy_ignored import keeping
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.suppression import named_rules
from wslgo.linter.team_content import content_of
from wslgo.syntax.family import SETTINGS, TEAM
from wslgo.syntax.file import File, comments
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import cast

MESSAGE = Message(
    en="The policy does not let {name} be ignored: this has no effect, so remove it",
    zh="策略不允许忽略 {name}：此处没有效果，请将其删除",
)
SETTING = "wslgo.check.ignore"


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, by_entry=False)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    policy = scene.policy
    if policy is None:
        return
    for name, span in _ignored(scene.file):
        kept = keeping(name, policy)
        if kept:
            yield Finding(span, MESSAGE(name=name.strip()), related=places(kept))


def _ignored(file: File) -> Iterator[tuple[str, Span]]:
    """Yield the names of rules that a file ignores, with their places."""
    if "wslgo:" in file.source.text:
        yield from named_rules(comments(file), file.source.text)
    if file.family.name == TEAM:
        root = content_of(file).root
        ignore = root.at("check", "ignore") if root is not None else None
        severity = root.at("check", "severity") if root is not None else None
        yield from ((item.written or "", item.span) for item in (ignore.items if ignore is not None else None) or ())
        for member in (severity.members if severity is not None else None) or ():
            if member.node.value is False or member.node.written == "off":
                yield member.name, member.span
    if file.family.name == SETTINGS and SETTING in file.source.text:
        listed = cast("Jsonc", file.tree).at(SETTING)
        yield from ((item.string, item.span) for item in (listed.elements if listed else ()) if item.string is not None)
