"""The cache of `setup-go` is never restored, so each run downloads and compiles everything again.

Its key contains a hash of `go.mod` (version 6.2 and later) or `go.sum` in the root of the repository, or of the files
that `cache-dependency-path` names. If there is none, or the step runs before `actions/checkout`, the action warns
`Restore cache failed` and continues. It asks go for the folders both at its step and at the end of the job: where a
later step moves them with `GITHUB_ENV`, what is saved at the end is not what the next run looks for.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version: stable
      - run: go test ./...
        working-directory: backend
```

```text path=README.md project
The program is in the folder backend
```

```text path=backend/go.mod project
module example.com/m

go 1.25.7
```

```text path=backend/go.sum project
example.com/x v1.0.0 h1:0
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          cache-dependency-path: backend/go.sum
          go-version: stable
      - run: go test ./...
        working-directory: backend
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version: stable
          cache-dependency-path: server/go.sum
      - run: go test ./...
```

```text path=go.mod project
module example.com/m

go 1.25.7
```

```text path=go.sum project
example.com/x v1.0.0 h1:0
```

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version: stable
          cache-dependency-path: go.sum
      - run: go test ./...
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: stable
      - uses: actions/checkout@v5
      - run: go test ./...
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version: stable
      - run: echo "GOMODCACHE=$RUNNER_TEMP/modules" >> "$GITHUB_ENV"
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
          go-version: stable
      - run: go test ./...
  none:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: stable
          cache: false
      - uses: actions/checkout@v5
      - run: go test ./...
```

```text path=go.mod project
module example.com/m

go 1.25.7
```

## No finding

Version 3 has no cache unless it is asked for one:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v3
        with:
          go-version: stable
      - uses: actions/checkout@v5
      - run: go test ./...
```
"""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD, CHANGE_TO
from wslgo.linter.version_file import before, has_file, has_only_repository, path_in_repository, repository
from wslgo.linter.workflow_go import Setup, caches, setups
from wslgo.syntax import workflow
from wslgo.syntax.family import WORKFLOW
from wslgo.syntax.workflow import Job
from wslgo.syntax.yaml_scalars import Leaf
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

NO_FILE = Message(
    en="setup-go caches nothing: the root has no {name} for its key. Set cache-dependency-path, or cache: false",
    zh="setup-go 不会缓存任何内容：根目录中没有用于生成键的 {name}。请设置 cache-dependency-path，或 cache: false",
)
NOT_FOUND = Message(
    en="setup-go caches nothing: {path} is not in the repository. Write the path from its root",
    zh="setup-go 不会缓存任何内容：仓库中没有 {path}。请写出从根目录起的路径",
)
TOO_EARLY = Message(
    en="setup-go caches nothing: it runs before actions/checkout, without the file for its key. Check out first",
    zh="setup-go 不会缓存任何内容：它在 actions/checkout 之前运行，用于生成键的文件还不存在。请先检出代码",
)
MOVED = Message(
    en="The cache of setup-go never hits, since {name} moves after it. Set {name} in env of the job",
    zh="由于 {name} 在 setup-go 之后才改变，它的缓存永远不会命中。请在作业的 env 中设置 {name}",
)

