"""A path is written for Windows, and the program runs on Linux.

In a window of WSL the Go extension, Delve and the program run on Linux: `C:\\src\\app` is not a path there, and a
backslash is a character of a name. The entry does not start, or writes a file with a strange name. Use `/`, and
`${workspaceFolder}` for paths in the open folder. Paths for Windows alone belong into a `windows` block.

## Example

```json
{
    "configurations": [
        {
            "name": "A",
            "type": "go",
            "request": "launch",
            "program": "${workspaceFolder}\\\\cmd\\\\api",
            "cwd": "${workspaceFolder}\\\\data"
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
            "program": "${workspaceFolder}/cmd/api",
            "cwd": "${workspaceFolder}/data"
        }
    ]
}
```

## Example

```json
{"configurations": [
  {"name": "A", "type": "go", "request": "launch", "program": "C:\\\\src\\\\app", "output": "D:/out/app.exe"},
  {"name": "B", "type": "go", "request": "launch", "program": "\\\\\\\\wsl$\\\\Ubuntu\\\\home\\\\me\\\\app"}
]}
```

## No finding

```json
{"configurations": [
  {"name": "A", "type": "go", "request": "launch", "program": "/src/app", "windows": {"program": "C:\\\\src\\\\app"}},
  {"name": "B", "type": "go", "request": "launch", "program": "C:\\\\app", "linux": {"program": "/src/app"}},
  {"name": "C", "type": "go", "request": "launch", "program": ".", "args": ["C:\\\\src"], "env": {"TEMP": "C:\\\\Temp"}}
]}
```
"""

from collections.abc import Iterator

from wslgo.launch.delve_behaviour import go_entries
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.machine.host import Host
from wslgo.syntax.file import workspace_folder_of
from wslgo.syntax.json import edit
from wslgo.syntax.json.jsonc import Jsonc, Node
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

# Those that the Go extension or Delve opens.
PATHS = ("program", "cwd", "output", "dlvCwd", "envFile", "coreFilePath", "traceDirPath", "logDest", "stdinFrom")

DRIVE = pattern(r"[A-Za-z]:[\\/]")
SHARE = pattern(r"\\\\wsl(?:\$|\.localhost)\\([^\\]+)")
RELATIVE = pattern(r"(?:\$\{workspace(?:Folder|Root)(?::[^{}]*)?\}|\.{1,2})\\")

MESSAGE = Message(
    en="{name} is a Windows path, and the program runs on Linux, where it does not exist. Use a Linux path",
    zh="{name} 是 Windows 路径，而程序运行在 Linux 上，该路径不存在。请使用 Linux 路径",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, needs=("wsl", "mounts"), by_entry=True, only_with=("\\", ":/"))
def check(tree: Jsonc, scene: Scene) -> Iterator[Finding]:
    for configuration in go_entries(tree):
        for name in PATHS:
            node = configuration.get(name)
            path = node.string or "" if node is not None else ""
            if node is not None and (DRIVE.match(path) or SHARE.match(path) or RELATIVE.match(path)):
                yield Finding(node.span, MESSAGE(name=name), _fixes(tree, node, scene))


def _fixes(tree: Jsonc, node: Node, scene: Scene) -> tuple[Fix, ...]:
    path = node.string or ""
    is_relative = RELATIVE.match(path) is not None
    new = path.replace("\\", "/") if is_relative else _linux_path(path, scene.host)
    if new is None:
        return ()
    folder = workspace_folder_of(scene.file.place)
    if folder and f"{new}/".startswith(f"{folder}/"):
        new = "${workspaceFolder}" + new[len(folder) :]
    safety = Safety.SAFE if is_relative else Safety.UNSAFE
    return (Fix(CHANGE_TO(value=new), edit.replacement(tree, node, new), safety),)


def _linux_path(path: str, host: Host) -> str | None:
    """Return the path for Linux, with WSL's default for an unknown machine; None if it is not known."""
    share = SHARE.match(path)
    if share is not None:
        is_here = host.wsl.distribution is None or host.wsl.distribution.lower() == share[1].lower()
        return (path[share.end() :].replace("\\", "/") or "/") if is_here else None
    if host.mounts is not None and host.wsl.generation != 0:
        return host.linux_path(path)
    from wslgo.machine.drives import AUTOMOUNT_ROOT  # few entries have such a path

    root = (host.wsl.automount_root or AUTOMOUNT_ROOT).rstrip("/")
    return f"{root}/{path[0].lower()}{path[2:]}".replace("\\", "/")
