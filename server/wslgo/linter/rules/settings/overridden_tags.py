"""`go.buildTags` and `-tags` in `go.buildFlags`: go uses only one of them.

The Go extension adds `go.buildTags` after `go.buildFlags`, unless one element is exactly `-tags`. go uses the last
`-tags`. So `-tags=a` is ignored beside `go.buildTags`, and `"-tags", "a"` replaces it. Write all tags in one of them.

## Example

```json path=.vscode/settings.json
{"go.buildTags": "e2e", "go.buildFlags": ["-race", "-tags=integration"]}
```

## Example

```json path=.vscode/settings.json
{"go.buildTags": "e2e", "go.buildFlags": ["-tags", "integration"]}
```

## No finding

```json path=.vscode/settings.json
{"go.buildTags": "a,b", "go.buildFlags": ["-tags=b,a"]}
```

## No finding

Tags for tests alone replace those of builds:

```json path=.vscode/settings.json
{"go.buildTags": "a", "go.testFlags": ["-tags=a,e2e"]}
```
"""

from collections.abc import Iterator

from wslgo.launch.extension_settings import BUILD_FLAGS, flags_of, holder_of
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.go.command_line import Command
from wslgo.syntax.go.flag_value import tags_of
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

NAME = "go.buildTags"
FLAG = "-tags"

MESSAGE = Message(
    en="gopls ignores the tags {ignored}: go uses only the last -tags, which is {used}. Write them in one place",
    zh="gopls 会忽略标签 {ignored}：go 只使用最后一个 -tags，即 {used}。请写在一处",
)


@rule(Severity.WARNING)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    tags = holder.get(NAME) if holder is not None else None
    flags = flags_of(holder, BUILD_FLAGS, Command.BUILD) if holder is not None else None
    if tags is None or not tags.string or flags is None:
        return
    own = [found for found in flags.arguments() if found.name == "tags" and found.value is not None]
    if not own or tags_of(own[-1].value or "") == tags_of(tags.string) or "${" in tags.string + (own[-1].value or ""):
        return
    if FLAG in flags.words:
        yield Finding(tags.span, MESSAGE(ignored=tags.string, used=own[-1].value or ""))
    else:
        span = flags.span(tree, own[-1].first, own[-1].last)
        yield Finding(span, MESSAGE(ignored=own[-1].value or "", used=tags.string))
