"""This module requires a module of the same workspace, but builds with a released version of it.

Both are of one repository, by their paths. Without a `go.work` or a `replace` line, go takes the required version from
the module cache, also where the source is open in the same folder: changes there have no effect here, and "go to
definition" leads to the cache. A `go.work` makes the modules see each other: `go work init`, then `go work use -r .`.
It need not be committed.

## Example

```text path=/home/me/work/app/go.mod
module example.com/shop/app

go 1.25

require example.com/shop/lib v1.2.0
```

```text path=/home/me/work/lib/go.mod
module example.com/shop/lib

go 1.25
```

## No finding

```text path=/home/me/work/app/go.mod
module example.com/shop/app

go 1.25

require example.com/shop/lib v1.2.0
```

```text path=/home/me/work/lib/go.mod
module example.com/shop/lib

go 1.25
```

```text path=/home/me/work/go.work
go 1.25

use (
    ./app
    ./lib
)
```

## No finding

```text path=/home/me/work/app/go.mod
module example.com/shop/app

require example.com/shop/lib v1.2.0

replace example.com/shop/lib => ../lib
```

```text path=/home/me/work/lib/go.mod
module example.com/shop/lib
```

## No finding

They are of different repositories, which only happen to be open together:

```text path=/home/me/src/app/go.mod
module github.com/me/app

require github.com/other/lib v1.2.0
```

```text path=/home/me/src/lib/go.mod
module github.com/other/lib
```

## No finding

Another module requires it:

```text path=/home/me/work/app/go.mod
module example.com/shop/app

require example.com/shop/lib v1.2.0 // indirect
```

```text path=/home/me/work/lib/go.mod
module example.com/shop/lib
```
"""

import posixpath
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.module_go import modules_beside, works_using
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOMOD
from wslgo.syntax.go.mod_entry import GoMod
from wslgo.text.message import Message
from wslgo.text.span import Span

# Hosts where the first three elements of a path name the repository; elsewhere usually two do.
FORGES = ("golang.org", "github.com", "gitlab.com", "bitbucket.org", "gitee.com", "codeberg.org", "git.sr.ht")

MESSAGE = Message(
    en="{path} is in {folder} of this workspace, but go uses the released {version}. Changes there need a go.work",
    zh="{path} 就在此工作区的 {folder} 中，但 go 使用已发布的 {version}。要使那里的修改生效，需要 go.work",
)
HERE = Message(en="{path} is this module", zh="{path} 即此模块")


@rule(Severity.HINT, needs={GOMOD: ()}, only_with=("require",), dimension="reproducibility")
def check(tree: GoMod, scene: Scene) -> Iterator[Finding]:
    if not any(other is not scene.file for other in scene.others) or works_using(scene):
        return
    siblings = modules_beside(scene.others)
    replaced = {replacement.old.path for replacement in tree.replace}
    for requirement in tree.require:
        path = requirement.target.path
        other = siblings.get(path)
        if other is None or requirement.is_indirect or path in replaced or other.path == scene.file.path:
            continue
        if tree.module is None or repository_of(path) != repository_of(tree.module.path):
            continue
        folder = posixpath.dirname(other.path)
        shown = posixpath.relpath(folder or ".", posixpath.dirname(scene.file.path) or ".")
        message = MESSAGE(path=path, folder=shown, version=requirement.target.version)
        yield Finding(
            requirement.target.path_span, message, related=(Related(Span(0, 0), HERE(path=path), other.path),)
        )
        return


def repository_of(path: str) -> str:
    """Return the beginning of a module path that the modules of one repository share."""
    elements = path.split("/")
    return "/".join(elements[: 3 if elements[0] in FORGES else 2])
