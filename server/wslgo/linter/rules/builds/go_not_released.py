"""A file chooses a version of Go that was never released, so nothing can be installed.

The first release of a series is 1.N.0 since Go 1.21, and was called 1.N before. Of series that are no longer supported
the last release is known. asdf knows only full versions: for `golang 1.25` it looks for a release of that name, where
mise takes the newest of the series.

## Example

```toml path=mise.toml
[tools]
go = "go1.25.3"
```

becomes

```toml path=mise.toml
[tools]
go = "1.25.3"
```

## Example

```text path=.tool-versions
golang 1.20.0
```

becomes

```text path=.tool-versions
golang 1.20
```

## Example

```dockerfile path=Dockerfile
FROM golang:1.22.13 AS build
COPY . .
RUN go build -o /app
```

## Example

```text path=.tool-versions
golang 1.25
```

## No finding

`setup-go` and mise take the newest release of a series, and the newest releases of Go are younger than this rule:

```yaml path=.github/workflows/test.yml
jobs:
  test:
    steps:
      - uses: actions/setup-go@v6
        with:
          go-version: '1.20.0'
      - run: go test ./...
```

```toml path=mise.toml
[tools]
go = "1.99"
```

```text path=.tool-versions
golang 1.27.99
```

## No finding

```text path=.tool-versions
golang ref:go1.25.3
nodejs go1.25
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_releases import FIRST_TOOLCHAIN_MODULE, LAST_PATCH
from wslgo.knowledge.version import go_version
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.go_choice import NEEDS, pins
from wslgo.linter.go_pin import Pin, Reader, is_series, release_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.text.message import Message, Text
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit
from wslgo.text.typing import NamedTuple

PREFIX = Message(
    en="{value} is not a version here, so nothing can be installed: write it without {prefix}",
    zh="{value} 在此处不是版本，因此无法安装：请去掉前面的 {prefix}",
)
FIRST = Message(
    en="Go {value} does not exist, so nothing can be installed: the first release of this series is {version}",
    zh="不存在 Go {value}，因此无法安装：该系列的第一个版本是 {version}",
)
LAST = Message(
    en="Go {value} does not exist, so nothing can be installed: the last release of this series is {version}",
    zh="不存在 Go {value}，因此无法安装：该系列的最后一个版本是 {version}",
)
SERIES = Message(
    en="asdf finds no release {value}, only mise takes the newest {value}.x. Write all three numbers",
    zh="asdf 找不到名为 {value} 的版本，只有 mise 会选取最新的 {value}.x。请写全三个数字",
)

_PREFIXED = pattern(r"(go|v)(1\.\d{1,3}(?:\.\d{1,3})?)")
# Who downloads a release by its very name.
_BY_NAME = (Reader.ASDF_OR_MISE, Reader.MISE, Reader.FEATURE, Reader.GOENV)


class _Problem(NamedTuple):
    message: Text
    version: str = ""  # that exists
    safety: Safety = Safety.UNSAFE
    severity: Severity | None = None


@rule(Severity.ERROR, fixable=Safety.UNSAFE, needs=NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    for pin in pins(scene.file):
        problem = _problem(pin)
        if problem is not None:
            fix = Fix(CHANGE_TO(value=problem.version), (Edit(pin.inner, problem.version),), problem.safety)
            fixes = (fix,) if problem.version else ()
            yield Finding(pin.span, problem.message, fixes, severity=problem.severity)


def _problem(pin: Pin) -> _Problem | None:
    prefixed = _PREFIXED.fullmatch(pin.version)
    if prefixed is not None:
        # mise takes a `v` for what it is.
        is_read = prefixed[1] == "v" and pin.reader not in (Reader.FEATURE, Reader.GOENV)
        is_known = pin.reader in _BY_NAME and not is_read and go_version(prefixed[2]) is not None
        return _Problem(PREFIX(value=pin.version, prefix=prefixed[1]), prefixed[2], Safety.SAFE) if is_known else None
    version = release_of(pin)
    if version is None:
        return None
    is_of_semver = pin.reader is Reader.GOENV  # setup-go may read it
    last = LAST_PATCH.get(version.minor)
    newest = "" if last is None else f"1.{version.minor}.{last}"
    if is_series(pin):
        is_partial = pin.reader is Reader.ASDF_OR_MISE and version[:2] >= FIRST_TOOLCHAIN_MODULE[:2]
        return _Problem(SERIES(value=pin.version), newest, severity=Severity.HINT) if is_partial else None
    if version.patch == 0 and version < FIRST_TOOLCHAIN_MODULE and pin.reader in _BY_NAME and not is_of_semver:
        series = f"1.{version.minor}"
        return _Problem(FIRST(value=pin.version, version=series), series, Safety.SAFE)
    if last is not None and version.patch > last:
        return _Problem(LAST(value=pin.version, version=newest), newest)
    return None
