"""A step caches the modules that `setup-go` has cached already.

Since version 4 `setup-go` restores and saves the caches of go by itself. The second archive is unpacked over the first:
the files of modules are read-only, so tar ends with `Cannot open: File exists`, and the step only costs time and space.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
      - uses: actions/cache@v4
        with:
          path: |
            ~/.cache/go-build
            ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
      - run: go test ./...
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          cache: false
          go-version-file: go.mod
      - uses: actions/cache@v4
        with:
          path: |
            ~/.cache/go-build
            ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
      - run: go test ./...
```

## No finding

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
          cache: false
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
  tools:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
      - uses: actions/cache@v4
        with:
          path: ~/go/bin
          key: tools
  before:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v3
        with:
          go-version-file: go.mod
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
  early:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: stable
      - uses: actions/checkout@v5
      - uses: actions/cache@v4
        with:
          path: ~/go/pkg/mod
          key: ${{ runner.os }}-go-${{ hashFiles('**/go.sum') }}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD
from wslgo.linter.workflow_go import Setup, caches, setups
from wslgo.syntax import workflow
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.workflow import Job
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="setup-go caches {path}, too, so tar fails with 'File exists'. Set cache: false, or remove this step",
    zh="setup-go 也会缓存 {path}：两份都解包时 tar 会报错“File exists”。请设置 cache: false，或删除此步骤",
)
PLACE = Message(en="setup-go is here", zh="setup-go 在此处")

_ACTION = pattern(r"actions/cache(?:/restore)?@")
_MODULES = pattern(r"(?:~|\$HOME|\$\{\{[ ]?env\.HOME[ ]?\}\}|/home/runner)/go/pkg/mod/?(?=\s|\Z)")
_FOLDERS = ("GOPATH", "GOMODCACHE")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, dimension="speed", needs={WORKFLOW: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "actions/cache" not in text or any(name in text for name in _FOLDERS):
        return
    for job in workflow.jobs(scene.file):
        setup = next((found for found in setups(job, text) if caches(found)), None)
        if setup is not None and _has_key(job, setup):
            yield from _second(job, setup, text)


def _has_key(job: Job, setup: Setup) -> bool:
    """Return whether `setup-go` runs after the checkout; before it, it has no file for its key and caches nothing."""
    return any(step.uses.startswith("actions/checkout@") for step in job.steps[: setup.place])


def _second(job: Job, setup: Setup, text: str) -> Iterator[Finding]:
    for step in job.steps:
        path = step.input("path") if _ACTION.match(step.uses) else None
        found = _MODULES.search(text, *path.span) if path is not None else None
        if found is not None:
            related = (Related(setup.step.leaves["uses",].span, PLACE()),)
            span = Span(*found.span())
            yield Finding(span, MESSAGE(path=found[0]), tuple(_fixes(setup, text)), related=related)


def _fixes(setup: Setup, text: str) -> Iterator[Fix]:
    """Yield the fix that switches the cache of `setup-go` off, above its first input."""
    if setup.step.input("cache") is not None:
        return
    inputs = (leaf for keys, leaf in setup.step.leaves.items() if keys[0] == "with")
    first = min(inputs, key=lambda leaf: leaf.span, default=None)
    key = first.key_span if first is not None and not first.is_flow else None
    if key is None:
        return
    start = text.rfind("\n", 0, key.start) + 1
    if not text[start : key.start].strip():
        line = f"{text[start : key.start]}cache: false\n"
        yield Fix(ADD(text="cache: false"), (Edit(Span(start, start), line),))
