r"""`kernelModules` is set without `kernel`.

The modules of a custom kernel without that kernel are a fatal error: no WSL 2 distribution starts.

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
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import is_safe_mode
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="kernelModules needs kernel beside it: without it WSL gives an error and no WSL 2 distribution starts",
    zh="kernelModules 必须与 kernel 一起设置：否则 WSL 报错，所有 WSL 2 发行版都无法启动",
)
TITLE = Message(en="Remove kernelModules", zh="删除 kernelModules")


@rule(Severity.ERROR, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    modules = file.find("wsl2", "kernelModules")
    kernel = file.find("wsl2", "kernel")
    if modules is None or not modules.value or is_safe_mode(file):
        return
    if kernel is None or not kernel.value:
        yield Finding(modules.key_span, MESSAGE(), (Fix(TITLE(), (edit.removal(file, modules),)),))
