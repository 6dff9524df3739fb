"""An entry builds with `-trimpath`, so none of its breakpoints is found.

The program then knows its files by module path, and the editor by their place on the disk: "could not find file".
Remove the flag, or map the paths with `substitutePath`, from the workspace folder to the path of the module.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-tags=a -trimpath"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-tags=a"}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-trimpath"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": []}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GOFLAGS": "-mod=mod -trimpath"}}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GOFLAGS": "-mod=mod"}}
    ]
}
```

## Example

The mapping is of another folder:

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": ".",
            "buildFlags": "-trimpath",
            "substitutePath": [{"from": "${workspaceFolder}/lib", "to": "/build/lib"}]
        }
    ]
}
```

## No finding

Paths are mapped, nothing is built, or nothing is debugged:

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": ".",
            "buildFlags": "-trimpath",
            "substitutePath": [{"from": "${workspaceFolder}", "to": "example.com/shop"}]
        },
        {"name": "B", "type": "go", "request": "launch", "mode": "exec", "program": "b", "buildFlags": "-trimpath"},
        {"name": "C", "type": "go", "request": "launch", "program": ".", "noDebug": true, "buildFlags": "-trimpath"}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import SETTINGS, WORKSPACE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few entries have flags
    from wslgo.launch.build_flags import BuildFlags
    from wslgo.syntax.go.command_line import Argument

MAPPING = "substitutePath"
FLAG = "trimpath"

MESSAGE = Message(
    en="No breakpoint is found: with -trimpath the program does not know where its files are. Remove it",
    zh="断点将全部失效：使用 -trimpath 后，程序不知道源文件的位置。请删除它",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("trimpath",))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    # `go.delveConfig` in settings can map paths for every entry.
    if any(file.family.name in (SETTINGS, WORKSPACE) and MAPPING in file.source.text for file in scene.others):
        return
    for configuration in go_entries(tree):
        if not builds(configuration) or not configuration.has_flags or _is_without_breakpoints(configuration):
            continue
        from wslgo.knowledge.go_flags import TRUE  # few entries have flags
        from wslgo.launch.build_flags import fault_of, read
        from wslgo.syntax.go import goflags

        flags, variable = read(configuration), configuration.variable("GOFLAGS")
        if flags is not None and fault_of(flags) is not None:
            continue  # the build fails
        own = [found for found in flags.arguments() if found.name == FLAG] if flags is not None else []
        if flags is not None and own:
            yield from _in_flags(tree, flags, own)
            continue
        entries = goflags.parse((variable.string or "") if variable is not None else "")
        if variable is not None and goflags.first_error(entries) is None:
            last = [entry for entry in entries if entry.name == FLAG]
            if last and last[-1].value in (None, *TRUE):
                yield from _in_string(tree, variable, [entry.span for entry in last])


def _is_without_breakpoints(configuration: Configuration) -> bool:
    """Return whether an entry maps paths, or debugs nothing."""
    no_debug = configuration.get("noDebug")
    return (no_debug is not None and no_debug.value is True) or _maps_modules(configuration)


def _maps_modules(configuration: Configuration) -> bool:
    """Return whether an entry maps a path to one that is not a folder, such as that of a module."""
    mapping = configuration.get(MAPPING)
    targets = (element.get("to") for element in mapping.elements) if mapping is not None else ()
    return any(target is not None and not (target.string or "/").startswith(("/", "${")) for target in targets)


def _in_flags(tree: Jsonc, flags: "BuildFlags", own: "list[Argument]") -> Iterator[Finding]:
    """Yield the finding about the last of several flags, which counts."""
    from wslgo.knowledge.go_flags import TRUE  # few entries have flags

    if own[-1].fault is not None or own[-1].value not in (None, *TRUE):
        return
    if not flags.is_list:
        yield from _in_string(tree, flags.node, [flags.places[argument.first] for argument in own])
        return
    places = [argument.first for argument in own]
    edits = () if tree.problems else edit.removals(tree, flags.node, places, with_own_comments=True)
    yield Finding(flags.span(tree, own[-1].first), MESSAGE(), _fixes(edits))


def _in_string(tree: Jsonc, node: Node, places: list[Span]) -> Iterator[Finding]:
    from wslgo.syntax.json.parts import part_span  # few entries have flags

    rest = node.string or ""
    for span in reversed(places):
        parts = (rest[: span.start].rstrip(), rest[span.end :].lstrip())
        rest = " ".join(part for part in parts if part)
    yield Finding(part_span(tree, node, places[-1]), MESSAGE(), _fixes(edit.replacement(tree, node, rest)))


def _fixes(edits: tuple[Edit, ...]) -> tuple[Fix, ...]:
    return (Fix(REMOVE(name="-trimpath"), edits, Safety.SAFE),) if edits else ()
