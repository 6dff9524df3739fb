r"""`kernelModules` is set without `kernel`.

To WSL, modules of a custom kernel without that kernel are a fatal error: WSL 2 distributions do not start.

## Example

```ini
[wsl2]
kernelModules=C:\\wsl\\modules.vhdx
```

becomes

```ini
[wsl2]
```

## Example

```ini
[wsl2]
kernel=
kernelModules=C:\\wsl\\modules.vhdx
```

## No finding

```ini
[wsl2]
kernel=C:\\wsl\\bzImage
kernelModules=C:\\wsl\\modules.vhdx
```

## No finding

```ini
[wsl2]
kernelModules=
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="kernelModules is set without kernel, so WSL 2 distributions do not start. Set kernel, or remove kernelModules",
    zh="设置了 kernelModules 却未设置 kernel，所有 WSL 2 发行版都无法启动。请设置 kernel，或删除 kernelModules",
)


@rule(Severity.ERROR, fixable=Safety.UNSAFE, only_with=("kernelmodules",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    modules = file.find("wsl2", "kernelModules")
    kernel = file.find("wsl2", "kernel")
    if modules is None or not modules.value or is_safe_mode(file):
        return
    if kernel is None or not kernel.value:
        yield Finding(modules.key_span, MESSAGE(), (Fix(REMOVE(name="kernelModules"), (edit.removal(file, modules),)),))
