"""`wsl.conf` begins with a byte order mark.

WSL reads the file as bytes; the mark is no letter, so line 1 is bad, and at its first bad line WSL stops reading:
the whole file is ignored. Windows editors and PowerShell write the mark without asking.

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
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.source import BOM, UTF8
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="WSL ignores this whole file: it begins with a byte order mark, which makes line 1 bad, and WSL stops there",
    zh="WSL 会忽略整个文件：文件以字节顺序标记（BOM）开头，第 1 行因此无效，WSL 就此停止读取",
)
TITLE = Message(en="Remove the byte order mark", zh="删除字节顺序标记（BOM）")

MARK = Span(0, len(BOM))


@rule(Severity.ERROR, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if file.source.has_bom and file.source.encoding == UTF8:
        fix = Fix(TITLE(), (Edit(MARK, ""),), Safety.SAFE, bytewise=True)
        yield Finding(MARK, MESSAGE(), (fix,))