_USES_GO_MOD = (6, 2)
_MOVES = pattern(r"\b(GOMODCACHE|GOCACHE|GOPATH)=")
# Computed, or the default itself.
_MAY_BE_SAME = pattern(r"[^\s\"']*(?:[$]\(|`|/go/pkg/mod\b|/\.cache/go-build\b|/go[\"'\s])")
_TO_ENVIRONMENT = "GITHUB_ENV"


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, dimension="speed", needs={WORKFLOW: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if "actions/setup-go@" not in text:
        return
    project = repository(scene)
    for job in workflow.jobs(scene.file):
        for setup in setups(job, text):
            if not caches(setup):
                continue
            yield from _moved(setup, text)
            if _is_too_early(job, setup):
                yield Finding(setup.step.leaves["uses",].span, TOO_EARLY())
            elif project is not None and has_only_repository(before(job, setup)):
                yield from _without_file(project, setup, text)


def _is_too_early(job: Job, setup: Setup) -> bool:
    later = [step for step in setup.following if step.uses.startswith("actions/checkout@")]
    is_own = bool(later) and later[0].input("path") is None and later[0].input("repository") is None
    return is_own and not before(job, setup)


def _moved(setup: Setup, text: str) -> Iterator[Finding]:
    """Yield the first variable that a later command sets for the rest of the job."""
    for step in setup.following:
        leaf = step.leaves.get(("run",))
        for moved in _MOVES.finditer(text, *leaf.span) if leaf is not None and _TO_ENVIRONMENT in leaf.value else ():
            end = text.find("\n", moved.end())
            rest = text[moved.end() : end if end >= 0 else len(text)]
            if _TO_ENVIRONMENT in rest and not _MAY_BE_SAME.match(rest):
                yield Finding(Span(*moved.span(1)), MOVED(name=moved[1]))
                return


def _without_file(project: Project, setup: Setup, text: str) -> Iterator[Finding]:
    named = setup.step.input("cache-dependency-path")
    if named is not None:
        path = path_in_repository(named.value)
        if path and _lacks(project, path) and not _is_folder(project, path):
            yield Finding(named.span, NOT_FOUND(path=path), tuple(_corrections(project, named, path, text)))
        return
    wanted = _wanted(setup)
    if not all(_lacks(project, name) for name in wanted):
        return
    found = _below(project, "go.sum") or _below(project, "go.mod")
    if found:
        uses = setup.step.leaves["uses",]
        yield Finding(uses.span, NO_FILE(name=wanted[0]), tuple(_additions(setup, found, text)))


def _wanted(setup: Setup) -> tuple[str, ...]:
    """Return the files of which one makes a key; of a version 6 that is not known better, each."""
    major, minor = setup.version
    if major == _USES_GO_MOD[0] and minor < 0:
        return ("go.mod", "go.sum")
    return ("go.mod",) if setup.version >= _USES_GO_MOD else ("go.sum",)


def _lacks(project: Project, path: str) -> bool:
    """Return whether a file is not there; a go.sum that a go.mod beside it needs is somewhere, as go requires it."""
    if path.rpartition("/")[2] == "go.sum":
        module = path.removesuffix("go.sum") + "go.mod"
        if has_file(project, module) and "require" in project.text(joined_path(project.home, module)):
            return False
    return not has_file(project, path)


def _is_folder(project: Project, path: str) -> bool:
    return bool(project.entries(joined_path(project.home, path)).files)


def _below(project: Project, name: str) -> tuple[str, ...]:
    """Return the files of a name in the repository, by their paths from its root."""
    start = f"{project.home}/" if project.home else ""
    folders = (folder for folder in project.folders(project.home) if name in project.entries(folder).files)
    return tuple(joined_path(folder, name)[len(start) :] for folder in folders)


def _corrections(project: Project, named: Leaf, path: str, text: str) -> Iterator[Fix]:
    found = _below(project, path.rpartition("/")[2])
    at = text.find(named.value, *named.span)
    if len(found) == 1 and at >= 0:
        yield Fix(CHANGE_TO(value=found[0]), (Edit(Span(at, at + len(named.value)), found[0]),))


def _additions(setup: Setup, found: tuple[str, ...], text: str) -> Iterator[Fix]:
    """Yield the fix that names the file, or all of that name, above the first input."""
    inputs = (leaf for keys, leaf in setup.step.leaves.items() if keys[0] == "with")
    first = min(inputs, key=lambda leaf: leaf.span, default=None)
    key = first.key_span if first is not None and not first.is_flow else None
    if key is None:
        return
    start = text.rfind("\n", 0, key.start) + 1
    indent = text[start : key.start]
    if indent.strip():
        return
    value = found[0] if len(found) == 1 else f"'**/{found[0].rpartition('/')[2]}'"
    line = f"cache-dependency-path: {value}"
    yield Fix(ADD(text=line), (Edit(Span(start, start), f"{indent}{line}\n"),))
