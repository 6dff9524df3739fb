"""`LD_LIBRARY_PATH` has an empty entry, which means the current folder.

To the dynamic linker, a colon at either end, or two in a row, mean the folder in which the program runs, so it may load
a library that is there by chance. `:${env:LD_LIBRARY_PATH}` at the end has the same effect if the variable is not set.
In WSL it usually is not: the linker finds the driver in `/usr/lib/wsl/lib` through its own configuration. Remove the
empty entry.

## Example

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/opt/lib:${env:LD_LIBRARY_PATH}"}
        }
    ]
}
```

becomes

```json
{
    "configurations": [
        {
            "name": "Debug",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}",
            "env": {"LD_LIBRARY_PATH": "/opt/lib"}
        }
    ]
}
```

## Example

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"LD_LIBRARY_PATH": "/opt/a::/opt/b:"}}]}
```

becomes

```json
{"configurations": [{"name": "A", "type": "go", "request": "launch", "env": {"LD_LIBRARY_PATH": "/opt/a:/opt/b"}}]}
```

## No finding

```json
{
    "configurations": [
        {"name": "A", "type": "go", "request": "launch", "env": {"LD_LIBRARY_PATH": "/opt/a:/opt/b"}},
        {"name": "B", "type": "go", "request": "launch", "env": {"LD_LIBRARY_PATH": "${env:LD_LIBRARY_PATH}"}},
        {"name": "C", "type": "go", "request": "launch", "env": {"PATH": "/opt/bin:${env:PATH}"}}
    ]
}
```

## No finding

Nothing is started:

```json
{"configurations": [{"name": "A", "type": "go", "request": "attach", "env": {}, "processId": 1}]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc
from wslgo.text.message import Message

NAME = "LD_LIBRARY_PATH"
REST = "${env:LD_LIBRARY_PATH}"

MESSAGE = Message(
    en="The empty entry in LD_LIBRARY_PATH means the current folder: libraries are loaded from there",
    zh="LD_LIBRARY_PATH 中的空项表示当前文件夹：其中的库会被加载",
)
WHERE_UNSET = Message(
    en="If LD_LIBRARY_PATH is not set, an empty entry remains here, which means the current folder",
    zh="LD_LIBRARY_PATH 未设置时，此处会留下空项，即当前文件夹",
)
TITLE = Message(en="Remove the empty entry", zh="删除空项")


@rule(Severity.HINT, fixable=Safety.UNSAFE, by_entry=True, only_with=("ld_library_path",), dimension="security")
def check(tree: Jsonc, _scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        value = configuration.variable(NAME)
        if value is None or configuration.request != "launch" or ":" not in (value.string or ""):
            continue
        # The colon of `${env:...}` is not a separator.
        entries = (value.string or "").replace(REST, "\0").split(":")
        folders = [entry for entry in entries if entry not in ("", "\0")]
        if len(folders) == len(entries) or not folders:
            continue
        message = MESSAGE if "" in entries else WHERE_UNSET
        yield Finding(value.span, message(), (Fix(TITLE(), edit.replacement(tree, value, ":".join(folders))),))
