"""An entry builds with `-ldflags` that strip the program, so none of its breakpoints is found.

The linker flags `-s` and `-w` leave out the debug information, which Delve reads: "could not find file", no variables,
no stack. They are for release builds.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-race -ldflags='-s -w'"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-race"}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-ldflags=-X main.a=b -w"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-ldflags=-X main.a=b"]}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GOFLAGS": "'-ldflags=-s -w' -v"}}
    ]
}
```

## No finding

The debug information is kept:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags='-s -w=0'"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags='-X main.flags=-s'"}
    ]
}
```

## No finding

Nothing is built, or nothing is debugged:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "exec", "program": "a", "buildFlags": "-ldflags=-s"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "noDebug": true, "buildFlags": "-ldflags=-s"}
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries, is_legacy
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, REMOVE
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.launch import Configuration
from wslgo.text.message import Message
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few entries have flags
    from wslgo.launch.build_flags import BuildFlags
    from wslgo.syntax.go.command_line import Argument

FLAG = "ldflags"

MESSAGE = Message(
    en="No breakpoint is found: with -s or -w the linker leaves out the debug information that Delve reads. Remove it",
    zh="断点将全部失效：使用 -s 或 -w 时，链接器不会写入 Delve 所需的调试信息。请删除它",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("ldflags",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        no_debug = configuration.get("noDebug")
        if not builds(configuration) or is_legacy(configuration) or (no_debug is not None and no_debug.boolean):
            continue
        if not configuration.has_flags:
            continue
        from wslgo.launch.build_flags import fault_of, read  # few entries have flags

        flags = read(configuration)
        if flags is not None and fault_of(flags) is not None:
            continue  # the build fails
        own = [found for found in flags.arguments() if found.name == FLAG] if flags is not None else []
        if flags is not None and own:
            yield from _in_flags(tree, configuration.node, flags, own[-1])
        else:
            yield from _in_variable(tree, configuration)


def _in_flags(tree: Jsonc, entry: Node, flags: "BuildFlags", own: "Argument") -> Iterator[Finding]:
    """Yield the finding about the last of several flags, which counts."""
    from wslgo.syntax.go.linker_flags import without_stripping  # most files have no such flags

    rest = without_stripping(own.value or "") if own.fault is None and "${" not in (own.value or "") else None
    if rest is None:
        return
    word = f"-{FLAG}={rest}"
    written = word if flags.is_list or " " not in word else f"-{FLAG}='{rest}'"
    if not rest:
        fix = Fix(REMOVE(name=f"-{FLAG}"), flags.removal(tree, entry, own.first, own.last), Safety.SAFE)
    else:
        fix = Fix(CHANGE_TO(value=written), flags.replaced(tree, own.first, own.last, written), Safety.SAFE)
    is_clear = fix.edits and (flags.is_list or not {"'", "\\"} & set(rest))
    yield Finding(flags.span(tree, own.first, own.last), MESSAGE(), (fix,) if is_clear else ())


def _in_variable(tree: Jsonc, configuration: Configuration) -> Iterator[Finding]:
    from wslgo.syntax.go import goflags  # few entries have flags
    from wslgo.syntax.json.parts import part_span

    variable = configuration.variable("GOFLAGS")
    entries = goflags.parse((variable.string or "") if variable is not None else "")
    own = [entry for entry in entries if entry.name == FLAG and entry.value is not None]
    if variable is None or not own or goflags.first_error(entries) is not None:
        return
    from wslgo.syntax.go.linker_flags import without_stripping  # most files have no such flags

    if without_stripping(own[-1].value or "") is not None:
        yield Finding(part_span(tree, variable, own[-1].span), MESSAGE())
