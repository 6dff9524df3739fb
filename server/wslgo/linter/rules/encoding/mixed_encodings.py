r"""The file changes its encoding in the middle, because a program appended in another one.

In Windows PowerShell 5.1, `>>` and `Out-File -Append` write UTF-16, whatever the file is, and `>>` of a Linux shell
writes UTF-8. WSL and VS Code read the lines that were added as other letters, and so find no setting in them. Save all
of it as UTF-8, and append in the same way as you created the file.

## Example

```ini path=.wslconfig escapes no-newline
[wsl2]
memory=8GB
s\x00w\x00a\x00p\x00=\x000\x00
\x00
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
swap=0
```

## Example

```ini path=wsl.conf escapes no-newline
[boot]
systemd=true[\x00u\x00s\x00e\x00r\x00]\x00
\x00d\x00e\x00f\x00a\x00u\x00l\x00t\x00=\x00m\x00e\x00
\x00
```

becomes

```ini path=wsl.conf
[boot]
systemd=true
[user]
default=me
```

## Example

```ini path=.env escapes no-newline
CGO_ENABLED=1
D\x00E\x00B\x00U\x00G\x00=\x001\x00
\x00
```

becomes

```ini path=.env
CGO_ENABLED=1
DEBUG=1
```

## Example

A Linux shell appended the last line:

```ini path=.wslconfig utf16 bom no-newline
[wsl2]
memory=8GB
睳灡〽
```

becomes

```ini path=.wslconfig no-newline
[wsl2]
memory=8GB
swap=0
```

## No finding

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## No finding

```ini path=.wslconfig utf16 bom
[wsl2]
memory=8GB
```

## No finding

A zero alone is not UTF-16:

```ini path=.wslconfig escapes
[wsl2]
memory=8GB # \x00
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import RuleSubject, rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import SAVE_AS_UTF8
from wslgo.text.message import Message
from wslgo.text.source import UTF8, Source
from wslgo.text.span import Edit, Span

UTF16_LINES = Message(
    en="From here on the file is UTF-16, as PowerShell's >> appends it: no setting below is read. Save it as UTF-8",
    zh="文件从此处起是 UTF-16（PowerShell 的 >> 如此追加）：下面的设置都不会被读取。请另存为 UTF-8",
)
UTF8_LINES = Message(
    en="From here on the UTF-16 file is UTF-8, as a Linux shell appends it: nothing below is read. Save it as UTF-8",
    zh="此 UTF-16 文件从此处起是 UTF-8（Linux shell 的 >> 如此追加）：下面的设置都不会被读取。请另存为 UTF-8",
)


@rule(Severity.ERROR, fixable=Safety.SAFE, subject=RuleSubject.SOURCE, reads_garbled=True)
def check(source: Source, _scene: Scene) -> Iterator[Finding]:
    if source.encoding == UTF8 and "\0" not in source.text:
        return
    from wslgo.syntax.encoding import mark_of, mixture  # hardly any file needs it

    found = mixture(source)
    if found is not None:
        rest = Span(found.start, len(source.text))
        line = source.text.find("\n", found.start)
        shown = Span(found.start, line if line >= 0 else rest.end)
        is_utf8 = source.encoding == UTF8
        edits = (Edit(rest, found.text),) if is_utf8 else (Edit(mark_of(source), ""), Edit(rest, found.text))
        fix = Fix(SAVE_AS_UTF8(), edits, Safety.SAFE, bytewise=True, encoding="" if is_utf8 else UTF8)
        yield Finding(shown, (UTF16_LINES if is_utf8 else UTF8_LINES)(), (fix,))
