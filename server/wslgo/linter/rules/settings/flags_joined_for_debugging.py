"""Flags of tests that work when a test runs, but not when it is debugged.

To debug a test, the Go extension joins `go.testFlags` (or else `go.buildFlags`) with spaces, Delve splits the result at
the spaces, and `go test -c` gets the words. A value with a space falls apart then, and a flag of the test itself is not
known. Write a value without spaces (`-tags=a,b`), and flags of the test after `-args`.

## Example

```json path=.vscode/settings.json
{"go.testFlags": ["-v", "-ldflags=-X main.a=b -s"]}
```

## Example

```json path=.vscode/settings.json
{"go.testFlags": ["-v", "-update"]}
```

## Example

```json path=.vscode/settings.json
{"go.buildFlags": ["-tags", "a b"]}
```

## No finding

```json path=.vscode/settings.json
{"go.testFlags": ["-v", "-tags=a,b", "-ldflags=-X=main.a=b", "-args", "-update", "-name=a b"]}
```

## No finding

With `go.testFlags`, also an empty list, tests do not get those of builds:

```json path=.vscode/settings.json
{"go.buildFlags": ["-ldflags=-X main.a=b -s"], "go.testFlags": []}
```
"""

from collections.abc import Iterator

from wslgo.launch.build_flags import BuildFlags, fault_of
from wslgo.launch.extension_settings import debugging_fault, holder_of, test_flags
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.command_line import Fault
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

MESSAGE = Message(
    en="No test can be debugged: the Go extension joins flags with spaces, so a value with a space falls apart",
    zh="测试无法调试：Go 扩展用空格连接各参数，因此含空格的值会被拆开",
)
OF_TEST = Message(
    en="No test can be debugged: {words}. Put it after -args",
    zh="测试无法调试：{words}。请放到 -args 之后",
)


@rule(Severity.WARNING)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    flags = test_flags(holder) if holder is not None else None
    if flags is None:
        return
    own = fault_of(flags)
    if own is not None and own.fault is Fault.UNKNOWN and " " not in own.name:
        yield Finding(flags.span(tree, own.first), OF_TEST(words=own.error))
    elif own is None and debugging_fault(flags) is not None:
        place = _place(flags)
        if place is not None:
            yield Finding(flags.span(tree, place), MESSAGE())


def _place(flags: BuildFlags) -> int | None:
    """Return the place of the first word that does not stay one."""
    return next((place for place, word in enumerate(flags.words) if set(word) & set(" \t'")), None)
