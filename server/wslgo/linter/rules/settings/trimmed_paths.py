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
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import WORKSPACE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

FLAGS = ("-trimpath", "--trimpath", "-trimpath=true")

MESSAGE = Message(
    en="No breakpoint in a test is found: with -trimpath the test does not know where its files are. Remove it",
    zh="测试中的断点将全部失效：使用 -trimpath 后，测试不知道源文件的位置。请删除它",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = tree.at("settings") if scene.file.family.name == WORKSPACE else tree.root
    for name in ("go.buildFlags", "go.testFlags"):
        flags = holder.get(name) if holder is not None else None
        for number, element in enumerate(flags.elements if flags is not None else ()):
            if flags is not None and element.string in FLAGS:
                edits = () if tree.problems else edit.removals(tree, flags, (number,), with_own_comments=True)
                fixes = (Fix(REMOVE(name="-trimpath"), edits),) if edits else ()
                yield Finding(element.span, MESSAGE(), fixes)
