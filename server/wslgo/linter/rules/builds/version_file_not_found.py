"""`setup-go` is to read the version of Go from a file that is not in the repository.

The path is relative to the root of the repository, and `working-directory` does not change that. Without the file the
step ends with `The specified go version file at: go.mod does not exist`, and so does the job. Before `actions/checkout`
no file is there.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
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

becomes

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: backend/go.mod
      - run: go test ./...
        working-directory: backend
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
      - uses: actions/checkout@v5
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
          go-version-file: ./go.mod
```

```text path=go.mod project
module example.com/m

go 1.25.7
```

## No finding

Another repository, and a file that an earlier step may write:

```yaml path=.github/workflows/test.yml
jobs:
  other:
    steps:
      - uses: actions/checkout@v5
        with:
          repository: example/other
      - uses: actions/setup-go@v6
        with:
          go-version-file: go.mod
  written:
    steps:
      - uses: actions/checkout@v5
      - run: echo 1.25.7 > .go-version
      - uses: actions/setup-go@v6
        with:
          go-version-file: .go-version
```

```text path=README.md project
No Go here
```
"""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path
from wslgo.golang.project import Project
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.linter.version_file import VersionFile, before, has_file, repository, version_files
from wslgo.linter.workflow_go import setups
from wslgo.syntax import workflow
from wslgo.syntax.family import WORKFLOW
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

NOT_FOUND = Message(
    en="setup-go looks for {path} from the root of the repository and fails: it is not there. Write the whole path",
    zh="setup-go 从仓库根目录起查找 {path}，但找不到，因此会失败。请写出从根目录起的路径",
)
TOO_EARLY = Message(
    en="setup-go runs before actions/checkout, so {path} is not there yet and the step fails. Check out first",
    zh="setup-go 在 actions/checkout 之前运行，此时 {path} 还不存在，该步骤会失败。请先检出代码",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs={WORKFLOW: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    if "go-version-file" not in scene.file.source.text:
        return
    yield from _too_early(scene)
    project = repository(scene)
    for found in version_files(scene) if project is not None else ():
        if project is not None and not has_file(project, found.path):
            message = NOT_FOUND(path=found.path)
            yield Finding(found.leaf.span, message, tuple(_fixes(project, found, scene.file.source.text)))


def _too_early(scene: Scene) -> Iterator[Finding]:
    for job in workflow.jobs(scene.file):
        for setup in setups(job, scene.file.source.text):
            leaf = setup.step.input("go-version-file")
            later = any(step.uses.startswith("actions/checkout@") for step in setup.following)
            # A command, a checkout or another action before it may bring the file.
            if leaf is not None and later and not before(job, setup) and setup.step.input("go-version") is None:
                yield Finding(leaf.span, TOO_EARLY(path=leaf.value))


def _fixes(project: Project, found: VersionFile, text: str) -> Iterator[Fix]:
    """Yield the fix that names the only file of this name."""
    start = f"{project.home}/" if project.home else ""
    folders = [folder for folder in project.folders(project.home) if found.name in project.entries(folder).files]
    if len(folders) == 1 and (folders[0] + "/").startswith(start):
        path = joined_path(folders[0], found.name)[len(start) :]
        at = text.find(found.leaf.value, *found.leaf.span)
        if at >= 0:
            yield Fix(CHANGE_TO(value=path), (Edit(Span(at, at + len(found.leaf.value)), path),))
