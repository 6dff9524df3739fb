"""go rejects `buildFlags`, so the build fails and nothing starts.

No shell reads `buildFlags`. Delve splits a string at spaces, and only single quotes hold words together; double quotes
and `$(...)` are ordinary text. In a list each element is one word, and quotes are a part of it. Each word must be a
flag of `go build` (in tests: of `go test`) or its value; go reads any other word as a package.

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags=-X main.a=b -s"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags='-X main.a=b -s'"}
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags \\"-X main.a=b\\" -v"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags '-X main.a=b' -v"}
    ]
}
```

## Example

Build tags are separated by commas:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-tags integration e2e -race"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-tags=integration,e2e -race"}
    ]
}
```

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": ".",
            "buildFlags": ["-tags cuda", "-race"]
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
            "program": ".",
            "buildFlags": ["-tags", "cuda", "-race"]
        }
    ]
}
```

## Example

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-ldflags='-X main.a=b'"]}
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

A flag of `go test`, but not of `go build`:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "debug", "program": ".", "buildFlags": "-count=1"}
    ]
}
```

## Example

The last flag takes the program for its value:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-race -tags"}
    ]
}
```

## Example

go builds, but not the program that Delve starts; `output` says where it goes:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-v -o bin/app"}
    ]
}
```

becomes

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-v"}
    ]
}
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-ldflags='-X main.a=b c' -v"},
        {"name": "B", "type": "go", "request": "launch", "program": ".", "buildFlags": ["-ldflags=-X main.a=b", "-v"]},
        {"name": "C", "type": "go", "request": "launch", "mode": "test", "program": ".", "buildFlags": "-count=1"}
    ]
}
```

## No finding

The value of a variable of VS Code is not known, nor how many words it has:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "program": ".", "buildFlags": "-tags ${input:tags} x y"}
    ]
}
```

## No finding

Nothing is built, or another program builds it:

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "mode": "exec", "program": "./a", "buildFlags": "-x y"},
        {"name": "B", "type": "cppdbg", "request": "launch", "program": "./b", "buildFlags": "-x y"}
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
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message, Text
from wslgo.text.typing import TYPE_CHECKING

if TYPE_CHECKING:  # few entries have flags
    from wslgo.launch.build_flags import BuildFlags
    from wslgo.syntax.go.command_line import Argument

MESSAGE = Message(
    en="The build fails: {words}",
    zh="构建会失败：{words}",
)
CUT = Message(
    en="The build fails: {words}. A value with spaces needs single quotes",
    zh="构建会失败：{words}。含空格的值需要加单引号",
)
QUOTES = Message(
    en="The build fails: no shell reads buildFlags, and Delve knows only single quotes, not double quotes",
    zh="构建会失败：buildFlags 不经过 shell，而 Delve 只识别单引号，不识别双引号",
)
IN_LIST = Message(
    en="The build fails: an element of the list is one word, and its quotes and spaces are part of the flag",
    zh="构建会失败：列表中的每个元素是一个单词，其中的引号和空格都是参数的一部分",
)
NO_VALUE = Message(
    en="-{name} is the last flag and has no value, so it takes the program for it",
    zh="-{name} 是最后一个参数且没有值，因此会把程序当作它的值",
)


NO_PROGRAM = Message(
    en="Delve does not find the program: with {flag} go does not build it there. Remove it",
    zh="Delve 找不到程序：使用 {flag} 时，go 不会把它构建到那里。请删除它",
)

# Values of -buildmode that build something else than a program.
LIBRARIES = ("c-archive", "c-shared", "plugin")


@rule(Severity.ERROR, fixable=Safety.SAFE, by_entry=True, only_with=("buildflags", "goflags"))
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        if not builds(configuration) or not configuration.has_flags:
            continue
        from wslgo.launch.build_flags import fault_of, is_of_compiler_flags, read  # few entries have flags
        from wslgo.syntax.go.command_line import Fault

        flags = read(configuration)
        fault = fault_of(flags) if flags is not None else None
        if flags is not None and fault is None:
            yield from _without_program(tree, configuration.node, flags)
        if flags is None or fault is None or is_of_compiler_flags(flags, fault):
            continue
        from wslgo.linter.flag_fix import flag_fixes  # most files have no such flags

        fixes = flag_fixes(tree, flags)
        severity = Severity.WARNING if fault.fault is Fault.NO_VALUE else None
        yield Finding(flags.span(tree, fault.first, fault.last), _message(flags, fault), fixes, severity=severity)


def _without_program(tree: Jsonc, entry: Node, flags: "BuildFlags") -> Iterator[Finding]:
    """Yield the finding about a flag with which go succeeds, but leaves no program where Delve looks for it."""
    from wslgo.knowledge.go_flags import TRUE  # few entries have flags

    for own in flags.arguments():
        is_elsewhere = own.name == "o" and not flags.is_list  # in a list, the -o of Delve comes later
        is_dry = own.name == "n" and own.value in (None, *TRUE)
        if is_elsewhere or is_dry or (own.name == "buildmode" and own.value in LIBRARIES):
            flag = " ".join(flags.words[own.first : own.last + 1])
            edits = flags.removal(tree, entry, own.first, own.last)
            fixes = (Fix(REMOVE(name=f"-{own.name}"), edits, Safety.SAFE),) if edits else ()
            yield Finding(flags.span(tree, own.first, own.last), NO_PROGRAM(flag=flag), fixes)
            return


def _message(flags: "BuildFlags", fault: "Argument") -> Text:
    from wslgo.syntax.go.command_line import Fault  # few entries have flags

    word = flags.words[fault.first]
    if fault.fault is Fault.NO_VALUE:
        return NO_VALUE(name=fault.name)
    if not flags.is_list and '"' in (flags.node.string or ""):
        return QUOTES()
    if flags.is_list and any(mark in f"{word}{fault.value or ''}" for mark in " '\""):
        return IN_LIST()
    is_cut = not flags.is_list and fault.first > 0 and fault.fault in (Fault.UNKNOWN, Fault.PACKAGE)
    return (CUT if is_cut and "=" in flags.words[fault.first - 1] else MESSAGE)(words=fault.error)
