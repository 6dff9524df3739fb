"""The Go that a file chooses is older than `go.mod` asks for, so go downloads another one and runs that instead.

asdf, mise, goenv and the feature of dev containers leave `GOTOOLCHAIN` as it is, and its default is `auto`. Then
`go version` in the module is another one than in this file, each new machine downloads two, and go fails without a
network.

## Example

```toml path=mise.toml
[tools]
go = "1.24"
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```text path=.tool-versions
golang 1.25.3
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```text path=.go-version
1.24.3
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```json path=.devcontainer/devcontainer.json
{
    "image": "mcr.microsoft.com/devcontainers/base:trixie",
    "features": {"ghcr.io/devcontainers/features/go:1": {"version": "1.24"}}
}
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## Example

```text path=.tool-versions
golang 1.25.7
```

```text path=go.mod
module example.com/m

go 1.25.0

toolchain go1.26.2
```

## No finding

`1.25` is the newest release of that series:

```toml path=mise.toml
[tools]
go = "1.25"
```

```text path=go.mod
module example.com/m

go 1.25.7
```

## No finding

Only asdf or mise knows what these are:

```text path=.tool-versions
golang 1.24.3 system
```

```toml path=mise.toml
[tools]
go = "latest"
```

```text path=go.mod
module example.com/m

go 1.25.7
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.go_choice import pins
from wslgo.linter.go_pin import older_than, replacement, switches, wanted_version
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import DEVCONTAINER, GOVERSION, MISE, TOOLVERSIONS
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="go.mod asks for Go {wanted}: with GOTOOLCHAIN=auto, the default, go downloads that and does not use {version}",
    zh="go.mod 要求 Go {wanted}：在默认的 GOTOOLCHAIN=auto 下，go 会下载该版本，而不使用 {version}",
)

_NEEDS: dict[str, tuple[str, ...]] = dict.fromkeys((DEVCONTAINER, MISE, TOOLVERSIONS, GOVERSION), ())


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=_NEEDS)
def check(_tree: object, scene: Scene) -> Iterator[Finding]:
    found = pins(scene.file)
    wanted = wanted_version(scene) if found and "GOTOOLCHAIN" not in scene.file.source.text else None
    if wanted is None:
        return
    for pin in found:
        if older_than(pin, wanted.version) and switches(pin):
            text = replacement(pin, wanted.written)
            fix = Fix(CHANGE_TO(value=text), (Edit(pin.inner, text),))
            message = MESSAGE(wanted=wanted.written, version=pin.version)
            yield Finding(pin.span, message, (fix,), related=wanted.place)
