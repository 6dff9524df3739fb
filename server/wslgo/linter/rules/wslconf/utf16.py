"""`wsl.conf` is UTF-16.

WSL reads the file byte by byte. The first byte of UTF-16 is no letter, so line 1 is bad, and at its first bad line
WSL stops reading: the whole file is ignored. PowerShell's `>` writes UTF-16.

## Example

```ini utf16 bom
[boot]
systemd=true
```

becomes

```ini
[boot]
systemd=true
```

## Example

```ini utf16be
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
# 中文注释没有问题
[boot]
systemd=true
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.encoding import to_utf8
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.source import UTF8
from wslgo.text.span import Span

MESSAGE = Message(
    en="WSL ignores this whole file: it is UTF-16, and WSL reads wsl.conf byte by byte as UTF-8",
    zh="WSL 会忽略整个文件：文件编码为 UTF-16，而 WSL 按字节以 UTF-8 读取 wsl.conf",
)
TITLE = Message(en="Save as UTF-8", zh="另存为 UTF-8")


@rule(Severity.ERROR, fixable=Safety.SAFE, reads_garbled=True)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if file.is_garbled:
        yield Finding(Span(0, min(1, len(file.source.text))), MESSAGE(), tuple(_fixes(file)))


def _fixes(file: IniFile) -> Iterator[Fix]:
    edits = to_utf8(file.source)
    if edits is not None:
        yield Fix(TITLE(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
