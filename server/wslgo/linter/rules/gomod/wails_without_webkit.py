"""This release of Wails does not build on this distribution.

Wails before 2.9 builds only against WebKitGTK 4.0 (`Package webkit2gtk-4.0 was not found`). Ubuntu since 24.04 and
Debian 13 have only 4.1. Update Wails (`go get github.com/wailsapp/wails/v2@latest`, and the same for its
command), and build with the tag `webkit2_41`.

## Example

```text path=go.mod host=ubuntu-24.04-nat
module example.com/app

go 1.22.0

require github.com/wailsapp/wails/v2 v2.8.2
```

## No finding

```text path=go.mod host=ubuntu-24.04-nat
module example.com/app

go 1.22.0

require github.com/wailsapp/wails/v2 v2.9.0
```

## No finding

The distribution has WebKitGTK 4.0:

```text path=go.mod
module example.com/app

require github.com/wailsapp/wails/v2 v2.8.2
```

```json host
{"wsl": {"generation": 2, "release": "Ubuntu 22.04.5 LTS"}}
```

## No finding

The distribution is unknown:

```text path=go.mod
module example.com/app

require github.com/wailsapp/wails/v2 v2.8.2
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOMOD
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message

WAILS = "github.com/wailsapp/wails/v2"
SINCE = "v2.9.0"
PACKAGE = "libwebkit2gtk-4.0-dev"

MESSAGE = Message(
    en="Wails {version} needs WebKitGTK 4.0, which {release} lacks. Update to v2.9.0 or newer, with -tags webkit2_41",
    zh="Wails {version} 需要 WebKitGTK 4.0，而 {release} 没有。请更新到 v2.9.0 或更高版本，并使用 -tags webkit2_41",
)


@rule(Severity.WARNING, needs={GOMOD: ("wsl.release", "packages")}, only_with=(WAILS,))
def check(tree: GoMod, scene: Scene) -> Iterator[Finding]:
    release = scene.host.wsl.release or ""
    if not any(requirement.target.path == WAILS for requirement in tree.require):
        return
    from wslgo.knowledge.gui import has_webkit_4_0  # few modules are programs of Wails
    from wslgo.knowledge.version import module_version

    since = module_version(SINCE)
    if has_webkit_4_0(release) is not False or PACKAGE in (scene.host.packages or ()):
        return
    for requirement in tree.require:
        version = module_version(requirement.target.version)
        if requirement.target.path != WAILS or requirement.is_indirect or version is None or since is None:
            continue
        if version < since:
            span = requirement.target.version_span or requirement.target.path_span
            yield Finding(span, MESSAGE(version=requirement.target.version, release=release))
