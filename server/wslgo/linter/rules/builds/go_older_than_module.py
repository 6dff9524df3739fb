"""The Go of a workflow, an image or a tool is older than the go line of the module.

`actions/setup-go` since version 6 and the images called golang set `GOTOOLCHAIN=local`, so go does not download the
version that `go.mod` asks for, and fails: `go.mod requires go >= 1.25.7 (running go 1.24.9; GOTOOLCHAIN=local)`. The
images for dev containers are made of golang's. A Go before 1.21, which mise or asdf may install, downloads none at all.

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

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go: ['1.24', '1.25', '1.26']
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go }}
      - run: go test ./...
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```dockerfile path=Dockerfile
ARG GO_VERSION=1.24
FROM golang:${GO_VERSION}-alpine AS build
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

## Example

```json path=.devcontainer/devcontainer.json
{
    "image": "mcr.microsoft.com/devcontainers/go:1-1.24-bookworm"
}
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```toml path=mise.toml
[tools]
go = "1.24.3"

[env]
GOTOOLCHAIN = "local"
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```text path=.tool-versions
golang 1.20.14
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-go@v6
        with:
          go-version-file: .go-version
      - run: go test ./...
```

```text path=.go-version project
1.24.3
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

An older line that is added on purpose:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    strategy:
      matrix:
        go: ['1.25', '1.26']
        include:
          - go: '1.24'
            experimental: true
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: ${{ matrix.go }}
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

## No finding

Go 1.24 downloads the version of `go.mod`:

```text path=.tool-versions
golang 1.24.3
```

```text path=go.mod
module example.com/m

go 1.25.7
```
"""

from collections.abc import Iterator

from wslgo.golang.paths import joined_path
from wslgo.knowledge.version import ABSENT, GoVersion
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.go_choice import NEEDS, pins
from wslgo.linter.go_pin import Pin, Reader, file_for, go_line, needed_version, older_than, replacement, switches
from wslgo.linter.go_range import newest_of
from wslgo.linter.pipeline_go import IncludedImage, of_included
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.linter.workflow_go import builds, is_of_repository
from wslgo.syntax import gitlab_pipeline
from wslgo.syntax.family import GITLAB, MISE, WORKFLOW
from wslgo.syntax.file import File
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit, Span

OF_WORKFLOW = Message(
    en="go fails in this job: go.mod needs Go {needed}, and setup-go keeps go from downloading it",
    zh="此作业中的 go 会失败：go.mod 需要 Go {needed}，而 setup-go 不允许 go 下载它",
)
OF_FILE = Message(
    en="{path} has Go {version}: go fails in this job, as go.mod needs Go {needed}, and setup-go prevents its download",
    zh="{path} 中是 Go {version}：此作业中的 go 会失败，因为 go.mod 需要 Go {needed}，而 setup-go 不允许 go 下载它",
)
OF_INCLUDE = Message(
    en="go fails in {job}: this file gives it golang:{version}, which keeps go from downloading Go {needed} of go.mod",
    zh="{job} 中的 go 会失败：此文件让它使用 golang:{version}，该镜像不允许 go 下载 go.mod 所需的 Go {needed}",
)
OF_JOB_IMAGE = Message(
    en="go fails in this job: go.mod needs Go {needed}, and this image keeps go from downloading it",
    zh="此作业中的 go 会失败：go.mod 需要 Go {needed}，而此镜像不允许 go 下载它",
)
OF_IMAGE = Message(
    en="go fails in this stage: go.mod needs Go {needed}, and this image keeps go from downloading it",
    zh="此阶段中的 go 会失败：go.mod 需要 Go {needed}，而此镜像不允许 go 下载它",
)
OF_CONTAINER = Message(
    en="go fails in this container: go.mod needs Go {needed}, and its image keeps go from downloading it",
    zh="此容器中的 go 会失败：go.mod 需要 Go {needed}，而其镜像不允许 go 下载它",
)
OF_VARIABLE = Message(
    en="go fails here: go.mod needs Go {needed}, and GOTOOLCHAIN=local keeps go from downloading it",
    zh="此处的 go 会失败：go.mod 需要 Go {needed}，而 GOTOOLCHAIN=local 不允许 go 下载它",
)
WITHOUT_DOWNLOAD = Message(
    en="go.mod needs Go {needed}, and a Go as old as {version} downloads no other Go",
    zh="go.mod 需要 Go {needed}，而 Go {version} 过旧，不会下载其他版本的 Go",
)

_MOST_INCLUDES = 50
_MOST_INCLUDED = 400_000  # characters

