"""A `wslgo.yaml` is not used, since wslgo cannot read it.

Its settings are ignored, and so would its policy be: `wslgo check` then exits with 2. wslgo reads YAML up to 64 KiB,
with at most 1,000 values and 20 levels, without aliases and tags.

## Example

```yaml path=wslgo.yaml
check:
  ignore: [wslconfig/unknown-key
```

## Example

```yaml path=wslgo.yaml
check: &settings
  ignore: [unknown-key]
policy: *settings
```

## No finding

```yaml path=wslgo.yaml
check:
  ignore: [unknown-key]
```

## No finding

An empty file sets nothing:

```yaml path=wslgo.yaml
# Nothing yet
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.team_content import content_of
from wslgo.text.message import Message

MESSAGE = Message(
    en="wslgo.yaml is not used, neither its settings nor its policy: {reason}",
    zh="wslgo.yaml 未被使用，其中的设置和策略均无效：{reason}",
)


@rule(Severity.ERROR, subject=RuleSubject.SOURCE)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    refusal = content_of(scene.file).refusal
    if refusal is not None:
        yield Finding(refusal.span, MESSAGE(reason=refusal.reason))
