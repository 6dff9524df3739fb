"""An entry of mode `test` passes a flag of `go test`, which the test program does not have.

Delve builds the test program and starts it itself, without `go test`. There each flag has the prefix `test.`:
`-test.run`. Without it the program ends at once: "flag provided but not defined: -run". Flags of the build, such as
`-tags`, belong in `buildFlags`.

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": ".",
            "args": ["-run", "TestOrder", "-v"]
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "mode": "test",
            "program": ".",
            "args": ["-test.run", "TestOrder", "-test.v"]
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": "-count=1"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": "-test.count=1"}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": ["-tags=e2e"]}
    ]
}
```

## No finding

A flag of its own, one after the first word that is not a flag, or a program:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": ["-update", "-v=4"]},
        {"name": "B", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": ["x", "-run", "a"]},
        {"name": "C", "type": "go", "request": "launch", "mode": "debug", "program": ".", "args": ["-run", "a"]}
    ]
}
```

## No finding

The tests define the flag themselves:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "test", "program": ".", "args": ["-timeout", "3s"]}
    ]
}
```

```go project path=main_test.go
package main

import "flag"

var timeout = flag.Duration("timeout", 0, "for each request")
```
"""

from collections.abc import Iterator

from wslgo.launch import arguments
from wslgo.launch.arguments import LaunchArgument
from wslgo.launch.delve_behaviour import go_entries
from wslgo.launch.program import program_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.span import Span
from wslgo.text.typing import NamedTuple

PREFIX = "test."
VERBOSE = "v"
OF_GO = frozenset(("artifacts", "c", "exec", "vet"))  # of `go test` alone; the test program has no such flags
OF_BUILD = ("tags", "race", "mod", "ldflags", "gcflags", "cover")
# The tests, or a library that they use, may define any other flag of these names for their own use.
SURE = (
    *("v", "run", "bench", "benchmem", "benchtime", "count", "coverprofile", "failfast", "fuzz", "fuzztime"),
    *("short", "shuffle", "skip", "tags", "race", "mod", "ldflags", "gcflags"),
)

MESSAGE = Message(
    en="The test ends at once: without go test its flag is -test.{name}, not -{name}",
    zh="测试会立即退出：不经过 go test 时，该参数是 -test.{name}，而不是 -{name}",
)
BUILD = Message(
    en="The test ends at once: -{name} is a flag of the build. Move it to buildFlags",
    zh="测试会立即退出：-{name} 是构建参数。请移到 buildFlags",
)


class Flag(NamedTuple):
    """A flag on the command line of a test program: its argument, and its name without dashes."""

    argument: LaunchArgument
    name: str


@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True, only_with=("args",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if configuration.request != "launch" or not _is_test(configuration):
            continue
        from wslgo.knowledge.go_flags import TEST_SWITCHES, TEST_VALUES  # most entries run no test

        judged = (TEST_SWITCHES | TEST_VALUES | {VERBOSE, *OF_BUILD}) - OF_GO
        flags = [flag for flag in _flags(configuration) if flag.name in judged]
        own = _own_flags(configuration, scene) if flags else None
        for argument, name in flags:
            if f'"{name}"' in (own or "") or (own is None and name not in SURE):
                continue
            if name in OF_BUILD:
                yield Finding(argument.span(tree), BUILD(name=name))
                continue
            start = argument.written.find(name)
            edits = argument.part_edits(tree, Span(start, start), PREFIX)
            fixes = (Fix(CHANGE_TO(value=f"-{PREFIX}{name}"), edits, Safety.SAFE),) if edits else ()
            yield Finding(argument.span(tree), MESSAGE(name=name), fixes)


def _is_test(configuration: Configuration) -> bool:
    program = configuration.text("program")
    return configuration.mode == "test" or (configuration.mode == "auto" and program.endswith("_test.go"))


def _flags(configuration: Configuration) -> Iterator[Flag]:
    """Yield the flags that the test program reads: up to the first word that is not one, nor the value of one."""
    from wslgo.knowledge.go_flags import BOOLEANS, BUILD_VALUES, TEST_SWITCHES, TEST_VALUES  # see above

    is_value = False
    for argument in arguments.read(configuration):
        if is_value:
            is_value = False
            continue
        name, equals, value = argument.text.lstrip("-").partition("=")
        if not argument.text.startswith("-") or not name or argument.text.startswith("${"):
            return
        if name != VERBOSE or not equals or value in (*BOOLEANS, "test2json"):
            yield Flag(argument, name)
        known = name.removeprefix(PREFIX)
        is_value = not equals and known in TEST_VALUES | BUILD_VALUES
        if not equals and known not in TEST_VALUES | TEST_SWITCHES | BUILD_VALUES | {VERBOSE, *OF_BUILD}:
            return  # a flag of the tests, which may take the next word


def _own_flags(configuration: Configuration, scene: Scene) -> str | None:
    """Return the source of the tests, which may define flags of their own; None if it is not known."""
    project = scene.project
    program = program_of(configuration, project, workspace_folder_of(scene.file.place)) if project else None
    return "\n".join(project.text(file.path) for file in program.files) if project and program else None