_MESSAGES = {
    Reader.SETUP_GO: OF_WORKFLOW,
    Reader.JOB_IMAGE: OF_JOB_IMAGE,
    Reader.STAGE_IMAGE: OF_IMAGE,
    Reader.CONTAINER_IMAGE: OF_CONTAINER,
    Reader.FEATURE: OF_CONTAINER,
    Reader.MISE: OF_VARIABLE,
}


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    found = pins(scene.file)
    files = tuple(_of_files(scene)) if scene.file.family.name == WORKFLOW and scene.project is not None else ()
    included = tuple(_of_includes(scene)) if scene.file.family.name == GITLAB and scene.project is not None else ()
    is_local = _is_local(scene.file) if found or files or included else None
    needs = needed_version(scene) if is_local is not None else None
    if needs is None:
        return
    module, needed, version = needs
    for pin in found:
        by_variable = bool(is_local) and not pin.keeps_go
        is_kept = by_variable or not _works(pin, version)
        if older_than(pin, version) and not pin.is_deliberate and is_kept:
            fixes = tuple(_fixes(pin, needed, file_for(scene.file, module)))
            message = OF_VARIABLE(needed=needed) if by_variable else _message(pin, needed)
            yield Finding(pin.span, message, fixes, related=go_line(module))
    yield from _in_other_files(files, included, needs, scene)


def _is_local(file: File) -> bool | None:
    """Return whether GOTOOLCHAIN is `local` in the whole file; None if it may be another one somewhere."""
    if "GOTOOLCHAIN" not in file.source.text or file.family.name == MISE:
        return False
    from wslgo.linter.toolchain_setting import is_local_everywhere, keeps_local  # few files set it

    return is_local_everywhere(file) if keeps_local(file) else None


def _in_other_files(
    files: tuple[tuple[Pin, str], ...],
    included: tuple[IncludedImage, ...],
    needs: tuple[File, str, GoVersion],
    scene: Scene,
) -> Iterator[Finding]:
    """Yield the findings about versions that are written in files which this one names."""
    module, needed, version = needs
    for image in included:
        pin = Pin(image.version, image.place, image.place, Reader.JOB_IMAGE, keeps_go=True)
        if older_than(pin, version):
            message = OF_INCLUDE(job=image.job, version=image.version, needed=needed)
            yield Finding(image.place, message, related=go_line(module))
    for pin, path in files:
        if older_than(pin, version) and not _works(pin, version):
            own = file_for(scene.file, module)
            fixes = (Fix(CHANGE_TO(value=own), (Edit(pin.inner, own),)),) if own else ()
            message = OF_FILE(path=path, version=pin.version, needed=needed)
            yield Finding(pin.span, message, fixes, related=go_line(module))


def _of_includes(scene: Scene) -> Iterator[IncludedImage]:
    """Yield the images that jobs have from the files of the repository that a pipeline includes."""
    project = scene.project
    includes = tuple(gitlab_pipeline.local_includes(scene.file)) if project is not None else ()
    if project is None or not includes:
        return
    places = {joined_path(project.home, leaf.value.lstrip("/")): leaf for leaf in includes[:_MOST_INCLUDES]}
    included = [(leaf, project.text(path)) for path, leaf in places.items()]
    if sum(len(text) for _, text in included) <= _MOST_INCLUDED:
        yield from of_included(scene.file, included)


def _of_files(scene: Scene) -> Iterator[tuple[Pin, str]]:
    """Yield the versions that `setup-go` takes from files, each with its file."""
    if "go-version-file" not in scene.file.source.text:
        return
    from wslgo.linter import version_file  # few workflows name one

    project = version_file.repository(scene)
    for found in version_file.version_files(scene) if project is not None else ():
        if project is not None and is_of_repository(found.job) and builds(found.setup.following):
            at = scene.file.source.text.find(found.leaf.value, *found.leaf.span)
            inner = Span(at, at + len(found.leaf.value))
            version = newest_of(version_file.version_in(project, found))
            yield Pin(version, found.leaf.span, inner, Reader.SETUP_GO, found.setup.keeps_go), found.path


def _works(pin: Pin, needed: GoVersion) -> bool:
    """Return whether go builds the module: it gets the newer Go, or version 5 of `setup-go` installs one that tries.

    Before 1.21 go rejects only a go line with three numbers.
    """
    return switches(pin) or (pin.reader is Reader.SETUP_GO and not pin.keeps_go and needed.patch == ABSENT)


def _fixes(pin: Pin, needed: str, path: str) -> Iterator[Fix]:
    """Yield the fixes; for one value of several it is not known which is right, as another job may build the module."""
    if pin.is_one_of_several:
        return
    if pin.key_span is not None and path:
        line = f"go-version-file: {path}"
        yield Fix(CHANGE_TO(value=line), (Edit(Span(pin.key_span.start, pin.span.end), line),))
    text = replacement(pin, needed)
    yield Fix(CHANGE_TO(value=text), (Edit(pin.tag_span or pin.inner, text),))


def _message(pin: Pin, needed: str) -> Text:
    if pin.keeps_go:
        return _MESSAGES[pin.reader](needed=needed)
    return WITHOUT_DOWNLOAD(needed=needed, version=pin.version)
