"""The key of a cache of go never changes, so what is saved first is restored for ever.

GitHub never overwrites a cache: after a hit on the key nothing is saved. The modules and packages of the first run stay
as they were, and each run downloads and compiles what has been added since.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go
      - run: go test ./...
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
      - run: go test ./...
```

## No finding

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
      - uses: actions/cache@v4
        with:
          path: ~/.cache/go-build
          key: build-${{ github.sha }}
          restore-keys: build-
      - uses: actions/cache@v4
        with:
          path: ~/.cache/tools
          key: tools-1
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.syntax import workflow
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="This key is always the same, so the cache is saved once and never renewed. Add {hash} to it",
    zh="此键始终不变，因此缓存只保存一次，之后不再更新。请在其中加上 {hash}",
)

_PATH = pattern(r"go/pkg/mod|\bgo-build\b")
_CONSTANT = pattern(r"\$\{\{[ \t]*(?:runner|matrix)\.[\w.-]+[ \t]*\}\}")
_HASH = "${{ hashFiles('**/go.sum') }}"


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, dimension="speed", needs={WORKFLOW: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "actions/cache@" not in text:
        return
    for job in workflow.jobs(scene.file):
        for step in job.steps:
            key = step.input("key") if step.uses.startswith("actions/cache@") else None
            if key is None or not _PATH.search(step.text("with", "path")):
                continue
            if "$" not in _CONSTANT.sub("", key.value):
                yield Finding(key.span, MESSAGE(hash=_HASH), tuple(_fixes(key, text)))


def _fixes(key: Leaf, text: str) -> Iterator[Fix]:
    """Yield the fix that adds the hash at the end, inside of double quotes; single ones would need more of them."""
    at = text.find(key.value, *key.span)
    if at >= 0 and not text.startswith("'", key.span.start) and "\n" not in key.value:
        added = f"-{_HASH}"
        yield Fix(ADD(text=_HASH), (Edit(Span(at + len(key.value), at + len(key.value)), added),))
