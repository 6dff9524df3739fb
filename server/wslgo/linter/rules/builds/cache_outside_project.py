"""A cache of GitLab names a folder that is never saved, so each job downloads and compiles everything again.

GitLab saves only what is below the folder of the project, `$CI_PROJECT_DIR`. The folders of go are not: the images
called golang keep modules in `/go/pkg/mod` and the build cache in `/root/.cache/go-build`. Move them into the project,
as GitLab's own template does: `GOMODCACHE: $CI_PROJECT_DIR/.go/mod` in `variables`, and `.go/mod` in the cache.

## Example

```yaml path=.gitlab-ci.yml
test:
  image: golang:1.27
  cache:
    paths:
      - /go/pkg/mod
  script:
    - go test ./...
```

## Example

The folder is in the project, but go does not use it:

```yaml path=.gitlab-ci.yml
cache:
  paths:
    - .go/pkg/mod
test:
  image: golang:1.27
  script:
    - go test ./...
```

## No finding

```yaml path=.gitlab-ci.yml
variables:
  GOMODCACHE: $CI_PROJECT_DIR/.go/mod
test:
  image: golang:1.27
  cache:
    paths:
      - .go/mod
  script:
    - go test ./...
```

## No finding

What the variable is, GitLab or the image may know:

```yaml path=.gitlab-ci.yml
test:
  image: golang:1.27
  cache:
    paths:
      - $GOPATH/pkg/mod
      - $CI_PROJECT_DIR/.go
  script:
    - go test ./...
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.workflow_go import RUNS_GO
from wslgo.syntax import yaml_scalars
from wslgo.syntax.family import GITLAB
from wslgo.syntax.yaml_scalars import Key
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8

OUTSIDE = Message(
    en="GitLab does not cache {path}: it is outside the project. Set {name} to a folder in $CI_PROJECT_DIR",
    zh="GitLab 不会缓存 {path}：它在项目之外。请把 {name} 设为 $CI_PROJECT_DIR 中的文件夹",
)
EMPTY = Message(
    en="{path} stays empty: go does not use it here. Set {name} to $CI_PROJECT_DIR/{path} in variables",
    zh="{path} 一直是空的：go 在此不使用它。请在 variables 中把 {name} 设为 $CI_PROJECT_DIR/{path}",
)

# A project is in /builds, unless the runner says otherwise.
_OUTSIDE = pattern(r"(?:/(?:go|root|home/[^/\s]+|usr/local/go)(?:/|\Z)|~/|\$HOME/|\$\{HOME\}/)")
_MODULES = pattern(r"(?:^|/)go/?\Z|go/pkg(?:/|\Z)|/\.?go-?mod/?\Z")
_BUILDS = pattern(r"go-build/?\Z|\.cache/?\Z")
_INSIDE = pattern(r"(?:\./)?\.?go/pkg/mod/?|(?:\./)?\.(?:cache/)?go-build/?")
# Any of these may move the folders, or the text does not tell all.
_MOVES = ("GOPATH", "GOMODCACHE", "GOCACHE", "GOENV", "XDG_CACHE_HOME", "include:", "HOME:", "HOME=")


@rule(Severity.WARNING, dimension="speed", needs={GITLAB: ()})
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    source = scene.file.source
    if source.encoding != UTF8 or "cache" not in source.text or not RUNS_GO.search(source.text):
        return
    moves = any(word in source.text for word in _MOVES)
    for leaf in yaml_scalars.leaves(source.text):
        if not _is_path(leaf.keys):
            continue
        path = leaf.value
        name = "GOMODCACHE" if _MODULES.search(path) else "GOCACHE" if _BUILDS.search(path) else ""
        if name and _OUTSIDE.match(path):
            yield Finding(leaf.span, OUTSIDE(path=path, name=name))
        elif name and not moves and _INSIDE.fullmatch(path):
            yield Finding(
                leaf.span, EMPTY(path=path.removeprefix("./").rstrip("/"), name=name), severity=Severity.INFORMATION
            )


def _is_path(keys: tuple[Key, ...]) -> bool:
    """Return whether keys lead to `cache: paths: -` of a job, or of all, also in a list of caches."""
    if len(keys) < len(("cache", "paths", 0)) or keys[-2] != "paths":
        return False
    return keys[-3] == "cache" or (len(keys) > len(("cache", "paths", 0)) and keys[-4] == "cache")
