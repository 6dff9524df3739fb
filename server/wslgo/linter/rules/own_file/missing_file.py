r"""A path names a file or a folder that does not exist.

Without its kernel, modules or system distribution WSL 2 does not start. Without the folder of the swap file the
virtual machine runs without swap, and without the folder of a log WSL writes no log. Correct the path, or create the
folder.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
kernel=C:\\wsl\\bzImage
```

```json host
{"absent_paths": ["C:\\wsl\\bzImage", "C:\\wsl"]}
```

## Example

Only the folder of a swap file must exist:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swapFile=D:/wsl/swap.vhdx
```

```json host
{"absent_paths": ["D:/wsl/swap.vhdx", "D:\\wsl"]}
```

## No finding

WSL creates the swap file itself:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swapFile=D:\\swap.vhdx
```

```json host
{"absent_paths": ["D:\\swap.vhdx"]}
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=custom-kernel
[wsl2]
kernel=C:\\Users\\user\\bzImage
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
kernel=C:\\wsl\\bzImage
```

```json host
{"absent_paths": ["C:\\wsl\\bzImage", "C:\\wsl"]}
```

## No finding

The content of the Windows drives is not known:

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
kernel=C:\\wsl\\bzImage
```

```json host
{"wslconfig": {"path": "/mnt/c/Users/user/.wslconfig"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING, WHEN_MISSING
from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.effective import is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.syntax.wsl.windows_path import folder_of, is_absolute, paths
from wslgo.text.message import Message
from wslgo.text.pattern import pattern

# WSL creates these itself, in a folder that must exist (WslCoreVm.cpp, 2026-08).
CREATED_BY_WSL = ("swapFile", "debugConsoleLogFile", "crashDumpFolder")
UNEXPANDED = pattern(r"%[^%\\/]+%|\$")

MESSAGE = Message(en="{path} does not exist: {consequence}", zh="{path} 不存在：{consequence}")
FOLDER = Message(en="The folder {path} does not exist: {consequence}", zh="文件夹 {path} 不存在：{consequence}")


@rule(Severity.WARNING, needs={WSLCONFIG: ("wslconfig", "absent_paths")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    absent = scene.host.absent_paths or ()
    if scene.snapshot is None or not absent or is_safe_mode(file):
        return
    for setting in paths(file):
        name = setting.known.name if setting.known else ""
        if not is_absolute(setting.value) or name not in (*FATAL_WHEN_MISSING, *CREATED_BY_WSL):
            continue
        if _has_other_fault(file, setting, name):
            continue
        place = folder_of(setting.value) if name in CREATED_BY_WSL else setting.value
        if place in absent:
            message = FOLDER if name in CREATED_BY_WSL else MESSAGE
            severity = Severity.ERROR if name in FATAL_WHEN_MISSING else Severity.WARNING
            text = message(path=place, consequence=WHEN_MISSING[name])
            yield Finding(setting.value_span, text, severity=severity)


def _has_other_fault(file: IniFile, setting: Setting, name: str) -> bool:
    """Return whether another rule says why WSL does not find or use the path: the value is reported once."""
    if quoting.cut(file, setting) is not None or UNEXPANDED.search(setting.value):
        return True
    kernel = file.find("wsl2", "kernel")
    is_alone = name == "kernelModules" and (kernel is None or not kernel.value)
    return is_alone or (name == "systemDistro" and not setting.value.lower().endswith((".img", ".vhd")))
