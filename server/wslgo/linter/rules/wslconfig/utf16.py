"""`.wslconfig` is UTF-16 that WSL cannot read.

WSL reads UTF-8, and UTF-16 little-endian if it begins with a byte order mark. In any other UTF-16 file it finds no
setting. Save the file as UTF-8.

## Example

```ini utf16
[wsl2]
memory=8GB
```

becomes

```ini
[wsl2]
memory=8GB
```

## Example

```ini utf16be bom
[wsl2]
memory=8GB
```

becomes

```ini
[wsl2]
memory=8GB
```

## No finding

The UTF-16 that PowerShell writes:

```ini utf16 bom
[wsl2]
memory=8GB
```

## No finding

```ini bom
[wsl2]
memory=8GB
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import SAVE_AS_UTF8
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.source import UTF8, UTF16_BE
from wslgo.text.span import Span

MESSAGE = Message(
    en="WSL finds no setting in this file because it is UTF-16 {kind}. Save it as UTF-8",
    zh="WSL 在此文件中找不到任何设置，因为其编码为 UTF-16（{kind}）。请另存为 UTF-8",
)
BIG_ENDIAN = Message(en="big-endian", zh="大端序")
WITHOUT_MARK = Message(en="without a byte order mark", zh="无字节顺序标记 BOM")


@rule(Severity.ERROR, fixable=Safety.SAFE, reads_garbled=True)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if not file.is_garbled or file.source.encoding == UTF8:
        return
    source = file.source
    kind = BIG_ENDIAN if source.encoding == UTF16_BE else WITHOUT_MARK
    yield Finding(Span(0, min(1, len(source.text))), MESSAGE(kind=kind()), tuple(_fixes(file)))


def _fixes(file: IniFile) -> Iterator[Fix]:
    from wslgo.syntax.encoding import to_utf8  # hardly any file is UTF-16

    edits = to_utf8(file.source)
    if edits is not None:
        yield Fix(SAVE_AS_UTF8(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
