"""An entry sets compiler flags that only Delve can set.

Delve builds with `-gcflags 'all=-N -l'`, without which lines and variables are lost. The Go extension removes another
`-gcflags` from a `buildFlags` string and from `GOFLAGS`, with a warning; in a list, Delve's own comes later and wins.
Only `--gcflags` in a string, which the extension does not see, has an effect: the program is then optimized. Remove it.

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

With quotes that Delve does not know, the end of the flag is not certain:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-gcflags=\\"all=-N -l\\""}
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
from wslgo.text.pattern import pattern

# A flag with its value; Delve splits a string at spaces outside single quotes (pkg/gobuild).
FLAG = pattern(r"(?:(?<=\s)|\A)-(-?)gcflags(?:=|\s+)((?:'[^']*'|[^\s'\"])*)(?:\s+|\Z)")
NAMED = pattern(r"(?:(?<=\s)|\A)-(-?)gcflags\b")

MESSAGE = Message(
    en="These compiler flags have no effect: Delve always builds with -gcflags 'all=-N -l'",
    zh="这些编译器参数不起作用：Delve 始终以 -gcflags 'all=-N -l' 构建",
)
OPTIMIZED = Message(
    en="--gcflags replaces Delve's 'all=-N -l', so the program is optimized and lines and variables are lost",
    zh="--gcflags 会替换 Delve 的 'all=-N -l'，因此程序会被优化，行号和变量会丢失",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if not builds(configuration) or is_legacy(configuration):
            continue
        for node in (configuration.get("buildFlags"), configuration.variable("GOFLAGS")):
            if node is not None and node.kind == "array":
                yield from _in_list(tree, node)
            elif node is not None and node.string is not None:
                yield from _in_string(tree, node, node.string)


def _in_string(tree: Jsonc, node: Node, flags: str) -> Iterator[Finding]:
    found = NAMED.search(_outside_quotes(flags))
    if found is None:
        return
    if found[1] and "-N" not in flags:
        yield Finding(node.span, OPTIMIZED())
        return
    rest = FLAG.sub("", flags).strip()
    is_clear = NAMED.search(_outside_quotes(rest)) is None and rest.count("'") % 2 == 0
    edits = edit.replacement(tree, node, rest) if is_clear else ()
    yield Finding(node.span, MESSAGE(), (Fix(REMOVE(name="-gcflags"), edits, Safety.SAFE),) if edits else ())


def _outside_quotes(flags: str) -> str:
    """Return the flags with `_` for everything between single quotes."""
    parts = flags.split("'")
    return "'".join(part if number % 2 == 0 else "_" * len(part) for number, part in enumerate(parts))


def _in_list(tree: Jsonc, node: Node) -> Iterator[Finding]:
    for number, element in enumerate(node.elements):
        flag, equals, _ = (element.string or "").partition("=")
        if flag in ("-gcflags", "--gcflags"):
            places = (number,) if equals else (number, number + 1)
            is_clear = not tree.problems and places[-1] < len(node.elements)
            edits = edit.removals(tree, node, places) if is_clear else ()
            fixes = (Fix(REMOVE(name="-gcflags"), edits, Safety.SAFE),) if edits else ()
            yield Finding(element.span, MESSAGE(), fixes)
