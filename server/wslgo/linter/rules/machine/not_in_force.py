"""What is written is not what runs: the file has changed since it was last read.

WSL reads `.wslconfig` when its virtual machine starts, and `/etc/wsl.conf` when the distribution starts. Until then an
edit does nothing, and closing every terminal is not enough. wslgo never stops anything by itself: other work may run.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
memory=24GB
swap=0
```

```json host
{"wslconfig": {"at_start": "[wsl2]\\nmemory=12GB\\nswap=0\\n", "knows_start": true}}
```

## Example

What the file said at the start is not known, but the kernel shows it:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=4
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
networkingMode=mirrored
```

## Example

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[boot]
systemd=true
```

```json host
{"wslconf": {"knows_start": true}}
```

## No finding

Only a comment, blanks, the order and the spelling have changed:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
# for the big module
[wsl2]
Swap = 2048MB
memory = 12GB
```

```json host
{"wslconfig": {"at_start": "[wsl2]\\nmemory=12GB\\nswap=2GB\\n", "knows_start": true}}
```

## No finding

The kernel shows a bit less memory than it was given:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
memory=12GB
processors=8
swap=2GB
networkingMode=mirrored
```

## No finding

It is the file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=4
```

## No finding

What the file said at the start is not known:

```ini path=/etc/wsl.conf host=ubuntu-24.04-nat
[interop]
enabled=false
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Related, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.machine.host import Host
from wslgo.machine.in_effect import Change, changes
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Span

MESSAGE = Message(
    en="{change}; it takes effect after {command}, which stops {stopped}",
    zh="{change}；运行 {command} 后生效，该命令会停止{stopped}",
)
WRITTEN = Message(
    en="{key}={value} is not in force: WSL started with {runs}", zh="{key}={value} 尚未生效：WSL 启动时为 {runs}"
)
REMOVED = Message(
    en="{key} was removed and is still in force: WSL started with {runs}",
    zh="{key} 已被删除但仍在生效：WSL 启动时为 {runs}",
)
DEFAULT = Message(en="the default", zh="默认值")
ALL = Message(en="all running distributions", zh="所有正在运行的发行版")
ITSELF = Message(en="everything that runs in it", zh="其中运行的一切")
NAMES = Message(en="{names}", zh=" {names}")

SHUTDOWN = "wsl --shutdown"


@rule(
    Severity.INFORMATION,
    needs={
        "wslconfig": (
            *("wslconfig", "running", "windows.build", "windows.memory", "windows.processors"),
            *("wsl.version", "wsl.distribution", "wsl.others_running"),
        ),
        "wslconf": ("wslconf", "wsl.distribution"),
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    known = scene.own
    found = changes(file, known, scene.host) if known else ()
    if not found:
        return
    first, *others = sorted(found, key=lambda one: (one.setting is None, _place(file, one)))
    command, stopped = _restart(file, scene.host)
    related = tuple(Related(_place(file, one), _sentence(one)) for one in others)
    yield Finding(
        _place(file, first), MESSAGE(change=_sentence(first), command=command, stopped=stopped), related=related
    )


def _place(file: IniFile, change: Change) -> Span:
    """The key, or the section that it was taken out of."""
    if change.setting is not None:
        return change.setting.key_span
    section = change.key.section.lower()
    return next((one.name_span for one in file.sections if one.name.lower() == section), Span(0, 0))


def _sentence(change: Change) -> Text:
    runs = DEFAULT() if change.runs is None else change.runs
    if change.setting is None:
        return REMOVED(key=change.key.name, runs=runs)
    return WRITTEN(key=change.key.name, value=change.setting.value, runs=runs)


def _restart(file: IniFile, host: Host) -> tuple[str, Text]:
    """The command, and what stops with it."""
    name, others = host.wsl.distribution, host.wsl.others_running
    if file.dialect == "wslconf" and name:
        return f"wsl --terminate {_quoted(name)}", ITSELF()
    if name is None or others is None or file.dialect == "wslconf":
        return SHUTDOWN, ALL()
    return SHUTDOWN, NAMES(names=", ".join((name, *others)))


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
