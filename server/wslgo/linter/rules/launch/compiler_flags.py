"""An entry sets compiler flags that only Delve can set.

Delve builds with `-gcflags 'all=-N -l'`, without which lines and variables are lost. The Go extension removes another
`-gcflags` from a `buildFlags` string and from `GOFLAGS`, with a warning; in a list, Delve's own comes later and wins.
Only one in a string that the extension does not see, such as `--gcflags`, has an effect: the program is then optimized.

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
            "buildFlags": "-tags=cuda -gcflags='all=-N -l' -race"
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
            "buildFlags": "-tags=cuda -race"
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "T", "type": "go", "request": "launch", "program": "./x", "buildFlags": ["-gcflags=-N", "-v"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "T", "type": "go", "request": "launch", "program": "./x", "buildFlags": ["-v"]}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "env": {"GOFLAGS": "-mod=mod -gcflags=all=-l"}}
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

The author may want this, to debug the program that users run:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "--gcflags=all=-l"}
    ]
}
```

## Example

The value ends at the space, and `go build` has no flag `-l`: the build fails with `flag provided but not defined: -l`.

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-race -gcflags=all=-N -l -v"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-race -v"}
    ]
}
```

## Example

The Go extension removes a value in double quotes as well:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-gcflags=\\"all=-N -l\\""}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": "."}
    ]
}
```

## Example

In a list the same happens:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-gcflags=all=-N", "-l", "-v"]}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-v"]}
    ]
}
```

## Example

What is left is not a list of flags, so wslgo does not touch it:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags -s -w -gcflags=-N"}
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
            "mode": "debug",
            "program": "${workspaceFolder}",
            "buildFlags": "-tags=cuda -ldflags='-X main.flags=-gcflags'"
        }
    ]
}
```

## No finding

Nothing is built:

```json
{
    "configurations": [
        {
            "name": "Binary",
            "type": "go",
            "request": "launch",
            "mode": "exec",
            "program": "${workspaceFolder}/app",
            "env": {"GOFLAGS": "-gcflags=-l"}
        }
    ]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import builds, go_entries, is_legacy
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few entries have flags
    from wslgo.launch.build_flags import BuildFlags
    from wslgo.syntax.go.command_line import Argument

MESSAGE = Message(
    en="These compiler flags have no effect: Delve always builds with -gcflags 'all=-N -l'",
    zh="这些编译器参数不起作用：Delve 始终以 -gcflags 'all=-N -l' 构建",
)
OPTIMIZED = Message(
    en="This replaces Delve's -gcflags 'all=-N -l', so the program is optimized and lines and variables are lost",
    zh="这会替换 Delve 的 -gcflags 'all=-N -l'，因此程序会被优化，行号和变量会丢失",
)
CUT = Message(
    en="The build fails: -gcflags ends at the space, so '{stray}' is a flag of its own. Remove both: Delve sets them",
    zh="构建会失败：-gcflags 的值在空格处结束，'{stray}' 成了单独的参数。请一并删除，Delve 会自行设置",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, by_entry=True, only_with=("gcflags",))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if not builds(configuration) or not configuration.has_flags:
            continue
        from wslgo.launch.build_flags import read  # few entries have flags

        flags, variable = read(configuration), configuration.variable("GOFLAGS")
        if flags is not None and flags.is_list:
            yield from _in_list(tree, flags)
        elif flags is not None:
            yield from _in_string(tree, configuration.node, flags)
        if variable is not None and variable.string is not None and not is_legacy(configuration):
            yield from _in_variable(tree, variable, variable.string)


def _in_string(tree: Jsonc, configuration: Node, flags: "BuildFlags") -> Iterator[Finding]:
    from wslgo.launch.build_flags import is_accepted, strays_after, without  # few entries have flags
    from wslgo.syntax.json.parts import part_span

    text, node = flags.node.string or "", flags.node
    for place in flags.removed[:1]:
        start = text.index("-", place.start)
        strays = strays_after(flags, place.end)
        whole = Span(start, flags.places[strays[-1].last].end if strays else place.end)
        rest = without(text, whole)
        is_clear = "${" not in text and len(flags.removed) == 1 and is_accepted(rest, flags.command)
        edits = _shortened(tree, configuration, node, rest) if is_clear else ()
        fixes = (Fix(REMOVE(name="-gcflags"), edits, Safety.SAFE),) if edits else ()
        span = part_span(tree, node, whole)
        if strays:
            yield Finding(span, CUT(stray=flags.words[strays[0].first]), fixes, severity=Severity.ERROR)
        else:
            yield Finding(span, MESSAGE(), fixes)
    if not flags.removed:
        yield from (
            Finding(flags.span(tree, own.first, own.last), OPTIMIZED()) for own in _own(flags) if _is_worse(own)
        )


def _own(flags: "BuildFlags") -> "Iterator[Argument]":
    """Yield the `-gcflags` that reach go."""
    from wslgo.launch.build_flags import COMPILER_FLAGS  # few entries have flags

    return (own for own in flags.arguments() if own.name == COMPILER_FLAGS and own.value is not None)


def _is_worse(own: "Argument") -> bool:
    return own.fault is None and "${" not in (own.value or "") and "-N" not in (own.value or "")


def _shortened(tree: Jsonc, configuration: Node, node: Node, rest: str) -> tuple[Edit, ...]:
    """Return the edits that leave the other flags, or no attribute if there are none."""
    if rest:
        return edit.replacement(tree, node, rest)
    places = [number for number, member in enumerate(configuration.members) if member.value is node]
    return () if tree.problems else edit.removals(tree, configuration, places, with_own_comments=True)


def _in_variable(tree: Jsonc, node: Node, flags: str) -> Iterator[Finding]:
    """Yield the finding about GOFLAGS, which go splits; that go rejects it is the finding of another rule."""
    from wslgo.launch.build_flags import COMPILER_FLAGS, without  # few entries have flags
    from wslgo.syntax.go import goflags
    from wslgo.syntax.json.parts import part_span

    entries = goflags.parse(flags)
    own = [entry for entry in entries if entry.name == COMPILER_FLAGS]
    if not own or any(entry.error for entry in entries):
        return
    rest = flags
    for entry in reversed(own):
        rest = without(rest, entry.span)
    edits = edit.replacement(tree, node, rest)
    fixes = (Fix(REMOVE(name="-gcflags"), edits, Safety.SAFE),) if edits else ()
    yield Finding(part_span(tree, node, own[0].span), MESSAGE(), fixes)


def _in_list(tree: Jsonc, flags: "BuildFlags") -> Iterator[Finding]:
    from wslgo.launch.build_flags import is_accepted, strays_after  # few entries have flags

    for own in _own(flags):
        strays = strays_after(flags, flags.places[own.last].end)
        last = strays[-1].last if strays else own.last
        rest = [*flags.words[: own.first], *flags.words[last + 1 :]]
        is_clear = not tree.problems and is_accepted(rest, flags.command)
        places = range(own.first, last + 1)
        edits = edit.removals(tree, flags.node, places, with_own_comments=True) if is_clear else ()
        fixes = (Fix(REMOVE(name="-gcflags"), edits, Safety.SAFE),) if edits else ()
        if strays:
            span = flags.span(tree, own.first, last)
            yield Finding(span, CUT(stray=flags.words[strays[0].first]), fixes, severity=Severity.ERROR)
            return
        yield Finding(flags.span(tree, own.first), MESSAGE(), fixes)
