"""`loadKernelModules` has a space next to a comma.

WSL does not trim the entries: the space becomes part of the name, and the module is not found. Remove the space.

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
from wslgo.linter.titles import REMOVE_SPACES
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

SPACES = pattern(r"(?<=,)[ \t]+|(?<![ \t])[ \t]+(?=,)")

MESSAGE = Message(
    en="WSL reads the space as part of the module name and does not load that module. Remove the space",
    zh="WSL 会把空格当作模块名的一部分，不会加载该模块。请删除空格",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=("loadkernelmodules",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "loadKernelModules")
    if setting is None:
        return
    start = setting.value_span.start
    spans = [Span(start + spaces.start(), start + spaces.end()) for spaces in SPACES.finditer(setting.written.raw)]
    if spans:
        fix = Fix(REMOVE_SPACES(), tuple(Edit(span, "") for span in spans), Safety.SAFE)
        yield Finding(spans[0], MESSAGE(), (fix,))
