"""The Go of a workflow or an image is older than the go line of the module.

`actions/setup-go` since version 6 and the images called golang set `GOTOOLCHAIN=local`, so go does not download the
version that `go.mod` asks for, and fails: `go.mod requires go >= 1.25.7 (running go 1.24.9; GOTOOLCHAIN=local)`.

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.24'
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.24-alpine AS build
COPY . .
RUN go build -o /app
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```yaml path=.gitlab-ci.yml
image: golang:1.24-bookworm
test:
  script:
    - go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## No finding

`1.25` is the newest release of that series:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.25'
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## No finding

Version 5 of the action lets go download the version of `go.mod`:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v5
        with:
          go-version: '1.24'
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## No finding

The stage builds no module of this repository:

```dockerfile path=Dockerfile
FROM golang:1.24
RUN go install example.com/tool@latest
```

```text path=go.mod
module example.com/m

go 1.25.7
```
"""

from collections.abc import Iterator

from wslgo.linter import builder_go
from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import DOCKERFILE, GITLAB, WORKFLOW
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

OF_WORKFLOW = Message(
    en="go fails in this job: go.mod needs Go {needed}, and setup-go keeps go from downloading it",
    zh="此作业中的 go 会失败：go.mod 需要 Go {needed}，而 setup-go 不允许 go 下载它",
)
OF_JOB_IMAGE = Message(
    en="go fails in this job: go.mod needs Go {needed}, and this image keeps go from downloading it",
    zh="此作业中的 go 会失败：go.mod 需要 Go {needed}，而此镜像不允许 go 下载它",
)
OF_IMAGE = Message(
    en="go fails in this stage: go.mod needs Go {needed}, and this image keeps go from downloading it",
    zh="此阶段中的 go 会失败：go.mod 需要 Go {needed}，而此镜像不允许 go 下载它",
)
NEEDED = Message(en="The go line is here", zh="go 行在此处")

_PINS = {WORKFLOW: builder_go.of_workflow, GITLAB: builder_go.of_gitlab, DOCKERFILE: builder_go.of_dockerfile}
_MENTION = pattern(r"actions/setup-go@|\bgolang:1\.")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    text = scene.file.source.text
    if not _MENTION.search(text) or "GOTOOLCHAIN" in text:
        return
    found = builder_go.needed_version(scene)
    if found is None:
        return
    module, needed, version = found
    family = scene.file.family.name
    for pin in _PINS[family](text):
        if builder_go.older_than(pin, version):
            of_image = OF_IMAGE if family == DOCKERFILE else OF_JOB_IMAGE
            message = (of_image if pin.is_image else OF_WORKFLOW)(needed=needed)
            related = tuple(Related(span, NEEDED(), module.path) for span in _go_line(module))
            fix = Fix(CHANGE_TO(value=needed), (Edit(pin.inner, needed),))
            yield Finding(pin.span, message, (fix,), related=related)


def _go_line(module: File) -> Iterator[Span]:
    tree = module.tree
    if isinstance(tree, GoMod) and tree.go is not None and tree.go.line.arguments:
        yield tree.go.line.arguments[0].span
