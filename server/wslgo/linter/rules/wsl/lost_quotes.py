r"""WSL removes the quotes inside a command before it runs.

WSL removes every `"`, wherever it is: `sh -c "sleep 5; date"` becomes `sh -c sleep 5; date`, which is a different
command. Write `\"` for quotes that the shell or the kernel needs; one pair around the whole value does no harm.

## Example

```ini path=wsl.conf
[boot]
command=sh -c "sleep 5; date > /run/started"
```

becomes

```ini path=wsl.conf
[boot]
command=sh -c \"sleep 5; date > /run/started\"
```

## Example

```ini path=wsl.conf
[boot]
command="sh -c "sleep 5; date > /run/started""
```

becomes

```ini path=wsl.conf
[boot]
command="sh -c \"sleep 5; date > /run/started\""
```

## Example

A `#` must stay inside quotes for WSL:

```ini path=wsl.conf
[boot]
command = echo "# by WSL" > /etc/motd
```

becomes

```ini path=wsl.conf
[boot]
command = "echo \"# by WSL\" > /etc/motd"
```

## Example

```ini path=.wslconfig
[wsl2]
kernelCommandLine=sysctl.net.ipv4.ping_group_range="0 2147483647"
```

becomes

```ini path=.wslconfig
[wsl2]
kernelCommandLine=sysctl.net.ipv4.ping_group_range=\"0 2147483647\"
```

## No finding

```ini path=wsl.conf
[boot]
command="service ssh start; service cron start"
```

## No finding

```ini path=wsl.conf
[boot]
command=sh -c \"sleep 5\"
[automount]
options=metadata,"umask=22"
```

## No finding

Without a space the kernel does not need quotes:

```ini path=.wslconfig
[wsl2]
kernelCommandLine=vsyscall="emulate" quiet
```
"""

import re
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import quoting
from wslgo.syntax.wsl.ini import is_good_line
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

# The shell and the kernel, which read these values, have quotes of their own.
COMMANDS = (("boot", "command"), ("wsl2", "kernelCommandLine"))
# With or without quotes, the shell reads this as one word.
WORD = pattern(r"[\w./:=,+-]*", re.ASCII)

MESSAGE = Message(
    en="WSL removes these quotes and runs: {value}",
    zh="WSL 会去掉这些引号，实际执行：{value}",
)
TITLE = Message(en=r"Write \" for each quote", zh=r"把引号写成 \"")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=('"',))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for section, name in COMMANDS:
        setting = file.find(section, name)
        if setting is not None:
            yield from _findings(file, setting)


def _findings(file: IniFile, setting: Setting) -> Iterator[Finding]:
    raw = setting.written.raw
    quotes = quoting.dropped_quotes(raw)
    if not quotes or quotes == [0, len(raw) - 1]:
        return
    inner = quotes[1:-1] if quoting.is_enclosed(raw) else quotes
    is_harmless = all(WORD.fullmatch(raw, start + 1, end) for start, end in zip(inner[::2], inner[1::2], strict=False))
    if is_harmless and file.dialect == "wslconfig":
        return
    start = setting.value_span.start
    span = Span(start + inner[0], start + inner[-1] + 1)
    severity = Severity.INFORMATION if is_harmless else Severity.WARNING
    yield Finding(span, MESSAGE(value=setting.value), tuple(_fixes(file, setting)), severity=severity)


def _fixes(file: IniFile, setting: Setting) -> Iterator[Fix]:
    raw = setting.written.raw
    is_enclosed = quoting.is_enclosed(raw)
    fixed = quoting.with_quotes(raw) if is_enclosed or "#" in raw else quoting.with_escapes(raw)
    safety = Safety.UNSAFE if is_enclosed else Safety.SAFE
    if is_good_line(f"{setting.key}={fixed}", file.dialect):
        yield Fix(TITLE(), (Edit(setting.value_span, fixed),), safety)
