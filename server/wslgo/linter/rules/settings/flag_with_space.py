"""An element of a list of flags has a flag and its value with a space between them, so the tool does not know the flag.

The Go extension starts linters, formatters, gopls and Delve without a shell: each element is one word. `--fast` is also
a flag that golangci-lint 2 does not have any more; it is `--fast-only` there.

## Example

```json path=.vscode/settings.json
{"go.lintFlags": ["--config .golangci.yml", "--fix"]}
```

becomes

```json path=.vscode/settings.json
{"go.lintFlags": ["--config", ".golangci.yml", "--fix"]}
```

## Example

```json path=.vscode/settings.json
{"go.delveConfig": {"dlvFlags": ["--backend native"]}}
```

becomes

```json path=.vscode/settings.json
{"go.delveConfig": {"dlvFlags": ["--backend", "native"]}}
```

## Example

```json path=.vscode/settings.json
{"go.lintTool": "golangci-lint-v2", "go.lintFlags": ["--fast"]}
```

becomes

```json path=.vscode/settings.json
{"go.lintTool": "golangci-lint-v2", "go.lintFlags": ["--fast-only"]}
```

## No finding

```json path=.vscode/settings.json
{
  "go.lintTool": "golangci-lint",
  "go.lintFlags": ["--fast", "--build-tags=a b", "--presets", "-x y"],
  "go.languageServerFlags": ["-rpc.trace", "serve"]
}
```
"""

from collections.abc import Iterator

from wslgo.launch.extension_settings import holder_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO, SPLIT
from wslgo.syntax.go.flag_words import extension_words
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.syntax.json.text import literal
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

LISTS = ("go.lintFlags", "go.vetFlags", "go.formatFlags", "go.languageServerFlags", "go.generateTestsFlags")
FLAG = pattern(r"--?[A-Za-z][\w.-]*(?= +\S)")
LINTER, FAST, FAST_ONLY = "golangci-lint-v2", "--fast", "--fast-only"

MESSAGE = Message(
    en="{flag} and its value are one word here, so the tool does not know the flag. Write two elements",
    zh="{flag} 和它的值在这里是一个单词，因此工具不认识该参数。请写成两个元素",
)
RENAMED = Message(
    en="golangci-lint 2 fails: unknown flag: --fast. It is --fast-only now",
    zh="golangci-lint 2 会报错：unknown flag: --fast。现在是 --fast-only",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    if holder is None:
        return
    for node in (*(holder.get(name) for name in LISTS), holder.at("go.delveConfig", "dlvFlags")):
        yield from _split(tree, node) if node is not None else ()
    tool, flags = holder.get("go.lintTool"), holder.get("go.lintFlags")
    for element in flags.elements if flags is not None and tool is not None and tool.string == LINTER else ():
        if element.string == FAST:
            fix = Fix(CHANGE_TO(value=FAST_ONLY), edit.replacement(tree, element, FAST_ONLY), Safety.SAFE)
            yield Finding(element.span, RENAMED(), (fix,))


def _split(tree: Jsonc, node: Node) -> Iterator[Finding]:
    before = ""
    for element in node.elements:
        text = element.string or ""
        flag = FLAG.match(text)
        # The element may be the value of the flag before it.
        if flag is not None and not (before.startswith("-") and "=" not in before):
            words = [word.text for word in extension_words(text) or ()]
            edits = (
                (Edit(element.span, ", ".join(map(literal, words))),) if len(words) == 2 and not tree.problems else ()
            )
            fixes = (Fix(SPLIT(count=2), edits, Safety.SAFE),) if edits else ()
            yield Finding(element.span, MESSAGE(flag=flag[0]), fixes)
        before = text
