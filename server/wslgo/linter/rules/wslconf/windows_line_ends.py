r"""`wsl.conf` has Windows line endings.

WSL reads the file as Linux does. Releases up to 2.3 ignored the whole file. Later ones count its lines twice, so the
line numbers in their warnings are wrong, and a backslash at the end of a line no longer joins it to the next one. Use
Linux line endings.

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

## Example

WSL reads the second line as a setting today, so it stays one:

```ini crlf
[boot]
command="service ssh start"\
systemd=true
```

becomes

```ini
[boot]
command="service ssh start"
systemd=true
```

## No finding

```ini
[boot]
systemd=true
```

## No finding

WSL reads this file on Windows:

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
from wslgo.linter.titles import LINUX_LINE_ENDINGS
from wslgo.syntax.wsl.ini import is_good_line
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.source import UTF8
from wslgo.text.span import Edit, Span

LINE_END = pattern(r"\r\n")
CONTINUATION = pattern(r"^(?![ \t]*#).*(?<!\\)(?:\\\\)*\\\r\n", re.MULTILINE)

MESSAGE = Message(
    en="The file has Windows line endings (CRLF): {consequence}",
    zh="文件使用 Windows 换行符（CRLF）：{consequence}",
)
COUNTED = Message(
    en="older WSL releases ignore the whole file, newer ones report wrong line numbers",
    zh="较旧的 WSL 版本会忽略整个文件，较新的版本在警告中给出的行号是错的",
)
BROKEN = Message(
    en=r"WSL does not join a line that ends in \ to the next one, and reads that as a setting of its own",
    zh=r"WSL 无法把以 \ 结尾的行与下一行相连，会把下一行当作单独的设置来读取",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=("\r\n",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    edits = tuple(Edit(Span(end.start(), end.start() + 1), "") for end in LINE_END.finditer(file.text))
    if not edits:
        return
    edits = tuple(_kept_apart(file, edit) for edit in edits)
    is_broken = CONTINUATION.search(file.text) is not None
    message = MESSAGE(consequence=BROKEN() if is_broken else COUNTED())
    # A fix with an encoding is applied first and alone: it changes what other rules see.
    fix = Fix(LINUX_LINE_ENDINGS(), edits, Safety.SAFE, bytewise=True, encoding=UTF8)
    first = edits[0].span.start
    severity = Severity.ERROR if is_broken else Severity.WARNING
    yield Finding(Span(first, first + len("\r\n")), message, (fix,), severity=severity)


def _kept_apart(file: IniFile, edit: Edit) -> Edit:
    """Return the edit of a line end, without a backslash before it if the next line is a setting of its own."""
    start, end = edit.span
    is_escape = CONTINUATION.match(file.text, file.text.rfind("\n", 0, start) + 1, end + 1) is not None
    following = file.text[end + 1 :].partition("\n")[0]
    if is_escape and (not following.strip() or is_good_line(following, file.dialect)):
        return Edit(Span(start - 1, end), "")
    return edit
