"""`CGO_CFLAGS` replaces the flags that give C code its debug information.

Without `CGO_CFLAGS` Delve builds C code with `-O0 -g`. If an entry sets the variable, Delve does not change it, and go
uses it instead of its own `-O2 -g`. Without `-g` the C code has no lines and no variables, and Delve never stops at a
breakpoint in it. Add `-O0 -g`.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"CGO_CFLAGS": "-I/usr/local/cuda/include"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "mode": "debug",
            "program": "${workspaceFolder}",
            "env": {"CGO_CFLAGS": "-O0 -g -I/usr/local/cuda/include"}
        }
    ]
}
```

## No finding

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CGO_CFLAGS": "-O0 -g -I/usr/local/cuda/include"}
        },
        {
            "name": "Fast C code",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"CGO_CFLAGS": "-O2 -ggdb3"}
        }
    ]
}
```

## No finding

With an empty value Delve decides, and the value of a VS Code variable is not known:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"CGO_CFLAGS": ""}},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "env": {"CGO_CFLAGS": "-DX ${env:MORE}"}}
    ]
}
```

## No finding

The program has no C code:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "cmd/a", "env": {"CGO_CFLAGS": "-DX"}}
    ]
}
```

```go project path=cmd/a/main.go
package main
```

## No finding

The author wants no debug information:

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"CGO_CFLAGS": "-O2 -g0"}}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries, is_legacy
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message

MESSAGE = Message(
    en="C code is built without debug information, because Delve adds -O0 -g only if CGO_CFLAGS is not set",
    zh="C 代码构建时没有调试信息，因为仅在未设置 CGO_CFLAGS 时 Delve 才会添加 -O0 -g",
)
TITLE = Message(en="Prepend -O0 -g", zh="在开头添加 -O0 -g")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, by_entry=True, only_with=("cgo_cflags",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        flags = configuration.variable("CGO_CFLAGS")
        if flags is None or not flags.string or not builds(configuration) or is_legacy(configuration):
            continue
        if _may_ask_for_debug(flags.string) or not _may_have_c_code(configuration, scene):
            continue
        fix = Fix(TITLE(), edit.replacement(tree, flags, f"-O0 -g {flags.string}"))
        yield Finding(flags.span, MESSAGE(), (fix,))


def _may_ask_for_debug(flags: str) -> bool:
    """Return whether a flag is about debug information, or may be after VS Code has expanded its variables."""
    from wslgo.syntax.go.flag_words import go_words  # few entries set CGO_CFLAGS

    return "${" in flags or any(word.text.startswith("-g") for word in go_words(flags))


def _may_have_c_code(configuration: Configuration, scene: Scene) -> bool:
    """Return whether the program, or what it imports in the workspace, uses cgo; true if that is not known."""
    project = scene.project
    program = program_of(configuration, project, workspace_folder_of(scene.file.place)) if project else None
    if project is None or program is None:
        return True
    waiting = [(program.package, program.files)]
    seen = {program.package.folder}
    for package, files in waiting:
        if any(file.head.uses_cgo for file in files):
            return True
        for other in project.imported_packages(package, files):
            if other.folder not in seen:
                seen.add(other.folder)
                waiting.append((other, other.files))
    return False
