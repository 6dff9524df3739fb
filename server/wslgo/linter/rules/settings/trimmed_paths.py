"""`go.buildFlags` or `go.testFlags` has `-trimpath`, so breakpoints of tests are not found.

The Go extension builds the tests that it debugs with these flags. With `-trimpath` they know their files by module
path, and the editor by their place on the disk: Delve answers "could not find file" for each breakpoint.

## Example

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-tags=a", "-trimpath"]
}
```

becomes

```json path=.vscode/settings.json
{
  "go.buildFlags": ["-tags=a"]
}
```

## No finding

```json path=.vscode/settings.json
{"go.buildFlags": ["-tags=a"], "go.lintFlags": ["-trimpath"]}
```

## No finding

With flags for tests, tests do not get those for builds; the last of several flags counts:

```json path=.vscode/settings.json
{"go.buildFlags": ["-trimpath"], "go.testFlags": ["-trimpath", "-trimpath=false"]}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.go_flags import TRUE
from wslgo.launch.extension_settings import holder_of, test_flags
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

FLAG = "trimpath"

MESSAGE = Message(
    en="No breakpoint in a test is found: with -trimpath the test does not know where its files are. Remove it",
    zh="测试中的断点将全部失效：使用 -trimpath 后，测试不知道源文件的位置。请删除它",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    flags = test_flags(holder) if holder is not None else None
    own = [found for found in flags.arguments() if found.name == FLAG] if flags is not None else []
    if holder is None or flags is None or not own or own[-1].value not in (None, *TRUE):
        return
    edits = flags.removal(tree, holder, own[-1].first, own[-1].last) if len(own) == 1 else ()
    fixes = (Fix(REMOVE(name="-trimpath"), edits),) if edits else ()
    yield Finding(flags.span(tree, own[-1].first), MESSAGE(), fixes)
