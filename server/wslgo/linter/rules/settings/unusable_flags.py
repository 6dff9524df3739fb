"""go rejects `go.buildFlags`, `go.testFlags` or gopls' `build.buildFlags`.

The Go extension and gopls start go without a shell: each element is one word, and quotes are a part of it, so that
`"-tags integration"` and `"-ldflags='-s'"` are errors. With such a flag gopls does not load the workspace, and no test
runs.

## Example

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-tags integration"]
}
```

becomes

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-tags", "integration"]
}
```

## Example

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-ldflags='-X main.version=1'"]
}
```

becomes

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-ldflags=-X main.version=1"]
}
```

## Example

```json path=.vscode/settings.json
{
  "go.testFlags": ["-v", "-timeout 30s"]
}
```

becomes

```json path=.vscode/settings.json
{
  "go.testFlags": ["-v", "-timeout", "30s"]
}
```

## Example

A flag of `go test`, which gopls gets as well:

```json path=.vscode/settings.json
{
  "gopls": {"build.buildFlags": ["-count=1"]}
}
```

## No finding

A test may have flags of its own:

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-tags=integration,e2e", "-ldflags=-X main.version=1"],
  "go.testFlags": ["-v", "-count=1", "-update", "-args", "-a b"],
  "gopls": {"build.buildFlags": ["-tags", "integration"]}
}
```
"""

from collections.abc import Iterator

from wslgo.launch.build_flags import BuildFlags
from wslgo.launch.extension_settings import BUILD_FLAGS, TEST_FLAGS, flags_of, holder_of
from wslgo.linter.finding import Finding, Safety, Severity
from wslgo.linter.flag_fix import flag_fixes
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.command_line import Argument, Command, Fault
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

GOPLS = ("build.buildFlags", "buildFlags")

BUILD = Message(
    en="gopls does not load the workspace: {words}",
    zh="gopls 无法加载工作区：{words}",
)
TEST = Message(
    en="No test runs: {words}",
    zh="测试无法运行：{words}",
)


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    if holder is None:
        return
    gopls = holder.get("gopls")
    lists = [flags_of(holder, BUILD_FLAGS, Command.BUILD), flags_of(holder, TEST_FLAGS, Command.TEST)]
    lists += [flags_of(gopls, name, Command.BUILD) for name in GOPLS] if gopls is not None else []
    for flags in lists:
        fault = _fault_of(flags) if flags is not None else None
        if flags is None or fault is None:
            continue
        message = TEST if flags.command is Command.TEST else BUILD
        yield Finding(flags.span(tree, fault.first, fault.last), message(words=fault.error), flag_fixes(tree, flags))


def _fault_of(flags: BuildFlags) -> Argument | None:
    """Return what go rejects; `go test` passes a flag that it does not know, and what follows, to the test."""
    for argument in flags.arguments():
        is_own = argument.fault in (Fault.UNKNOWN, Fault.PACKAGE) and " " not in argument.name
        if flags.command is Command.TEST and is_own:
            return None
        if argument.error:
            return argument
    return None
