"""`go.buildTags` or `go.testTags` has several tags with spaces or quotes, so no test can be debugged.

To debug a test, the Go extension writes `-tags a b`, of which go reads `b` as a package. With quotes the debugger
works, but gopls and `go test` look for tags that begin with a quote. Commas work everywhere.

## Example

```json path=.vscode/settings.json
{"go.buildTags": "integration e2e"}
```

becomes

```json path=.vscode/settings.json
{"go.buildTags": "integration,e2e"}
```

## Example

```json path=.vscode/settings.json
{"go.testTags": "'integration'"}
```

becomes

```json path=.vscode/settings.json
{"go.testTags": "integration"}
```

## No finding

```json path=.vscode/settings.json
{"go.buildTags": "integration,e2e", "go.testTags": null, "go.addTags": {"tags": "json a"}}
```
"""

from collections.abc import Iterator

from wslgo.launch.extension_settings import holder_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

NAMES = ("go.buildTags", "go.testTags")
TAGS = pattern(r"[\w.]+")

SPACES = Message(
    en="No test can be debugged with spaces between the tags. Write commas: {new}",
    zh="标签之间有空格时，测试无法调试。请使用逗号：{new}",
)
QUOTES = Message(
    en="gopls and go test take the quotes for a part of the tag. Write {new}",
    zh="gopls 和 go test 会把引号当作标签的一部分。请写成 {new}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    for name in NAMES if holder is not None else ():
        node = holder.get(name) if holder is not None else None
        text = (node.string or "").strip() if node is not None else ""
        bare = text.strip("'\"")
        tags = bare.replace(",", " ").split()
        if node is None or not tags or (bare == text and " " not in text) or not all(map(TAGS.fullmatch, tags)):
            continue
        new = ",".join(tags)
        fix = Fix(CHANGE_TO(value=new), edit.replacement(tree, node, new), Safety.SAFE)
        yield Finding(node.span, (SPACES if bare == text else QUOTES)(new=new), (fix,))
