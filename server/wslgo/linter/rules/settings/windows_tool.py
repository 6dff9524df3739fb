r"""A tool of the Go extension has a path of Windows.

In WSL the extension runs on Linux. There `C:\Go\bin\go.exe` is not an absolute path, so the extension looks for a
program of that name in PATH, finds none, and takes another one. `/mnt/c/Go/bin/go.exe` does start: the Go of Windows,
which builds for Windows. Name a program of Linux, or remove the line: the extension finds the tools of this machine.

## Example

```json path=.vscode/settings.json
{
  "go.alternateTools": {
    "go": "C:\\Go\\bin\\go.exe",
    "dlv": "/home/me/go/bin/dlv"
  }
}
```

becomes

```json path=.vscode/settings.json
{
  "go.alternateTools": {
    "dlv": "/home/me/go/bin/dlv"
  }
}
```

## Example

```json path=app.code-workspace
{
  "settings": {
    "go.toolsGopath": "D:/go-tools",
    "go.useLanguageServer": true
  }
}
```

becomes

```json path=app.code-workspace
{
  "settings": {
    "go.useLanguageServer": true
  }
}
```

## Example

```json path=.vscode/settings.json
{"go.alternateTools": {"gopls": "/mnt/c/Users/me/go/bin/gopls.exe"}}
```

## No finding

```json path=.vscode/settings.json
{
  "go.alternateTools": {"go": "/usr/local/go/bin/go", "customFormatter": "${workspaceFolder}/scripts/format.sh"},
  "go.toolsGopath": "/home/me/tools"
}
```

## No finding

```json path=.vscode/settings.json
{"go.alternateTools": {"go": "${workspaceFolder}/../go/bin/go.exe", "gopls": "gopls-1.2"}, "go.toolsGopath": ""}
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.family import WORKSPACE
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

NOT_OF_LINUX = Message(
    en="{path} is not a path of Linux, so the Go extension ignores it here",
    zh="{path} 不是 Linux 路径，Go 扩展在这里会忽略它",
)
OF_WINDOWS = Message(
    en="{path} is a program of Windows: it builds for Windows and does not know the paths of Linux",
    zh="{path} 是 Windows 程序：它为 Windows 构建，也不认识 Linux 路径",
)

_DRIVE = pattern(r"[A-Za-z]:[\\/]|\\\\")
_MOUNTED = pattern(r"/mnt/[a-z]/.*\.exe\Z")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    holder = tree.at("settings") if scene.file.family.name == WORKSPACE else tree.root
    if holder is None:
        return
    yield from findings(tree, holder, ("go.toolsGopath",))
    tools = holder.get("go.alternateTools")
    if tools is not None:
        yield from findings(tree, tools, tuple(name for name, _ in tools.items()))


def findings(tree: Jsonc, holder: Node, names: tuple[str, ...]) -> Iterator[Finding]:
    """Yield a finding for each named member that is a path of Windows."""
    for number, (name, _, value) in enumerate(holder.members):
        path = value.string or "" if value is not None and name in names else ""
        message = OF_WINDOWS if _MOUNTED.match(path) else NOT_OF_LINUX
        if value is not None and (message is OF_WINDOWS or _DRIVE.match(path)):
            edits = () if tree.problems else edit.removals(tree, holder, (number,), with_own_comments=True)
            fixes = (Fix(REMOVE(name=name), edits),) if edits else ()
            yield Finding(value.span, message(path=path), fixes)
