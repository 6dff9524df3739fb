"""Settings come after the line at which WSL stops reading.

At the first invalid line WSL stops reading `wsl.conf` with one warning. It uses everything above the line and ignores
everything below. Correct the line.

## Example

```ini
[user]
default=gopher
; systemd
[boot]
systemd=true
[interop]
appendWindowsPath=false
```

## Example

```ini
network
[boot]
systemd=true
```

## No finding

```ini
[user]
default=gopher
# systemd
[boot]
systemd=true
```

## No finding

Nothing is lost:

```ini
[user]
default=gopher
the end
# of the file
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Related, Severity, Tag
from wslgo.linter.rules import BAD_LINE, rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.ini import IniAssignment, Unread, scan
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="WSL does not read these {count} settings because it stops at the invalid line above",
    zh="WSL 不会读取这 {count} 项设置，因为它在上方的错误行处已停止读取",
)
ONE = Message(
    en="WSL does not read this setting because it stops at the invalid line above",
    zh="WSL 不会读取这项设置，因为它在上方的错误行处已停止读取",
)
STOP = Message(en="WSL stops reading here ({warning})", zh="WSL 在此停止读取（{warning}）")


@rule(Severity.HINT, only_with=(BAD_LINE,))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    stop = next(iter(file.bad_lines), None)
    unread = file.nodes[-1] if file.nodes else None
    if stop is None or not isinstance(unread, Unread):
        return
    # Read as the other dialect, which continues after a bad line.
    lost = sum(isinstance(node, IniAssignment) for node in scan(file.text, "wslconfig", unread.span.start))
    if lost:
        end = unread.span.start + len(file.text[unread.span.start :].rstrip())
        related = (Related(stop.culprit, STOP(warning=stop.warning)),)
        message = ONE() if lost == 1 else MESSAGE(count=lost)
        yield Finding(Span(unread.span.start, end), message, (), related, (Tag.UNNECESSARY,))
