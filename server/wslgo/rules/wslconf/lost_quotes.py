r"""Quotes inside `command` never reach the shell.

WSL takes every `"` away, wherever it stands. `sh -c "sleep 5; date"` becomes `sh -c sleep 5; date`, which is another
command. Quotes for the shell are written `\"`; one pair around the whole command does no harm.

## Example

```ini
[boot]
command=sh -c "sleep 5; date > /run/started"
```

becomes

```ini
[boot]
command=sh -c \"sleep 5; date > /run/started\"
```

## Example

```ini
[boot]
command="sh -c "sleep 5; date > /run/started""
```

becomes

```ini
[boot]
command="sh -c \"sleep 5; date > /run/started\""
```

## Example

A `#` must stay inside quotes of WSL:

```ini
[boot]
command = echo "# by WSL" > /etc/motd
```

becomes

```ini
[boot]
command = "echo \"# by WSL\" > /etc/motd"
```

## No finding

```ini
[boot]
command="service ssh start; service cron start"
```

## No finding

```ini
[boot]
command=sh -c \"sleep 5\"
[automount]
options=metadata,"umask=22"
```
"""

from collections.abc import Iterator

from wslgo.finding import Finding, Fix, Safety, Severity
from wslgo.message import Message
from wslgo.rules import rule
from wslgo.scene import Scene
from wslgo.syntax import wslquote
from wslgo.syntax.wslfile import IniFile, Setting
from wslgo.syntax.wslslip import is_good_line
from wslgo.text import Edit, Span

MESSAGE = Message(
    en="WSL takes these quotes away, and root runs: {command}",
    zh="WSL 会去掉这些引号，root 实际执行的是：{command}",
)
TITLE = Message(en=r"Write \" for each quote", zh=r"把引号写成 \"")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("boot", "command")
    if setting is None:
        return
    raw = setting.written.raw
    quotes = wslquote.dropped(raw)
    if not quotes or quotes == [0, len(raw) - 1]:
        return
    inner = quotes[1:-1] if wslquote.is_enclosed(raw) else quotes
    start = setting.value_span.start
    span = Span(start + inner[0], start + inner[-1] + 1)
    yield Finding(span, MESSAGE(command=setting.value), tuple(_fixes(file, setting)))


def _fixes(file: IniFile, setting: Setting) -> Iterator[Fix]:
    raw = setting.written.raw
    is_enclosed = wslquote.is_enclosed(raw)
    fixed = wslquote.requoted(raw) if is_enclosed or "#" in raw else wslquote.escaped(raw)
    safety = Safety.UNSAFE if is_enclosed else Safety.SAFE
    if is_good_line(f"command={fixed}", file.dialect):
        yield Fix(TITLE(), (Edit(setting.value_span, fixed),), safety)
