"""`setup-go` has both `go-version` and `go-version-file`, and does not read the file.

It warns `Both go-version and go-version-file inputs are specified, only go-version will be used`, so a new go line in
the file changes nothing in this job. Keep one of the two.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.26'
          go-version-file: go.mod
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
```

## No finding

Where the version of the matrix is empty, the file counts:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go: ['', stable]
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go }}
          go-version-file: go.mod
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import IS_SET_HERE, REMOVE
from wslgo.linter.workflow_go import setups
from wslgo.syntax import workflow
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="setup-go does not read this file, since go-version is set, too. Remove go-version to follow the file",
    zh="由于还设置了 go-version，setup-go 不会读取此文件。若要以文件为准，请删除 go-version",
)


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs={WORKFLOW: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "go-version-file" not in text:
        return
    for job in workflow.jobs(scene.file):
        for setup in setups(job, text):
            version, file = setup.step.input("go-version"), setup.step.input("go-version-file")
            if version is None or file is None or not version.value or "${{" in version.value or not file.value:
                continue
            related = (Related(version.span, IS_SET_HERE(name="go-version")),)
            yield Finding(file.span, MESSAGE(), tuple(_removals(version, text)), related=related)


def _removals(leaf: Leaf, text: str) -> Iterator[Fix]:
    """Yield the removal of the line of an input, if it has the line to itself."""
    key = leaf.key_span
    if key is None or leaf.is_flow:
        return
    start, end = text.rfind("\n", 0, key.start) + 1, text.find("\n", leaf.span.end)
    if not text[start : key.start].strip() and end >= 0:
        yield Fix(REMOVE(name="go-version"), (Edit(Span(start, end + 1), ""),))
