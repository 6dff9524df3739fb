r"""A path is a Linux path, but Windows opens the file.

Windows opens the files that `.wslconfig` names, before Linux runs. It does not know `/mnt/c/...`, and it cannot reach a
file inside a distribution at that time. Write a Windows path.

## Example

```ini
[wsl2]
kernel=/mnt/c/wsl/bzImage
```

becomes

```ini
[wsl2]
kernel=C:\\wsl\\bzImage
```

## Example

```ini
[wsl2]
swapFile="/mnt/d/my swap#1/swap.vhdx"
```

becomes

```ini
[wsl2]
swapFile="D:\\my swap#1\\swap.vhdx"
```

## Example

No Windows path exists for it:

```ini
[wsl2]
kernel=/home/gopher/bzImage
```

## No finding

```ini
[wsl2]
kernel=C:/wsl/bzImage
swapFile=//server/share/swap.vhdx
```

## No finding

```ini
[wsl2]
kernelCommandLine=init=/mnt/c/init
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wslconfig_keys import FATAL_WHEN_MISSING, WHEN_MISSING
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.syntax.wsl.windows_path import PATH_KEYS, is_linux, mount_path, paths
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="Windows opens {key} and does not know the Linux path '{path}', so {consequence}. Write a Windows path",
    zh="{key} 由 Windows 打开，而 Windows 不认识 Linux 路径 '{path}'，因此{consequence}。请写成 Windows 路径",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=PATH_KEYS)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in paths(file):
        if setting.known and is_linux(setting.value):
            name = setting.known.name
            message = MESSAGE(key=name, path=setting.value, consequence=WHEN_MISSING[name]())
            severity = Severity.ERROR if name in FATAL_WHEN_MISSING else Severity.WARNING
            yield Finding(setting.value_span, message, tuple(_fixes(setting)), severity=severity)


def _fixes(setting: Setting) -> Iterator[Fix]:
    path = mount_path(setting.value)
    if path is not None:
        yield Fix(CHANGE_TO(value=path), (Edit(setting.value_span, quoting.file_form(path)),), Safety.SAFE)
