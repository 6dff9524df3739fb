"""A `wslgo.yaml` has a key that wslgo does not know.

Nothing reads it. In a policy that would mean that everything is allowed, so `wslgo check` exits with 2.

## Example

```yaml path=wslgo.yaml
policy:
  proxie: ["https://goproxy.example.com"]
```

becomes

```yaml path=wslgo.yaml
policy:
  proxies: ["https://goproxy.example.com"]
```

## Example

A key of `.wslconfig` that WSL does not have:

```yaml path=wslgo.yaml
policy:
  wslconfig: {memroy: {max: 16GB}}
```

becomes

```yaml path=wslgo.yaml
policy:
  wslconfig: {memory: {max: 16GB}}
```

## Example

```yaml path=wslgo.yaml
check: {ignore: [unknown-key]}
linter: {}
```

## No finding

The names below `severity` are those of rules:

```yaml path=wslgo.yaml
check:
  severity: {wslconfig/unknown-key: error, goenv: "off"}
policy:
  wslconfig: {networkingMode: mirrored}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.team_content import content_of
from wslgo.linter.team_problems import Problem
from wslgo.linter.team_yaml import Node
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.span import Edit


@rule(Severity.ERROR, subject=RuleSubject.SOURCE, fixable=Safety.SAFE)
def check(_source: object, scene: Scene) -> Iterator[Finding]:
    content = content_of(scene.file)
    for problem in content.problems:
        if problem.is_of_key:
            fixes = tuple(_fixes(problem, content.root, scene.file.source.text))
            yield Finding(problem.span, problem.text, fixes)


def _fixes(problem: Problem, root: Node | None, text: str) -> Iterator[Fix]:
    """Yield the change to the key that must have been meant, if it is not there already."""
    is_written_plainly = text[slice(*problem.span)] == problem.keys[-1]
    if problem.meant and is_written_plainly and root is not None and root.at(*problem.keys[:-1], problem.meant) is None:
        yield Fix(CHANGE_TO(value=problem.meant), (Edit(problem.span, problem.meant),), Safety.SAFE)
