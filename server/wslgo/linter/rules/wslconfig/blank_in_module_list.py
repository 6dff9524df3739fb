"""`loadKernelModules` has a blank beside a comma.

WSL does not trim the entries: the blank becomes part of the name, and the module is not found.

## Example

```ini
[wsl2]
loadKernelModules=vhci_hcd, usbip_core
```

becomes

```ini
[wsl2]
loadKernelModules=vhci_hcd,usbip_core
```

## No finding

```ini
[wsl2]
loadKernelModules=vhci_hcd,usbip_core # both
```

## No finding

```ini
[wsl2]
kernelCommandLine=isolcpus=1, 2
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

BLANKS = pattern(r"(?<=,)[ \t]+|(?<![ \t])[ \t]+(?=,)")

MESSAGE = Message(
    en="WSL does not trim this list: the blank becomes part of a module name, and that module is not loaded",
    zh="WSL 不会去除列表中的空格：空格会成为模块名的一部分，该模块不会被加载",
)
TITLE = Message(en="Remove the blanks", zh="删除空格")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "loadKernelModules")
    if setting is None:
        return
    start = setting.value_span.start
    blanks = [Span(start + one.start(), start + one.end()) for one in BLANKS.finditer(setting.written.raw)]
    if blanks:
        yield Finding(blanks[0], MESSAGE(), (Fix(TITLE(), tuple(Edit(span, "") for span in blanks), Safety.SAFE),))
