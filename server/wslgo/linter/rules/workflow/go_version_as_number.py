"""A version of Go is a number to YAML, which drops the zero at its end: 1.20 is 1.2.

`setup-go` then installs a Go of 2013, or finds none. Write the version in quotes.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go-version: [1.19, 1.20]
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go-version }}
      - uses: actions/setup-go@v6
        with:
          go-version: 1.30
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go-version: [1.19, '1.20']
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go-version }}
      - uses: actions/setup-go@v6
        with:
          go-version: '1.30'
```

## No finding

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.20'
      - uses: actions/setup-go@v6
        with:
          go-version: 1.21
      - uses: actions/setup-go@v6
        with:
          go-version: 1.20.0
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax import yaml_scalars
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.yaml_scalars import Key
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="YAML reads {value} as the number {number}, so this is another Go. Write the version in quotes",
    zh="YAML 将 {value} 读作数字 {number}，因此安装的是另一个 Go。请给版本加引号",
)

_NUMBER = pattern(r"1\.[1-9]0")
_NAMES = ("go-version", "go", "go_version", "golang", "goversion")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if scene.file.family.name != WORKFLOW or "actions/setup-go@" not in text:
        return
    for leaf in yaml_scalars.leaves(text):
        if _NUMBER.fullmatch(leaf.value) and _is_version(leaf.keys) and text.startswith(leaf.value, leaf.span.start):
            span = Span(leaf.span.start, leaf.span.start + len(leaf.value))
            fix = Fix(CHANGE_TO(value=f"'{leaf.value}'"), (Edit(span, f"'{leaf.value}'"),), Safety.SAFE)
            yield Finding(span, MESSAGE(value=leaf.value, number=leaf.value.rstrip("0")), (fix,))


def _is_version(keys: tuple[Key, ...]) -> bool:
    """Return whether the keys lead to an input of the action or to a list of versions in a matrix."""
    if keys[-2:] == ("with", "go-version"):
        return True
    return "matrix" in keys and any(str(key).lower() in _NAMES for key in keys[-2:])
