"""`go.delveConfig` has a setting that the Go extension does not read from there.

It takes only `debugAdapter`, `dlvFlags`, `substitutePath`, `showLog`, `logOutput`, `showRegisters`,
`showGlobalVariables` and `hideSystemGoroutines` over into an entry. All other attributes have to be in the entry of
`launch.json`. `dlvLoadConfig` and `apiVersion` are only for the old adapter: with Delve's own, set `maxStringLen` and
`maxArrayValues` in the entry.

## Example

```json path=.vscode/settings.json
{
  "go.delveConfig": {"showLog": true, "dlvLoadConfig": {"maxStringLen": 1024}}
}
```

becomes

```json path=.vscode/settings.json
{
  "go.delveConfig": {"showLog": true}
}
```

## Example

```json path=.vscode/settings.json
{"go.delveConfig": {"maxStringLen": 1024}}
```

## No finding

```json path=.vscode/settings.json
{"go.delveConfig": {"debugAdapter": "legacy", "apiVersion": 2, "dlvLoadConfig": {"maxStringLen": 1024}}}
```

## No finding

```json path=.vscode/settings.json
{"go.delveConfig": {"substitutePath": [], "dlvFlags": ["--check-go-version=false"], "showRegisters": true}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge import delve_attributes
from wslgo.launch.delve_behaviour import LEGACY
from wslgo.launch.extension_settings import holder_of
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message

SETTING = "go.delveConfig"
# vscode-go 0.58, goDebugConfiguration.ts.
READ = (
    *("debugAdapter", "dlvFlags", "substitutePath", "showLog", "logOutput", "showRegisters", "showGlobalVariables"),
    "hideSystemGoroutines",
)
OF_LEGACY = ("apiVersion", "useApiV1", "dlvLoadConfig")

MESSAGE = Message(
    en="{name} has no effect here: the Go extension does not read it. Set it in the entry of launch.json",
    zh="{name} 在这里不起作用：Go 扩展不会读取它。请写在 launch.json 的条目中",
)
ONLY_LEGACY = Message(
    en="{name} has no effect: only the `legacy` adapter reads it",
    zh="{name} 不起作用：仅 `legacy` 适配器读取",
)


@rule(Severity.HINT, fixable=Safety.UNSAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = holder_of(tree, scene.file)
    setting = holder.get(SETTING) if holder is not None else None
    adapter = setting.get("debugAdapter") if setting is not None else None
    is_legacy = adapter is not None and adapter.string == LEGACY
    for number, member in enumerate(setting.members if setting is not None else ()):
        if setting is None or member.key in READ:
            continue
        if member.key not in OF_LEGACY:
            if member.key in delve_attributes.BY_NAME:
                yield Finding(member.key_span, MESSAGE(name=member.key), severity=Severity.WARNING)
        elif not is_legacy:
            fixes = _removal(tree, setting, number, member.key)
            yield Finding(member.key_span, ONLY_LEGACY(name=member.key), fixes, tags=(Tag.UNNECESSARY,))


def _removal(tree: Jsonc, setting: Node, number: int, name: str) -> tuple[Fix, ...]:
    edits = () if tree.problems else edit.removals(tree, setting, (number,), with_own_comments=True)
    return (Fix(REMOVE(name=name), edits),) if edits else ()
