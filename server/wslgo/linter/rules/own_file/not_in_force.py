"""A setting is not in effect yet: the file has changed since WSL last read it.

WSL reads `.wslconfig` when its virtual machine starts, and `/etc/wsl.conf` when the distribution starts. Until then an
edit has no effect, and closing every terminal is not enough. Run the command in the message when you can; wslgo does
not, because it would stop other work that is running.

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

The content of the file at the start is not known, but the kernel shows the value:

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

Only a comment, spaces, the order and the spelling have changed:

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

The machine has this by default:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
nestedVirtualization=true
hardwarePerformanceCounters=true
memory=16GB
swap=4GB
```

```json host
{"wslconfig": {"at_start": null, "knows_start": true}, "windows": {"memory": 34079866880}}
```

## No finding

The kernel shows a little less memory than it got:

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-mirrored
[wsl2]
memory=12GB
processors=8
swap=2GB
networkingMode=mirrored
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=4
```

## No finding

The content of the file at the start is not known:

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
from wslgo.machine.in_effect import Change, pending_changes
from wslgo.syntax.wsl.effective import mode_name
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Span

MESSAGE = Message(
    en="{change}. To apply it, run {command}, which stops {stopped}",
    zh="{change}。运行 {command} 后生效，该命令会停止{stopped}",
)
WRITTEN = Message(
    en="{key}={value} is not in effect yet: WSL started with {runs}", zh="{key}={value} 尚未生效：WSL 启动时为 {runs}"
)
# Without the old value: the whole command line of the kernel would be too long to read.
COMMAND_LINE = Message(
    en="{key}={value} is not in effect yet: the running kernel was not started with it",
    zh="{key}={value} 尚未生效：正在运行的内核启动时没有它",
)
REMOVED = Message(
    en="{key} was removed but is still in effect: WSL started with {runs}",
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
        "wslconf": ("wslconf", "wsl.distribution", "home"),
    },
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    known = scene.snapshot
    pending = pending_changes(file, known, scene.host) if known else ()
    if not pending:
        return
    first, *others = sorted(pending, key=lambda change: (change.setting is None, _place(file, change)))
    command, stopped = _restart(file, scene.host)
    related = tuple(Related(_place(file, change), _sentence(change)) for change in others)
    yield Finding(
        _place(file, first), MESSAGE(change=_sentence(first), command=command, stopped=stopped), related=related
    )


def _place(file: IniFile, change: Change) -> Span:
    """Return the key, or the section from which it was removed."""
    if change.setting is not None:
        return change.setting.key_span
    section = change.key.section.lower()
    return next((known.name_span for known in file.sections if known.name.lower() == section), Span(0, 0))


def _sentence(change: Change) -> Text:
    key, runs = change.key.name, DEFAULT() if change.runs is None else change.runs
    if change.runs and key == "networkingMode":
        runs = mode_name(change.runs)
    if change.setting is None:
        return REMOVED(key=key, runs=runs)
    if key == "kernelCommandLine":
        return COMMAND_LINE(key=key, value=change.setting.value)
    return WRITTEN(key=key, value=change.setting.value, runs=runs)


def _restart(file: IniFile, host: Host) -> tuple[str, Text]:
    """Return the command, and what it stops."""
    name, others = host.wsl.distribution, host.wsl.others_running
    if file.dialect == "wslconf" and name:
        return f"wsl --terminate {_shell_word(name)}", ITSELF()
    if name is None or others is None or file.dialect == "wslconf":
        return SHUTDOWN, ALL()
    return SHUTDOWN, NAMES(names=(name, *others))


def _shell_word(name: str) -> str:
    return f'"{name}"' if " " in name else name
