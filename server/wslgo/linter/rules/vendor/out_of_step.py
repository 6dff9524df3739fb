"""The vendor folder is not that of this `go.mod`, so every go command fails.

go compares the list of the vendored modules with `go.mod` before it builds: `go: inconsistent vendoring`. It happens
when `go.mod` was changed (`go get`, `go mod tidy`, a merge) and the folder was not, or the other way round. Run
`go mod vendor` and commit both. In the editor gopls says it.

## Example

```text path=vendor/modules.txt
# golang.org/x/text v0.13.0
## explicit; go 1.18
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.24.0

require golang.org/x/text v0.14.0
```

## Example

The list lacks a module:

```text path=vendor/modules.txt
# golang.org/x/text v0.14.0
## explicit; go 1.18
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.24.0

require (
    golang.org/x/sys v0.20.0
    golang.org/x/text v0.14.0
)
```

## Example

```text path=vendor/modules.txt
# golang.org/x/text v0.14.0 => ../text
## explicit; go 1.18
golang.org/x/text/language
# golang.org/x/text => ../text
```

```text path=go.mod
module example.com/m

go 1.24.0

require golang.org/x/text v0.14.0
```

## No finding

```text path=vendor/modules.txt
# golang.org/x/text v0.14.0
## explicit; go 1.18
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.24.0

require golang.org/x/text v0.14.0
```

## No finding

Before `go 1.14` go does not use the folder by itself:

```text path=vendor/modules.txt
# golang.org/x/text v0.13.0
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.13

require golang.org/x/text v0.14.0
```

## No finding

It is the folder of a `go.work`:

```text path=vendor/modules.txt
## workspace
# golang.org/x/text v0.13.0
## explicit; go 1.18
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.24.0

require golang.org/x/text v0.14.0
```

## No finding

`GOFLAGS` keeps go from using the folder:

```text path=vendor/modules.txt
# golang.org/x/text v0.13.0
## explicit; go 1.18
golang.org/x/text/language
```

```text path=go.mod
module example.com/m

go 1.24.0

require golang.org/x/text v0.14.0
```

```json host
{"go_variables": [{"name": "GOFLAGS", "value": "-mod=mod", "origin": "environment"}]}
```
"""

import posixpath
from collections.abc import Iterator

from wslgo.knowledge.version import GoVersion, go_version
from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.module_go import setting_of
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import GOMOD, GOWORK
from wslgo.syntax.file import File
from wslgo.syntax.go.mod_entry import GoMod, ModuleVersion
from wslgo.syntax.go.vendor_list import VendorList
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple, cast

SINCE = GoVersion(1, 14, 0)  # go uses the folder by itself, and its list says what go.mod requires

MESSAGE = Message(
    en="go fails here, inconsistent vendoring: {module} does not fit go.mod. Run go mod vendor",
    zh="go 在此会失败（inconsistent vendoring）：{module} 与 go.mod 不一致。请运行 go mod vendor",
)
MORE = Message(
    en="go fails here, inconsistent vendoring: {module} and {count} more do not fit go.mod. Run go mod vendor",
    zh="go 在此会失败（inconsistent vendoring）：{module} 以及另外 {count} 处与 go.mod 不一致。请运行 go mod vendor",
)
LINE = Message(en="go.mod says it here", zh="go.mod 的相应内容在此处")


class Difference(NamedTuple):
    """A module that only go.mod or only the list has in this form; the span is None where it is missing."""

    name: str
    listed: Span | None
    in_module: Span | None


@rule(Severity.ERROR, needs=("go_variables",))
def check(tree: VendorList, scene: Scene) -> Iterator[Finding]:
    module = module_of(scene)
    if module is None or tree.is_of_work:
        return
    file = cast("GoMod", module.tree)
    language = go_version(file.go.version) if file.go else None
    if file.problems or language is None or language < SINCE or is_unused(module, scene):
        return
    found = differences(tree, file)
    if found:
        first = found[0]
        message = MORE(module=first.name, count=len(found) - 1) if len(found) > 1 else MESSAGE(module=first.name)
        related = () if first.in_module is None else (Related(first.in_module, LINE(), module.path),)
        yield Finding(first.listed or Span(0, 0), message, related=related)


def module_of(scene: Scene) -> File | None:
    """Return the go.mod beside the vendor folder."""
    folder = posixpath.dirname(_folder(scene.file))
    modules = (file for file in scene.others if file.family.name == GOMOD)
    return next((file for file in modules if _folder(file) == folder), None)


def is_unused(module: File, scene: Scene) -> bool:
    """Return whether go builds without the folder: below a go.work, or by a -mod of GOFLAGS."""
    folder = _folder(module)
    works = (_folder(file) for file in scene.others if file.family.name == GOWORK)
    if any(not work or f"{folder}/".startswith(f"{work}/") for work in works):
        return True
    flags = (setting_of("GOFLAGS", scene._replace(file=module)).value or "").split()
    return any(flag.lstrip("-") in ("mod=mod", "mod=readonly") for flag in flags)


def differences(tree: VendorList, file: GoMod) -> list[Difference]:
    """Return what go would report."""
    found = list(missing(tree, file))
    known = {difference.name.partition("@")[0] for difference in found}
    return [*found, *(difference for difference in superfluous(tree, file) if difference.name not in known)]


def missing(tree: VendorList, file: GoMod) -> Iterator[Difference]:
    """Yield the requirements and replacements of go.mod that the list does not have."""
    by_path = {path: vendored for (path, version), vendored in tree.modules.items() if version}
    for target in (requirement.target for requirement in file.require):
        vendored = tree.modules.get((target.path, target.version))
        if vendored is None or not vendored.is_explicit:
            near = vendored or by_path.get(target.path)
            yield Difference(shown(target), near.span if near else None, target.path_span)
    for old, new in {(each.old.path, each.old.version): each for each in file.replace}.items():
        vendored = tree.modules.get(old)
        if vendored is None or vendored.replacement != (new.new.path, new.new.version):
            yield Difference(shown(new.old), vendored.span if vendored else None, new.old.path_span)


def superfluous(tree: VendorList, file: GoMod) -> Iterator[Difference]:
    """Yield the modules and replacements of the list that go.mod does not have."""
    required = {(each.target.path, each.target.version) for each in file.require}
    replaced = {(each.old.path, each.old.version) for each in file.replace}
    for (path, version), vendored in tree.modules.items():
        is_extra = vendored.is_explicit and vendored.has_packages and (path, version) not in required
        is_stray = vendored.replacement is not None and not {(path, version), (path, "")} & replaced
        if is_stray or is_extra:
            yield Difference(path, vendored.span, None)


def shown(module: ModuleVersion) -> str:
    """Return a module as go writes it in its report."""
    return f"{module.path}@{module.version}" if module.version else module.path


def _folder(file: File) -> str:
    return posixpath.dirname(posixpath.normpath(file.place or file.path))
