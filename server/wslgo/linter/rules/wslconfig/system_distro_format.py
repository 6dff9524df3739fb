r"""`systemDistro` names a file that is neither `.img` nor `.vhd`.

WSL rejects any other name, even `.vhdx`, and WSL 2 distributions do not start.

## Example

```ini
[wsl2]
systemDistro=C:\\wsl\\system.vhdx
```

## Example

```ini
[wsl2]
systemDistro=C:\\wsl\\system.tar.gz
```

## No finding

```ini
[wsl2]
systemDistro=C:\\wsl\\system.VHD
```

## No finding

```ini
[wsl2]
systemDistro="C:\\wsl images\\system.img"
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.syntax.wsl.windows_path import is_absolute, paths
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Span

# src/windows/service/exe/WslCoreVm.cpp (2026-08)
IMAGE = pattern(r"[^\\/]\.(?:img|vhd)\Z", re.IGNORECASE)
EXTENSION = pattern(r"\.[^\\/.\"]*(?=\"?\Z)")

MESSAGE = Message(
    en="'{value}' is not an .img or .vhd file, so WSL 2 distributions do not start",
    zh="'{value}' 不是 .img 或 .vhd 文件，所有 WSL 2 发行版都无法启动",
)


@rule(Severity.ERROR, only_with=("systemdistro",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in paths(file):
        is_image = setting.known is not None and setting.known.name == "systemDistro" and is_absolute(setting.value)
        if is_image and not IMAGE.search(setting.value):
            yield Finding(_culprit(setting), MESSAGE(value=setting.value))


def _culprit(setting: Setting) -> Span:
    """Return the extension, or the whole path if it has none."""
    extension = EXTENSION.search(setting.written.raw)
    start = setting.value_span.start
    return Span(start + extension.start(), start + extension.end()) if extension else setting.value_span
