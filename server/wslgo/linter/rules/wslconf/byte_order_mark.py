"""`wsl.conf` begins with a byte order mark.

WSL does not know the mark, so line 1 is invalid, and WSL stops reading at the first invalid line: it ignores the whole
file. Windows editors and PowerShell write the mark without asking. Remove it.

## Example

```ini bom
[boot]
systemd=true
```

becomes

```ini
[boot]
systemd=true
```

## No finding

```ini
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE_BYTE_ORDER_MARK
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="WSL ignores this whole file because it begins with a byte order mark. Remove the mark",
    zh="WSL 会忽略整个文件，因为它以字节顺序标记（BOM）开头。请删除该标记",
)

MARK = Span(0, len(BOM))


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if file.source.has_bom and file.source.encoding == UTF8:
        fix = Fix(REMOVE_BYTE_ORDER_MARK(), (Edit(MARK, ""),), Safety.SAFE, bytewise=True)
        yield Finding(MARK, MESSAGE(), (fix,))
