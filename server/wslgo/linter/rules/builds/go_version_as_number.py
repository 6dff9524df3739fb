"""A version of Go is a number to YAML and JSON, which drop the zero at its end: 1.20 is 1.2.

Then `setup-go`, an image or the feature of a dev container is asked for a Go of 2013. mise takes no number for a
version and rejects the whole file: `invalid type: floating point`. Write the version in quotes.

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

## Example

```yaml path=compose.yaml
services:
  app:
    build:
      args:
        GO_VERSION: 1.20
```

becomes

```yaml path=compose.yaml
services:
  app:
    build:
      args:
        GO_VERSION: '1.20'
```

## Example

```json path=.devcontainer/devcontainer.json
{
    "features": {"ghcr.io/devcontainers/features/go:1": {"version": 1.20}}
}
```

becomes

```json path=.devcontainer/devcontainer.json
{
    "features": {"ghcr.io/devcontainers/features/go:1": {"version": "1.20"}}
}
```

## Example

```toml path=mise.toml
[tools]
go = 1.25
```

becomes

```toml path=mise.toml
[tools]
go = "1.25"
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

## No finding

These keep their value as numbers:

```json path=.devcontainer/devcontainer.json
{
    "features": {"ghcr.io/devcontainers/features/go:1": {"version": 1.25}}
}
```

```yaml path=compose.yaml
services:
  app:
    build:
      args:
        GO_VERSION: 1.25
        NODE_VERSION: 1.20
```

```toml path=mise.toml
[tools]
node = 22
go = "1.25"
```
"""

import re
from collections.abc import Callable, Iterator, Mapping

from wslgo.linter import tool_go
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.go_pin import loses_zero
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax import yaml_scalars
from wslgo.syntax.family import COMPOSE, DEVCONTAINER, GITLAB, MISE, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.toml import Kind
from wslgo.syntax.yaml_scalars import Key
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span
from wslgo.text.typing import NamedTuple, cast

MESSAGE = Message(
    en="{format} reads {value} as the number {number}, so this is another Go. Write the version in quotes",
    zh="{format} 将 {value} 读作数字 {number}，因此安装的是另一个 Go。请给版本加引号",
)
REJECTED = Message(
    en="mise rejects this file: {value} is a number, and it takes only text for a version. Write it in quotes",
    zh="mise 会拒绝此文件：{value} 是数字，而版本只能是文本。请加上引号",
)

_NAMES = ("go-version", "go", "go_version", "golang", "goversion", "golang_version")
_SECTIONS = ("env", "args", "environment", "variables")  # whose values are texts in the end
_MENTION = pattern(r"actions/setup-go@|golang|\bgo", re.IGNORECASE)


class _Number(NamedTuple):
    """A version that is written as a number: the format that reads it, and the quotes that it needs there."""

    span: Span
    format: str
    quote: str


def _of_yaml(file: File) -> Iterator[_Number]:
    text = file.source.text
    for leaf in yaml_scalars.leaves(text):
        if _is_version(leaf.keys) and loses_zero(leaf.value, text, leaf.span.start):
            yield _Number(Span(leaf.span.start, leaf.span.start + len(leaf.value)), "YAML", "'")


def _is_version(keys: tuple[Key, ...]) -> bool:
    """Return whether the keys lead to an input, to its default, to a list of versions in a matrix, or to a variable."""
    if keys[-2:] == ("with", "go-version"):
        return True
    if len(keys) > len(("inputs", "NAME")) and keys[-3] == "inputs" and keys[-1] == "default":
        return str(keys[-2]).lower() in _NAMES
    if "matrix" in keys:
        return any(str(key).lower() in _NAMES for key in keys[-2:])
    return len(keys) > 1 and keys[-2] in _SECTIONS and str(keys[-1]).lower() in _NAMES


def _of_json(file: File) -> Iterator[_Number]:
    text = file.source.text
    tree = cast("Jsonc", file.tree)
    arguments = tree.at("build", "args")
    named = [node for key, node in (arguments.items() if arguments else ()) if key.lower() in _NAMES]
    for node in (tool_go.feature_version(tree), *named):
        if node is not None and node.kind == "number" and loses_zero(text[slice(*node.span)], text, node.span.start):
            yield _Number(node.span, "JSON", '"')


def _of_toml(file: File) -> Iterator[_Number]:
    value = tool_go.mise_value(file)
    if value is not None and value.kind is Kind.NUMBER:
        yield _Number(value.span, "", '"')


_READERS: Mapping[str, Callable[[File], Iterator[_Number]]] = {
    WORKFLOW: _of_yaml,
    GITLAB: _of_yaml,
    COMPOSE: _of_yaml,
    DEVCONTAINER: _of_json,
    MISE: _of_toml,
}
_NEEDS: Mapping[str, tuple[str, ...]] = dict.fromkeys(_READERS, ())


@rule(Severity.WARNING, fixable=Safety.SAFE, needs=_NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if not _MENTION.search(text):
        return
    for number in _READERS[scene.file.family.name](scene.file):
        written = text[slice(*number.span)]
        quoted = f"{number.quote}{written}{number.quote}"
        fix = Fix(CHANGE_TO(value=quoted), (Edit(number.span, quoted),), Safety.SAFE)
        if number.format:
            message = MESSAGE(format=number.format, value=written, number=written.rstrip("0"))
            yield Finding(number.span, message, (fix,))
        else:
            yield Finding(number.span, REJECTED(value=written), (fix,), severity=Severity.ERROR)
