"""`wsl.conf` is UTF-16.

WSL reads the file as UTF-8. Line 1 of a UTF-16 file is invalid for it, and WSL stops reading at the first invalid line:
it ignores the whole file. PowerShell's `>` writes UTF-16. Save the file as UTF-8.

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
from wslgo.linter.titles import SAVE_AS_UTF8
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.source import UTF8
from wslgo.text.span import Span

MESSAGE = Message(
    en="WSL ignores this whole file because it is UTF-16. Save it as UTF-8",
    zh="WSL 会忽略整个文件，因为其编码为 UTF-16。请另存为 UTF-8",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, reads_garbled=True)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    if file.is_garbled and file.source.encoding != UTF8:
        yield Finding(Span(0, min(1, len(file.source.text))), MESSAGE(), tuple(_fixes(file)))


def _fixes(file: IniFile) -> Iterator[Fix]:
    from wslgo.syntax.encoding import to_utf8  # hardly any file is UTF-16

    edits = to_utf8(file.source)
    if edits is not None:
        yield Fix(SAVE_AS_UTF8(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
