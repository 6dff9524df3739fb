"""Settings stand below the line at which WSL stops reading.

At the first bad line WSL gives up on `wsl.conf` with one warning. All that stands above stays in force, all below is
as if it were not there.

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
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl.file import IniFile
from wslgo.syntax.wsl.ini import Assignment, Unread, scan
from wslgo.text.message import Message
from wslgo.text.span import Span

MESSAGE = Message(
    en="WSL does not read these {count} settings: it stops at the bad line above",
    zh="WSL 不会读取这 {count} 项设置：它在上方的错误行处已停止读取",
)
ONE = Message(
    en="WSL does not read this setting: it stops at the bad line above",
    zh="WSL 不会读取这项设置：它在上方的错误行处已停止读取",
)
STOP = Message(en="WSL stops reading here ({warning})", zh="WSL 在此停止读取（{warning}）")


@rule(Severity.HINT)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    stop = next(iter(file.bad_lines), None)
    unread = file.nodes[-1] if file.nodes else None
    if stop is None or not isinstance(unread, Unread):
        return
    # Read as the other dialect, which goes on after a bad line.
    lost = sum(isinstance(node, Assignment) for node in scan(file.text, "wslconfig", unread.span.start))
    if lost:
        end = unread.span.start + len(file.text[unread.span.start :].rstrip())
        related = (Related(stop.culprit, STOP(warning=stop.warning)),)
        message = ONE() if lost == 1 else MESSAGE(count=lost)
        yield Finding(Span(unread.span.start, end), message, (), related, (Tag.UNNECESSARY,))
