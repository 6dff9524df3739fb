r"""`wsl.conf` has Windows line ends.

WSL reads the file as Linux does. Releases up to 2.3 ignored such a file as a whole; later ones count its lines twice,
so that the line numbers in their warnings are wrong, and a backslash at the end of a line no longer joins it to the
next one.

## Example

```ini crlf
[boot]
systemd=true
```

becomes

```ini
[boot]
systemd=true
```

## Example

```ini crlf
[boot]
command=service ssh start \
  && service cron start
```

becomes

```ini
[boot]
command=service ssh start \
  && service cron start
```

## No finding

```ini
[boot]
systemd=true
```

## No finding

Windows reads this one:

```ini crlf path=.wslconfig
[wsl2]
memory=8GB
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.span import Edit, Span

LINE_END = pattern(r"\r\n")
CONTINUATION = pattern(r"^(?![ \t]*#).*(?<!\\)(?:\\\\)*\\\r\n", re.MULTILINE)

MESSAGE = Message(
    en="Windows line ends (CRLF): {consequence}",
    zh="文件使用 Windows 换行符（CRLF）：{consequence}",
)
COUNTED = Message(
    en="older WSL releases ignore the whole file, newer ones give wrong line numbers in their warnings",
    zh="较旧的 WSL 版本会忽略整个文件，较新的版本在警告中给出的行号是错的",
)
BROKEN = Message(
    en=r"a line that ends in \ is not joined to the next one, and WSL stops reading there",
    zh=r"以 \ 结尾的行无法与下一行相连，WSL 会在该处停止读取",
)
TITLE = Message(en="Use Linux line ends (LF)", zh="改用 Linux 换行符（LF）")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    edits = tuple(Edit(Span(end.start(), end.start() + 1), "") for end in LINE_END.finditer(file.text))
    if not edits:
        return
    is_broken = CONTINUATION.search(file.text) is not None
    message = MESSAGE(consequence=BROKEN() if is_broken else COUNTED())
    # Naming the encoding lets this fix go first and alone: what other rules see changes with it.
    fix = Fix(TITLE(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
    first = edits[0].span.start
    severity = Severity.ERROR if is_broken else Severity.WARNING
    yield Finding(Span(first, first + len("\r\n")), message, (fix,), severity=severity)
