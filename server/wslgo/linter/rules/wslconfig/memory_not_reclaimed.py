"""WSL gives no memory back to Windows, and no limit is set.

Linux keeps every file that it has read in memory: after a build of Go, gigabytes of cache. WSL returns them to Windows
when the virtual machine is idle, unless `autoMemoryReclaim=disabled` is set; before WSL 2.1 it did so only on request.
Without `memory`, the cache grows to half of the computer's memory, and `vmmem` keeps it until WSL stops.

## Example

```ini
[experimental]
autoMemoryReclaim=disabled
```

becomes

```ini
[experimental]
autoMemoryReclaim=dropCache
```

## Example

A limit bounds what is lost:

```ini
[wsl2]
memory=8GB

[experimental]
autoMemoryReclaim=disabled
```

becomes

```ini
[wsl2]
memory=8GB

[experimental]
autoMemoryReclaim=dropCache
```

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=4
```

```json host
{"wsl": {"version": "2.0.14.0"}}
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
processors=4

[experimental]
autoMemoryReclaim=gradual
```

## No finding

The default returns memory:

```ini
[wsl2]
processors=4
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
processors=4
```

## No finding

```ini
[experimental]
autoMemoryReclaim=gradual
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
memory=8GB
```

```json host
{"wsl": {"version": "2.0.14.0"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import GIB
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import ADD, CHANGE_TO
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.effective import holder, is_safe_mode
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit, Span

# The key exists since the first of these versions, and its default is `dropCache` since the second: Microsoft's post
# of September 2023, release notes of 2.1.
SINCE, ON_BY_DEFAULT = (2, 0), (2, 1)

OFF = Message(
    en="WSL keeps the memory that Linux freed, up to half of the computer's, until it stops",
    zh="WSL 会一直占用 Linux 已释放的内存（最多为计算机内存的一半），直到停止运行",
)
OFF_HERE = Message(
    en="WSL keeps the memory that Linux freed, up to {half} GB on this computer, until it stops",
    zh="WSL 会一直占用 Linux 已释放的内存（在此计算机上最多 {half} GB），直到停止运行",
)
OFF_WITH_LIMIT = Message(
    en="WSL keeps the memory that Linux freed, up to {limit}, until it stops",
    zh="WSL 会一直占用 Linux 已释放的内存（最多 {limit}），直到停止运行",
)
OLD = Message(
    en="WSL {version} returns no memory to Windows unless autoMemoryReclaim is set, and no memory= limits it",
    zh="WSL {version} 不会把内存还给 Windows，除非设置 autoMemoryReclaim；此处也没有用 memory= 加以限制",
)


@rule(
    Severity.INFORMATION,
    fixable=Safety.UNSAFE,
    needs={WSLCONFIG: ("wslconfig", "windows.memory", "wsl.version")},
    dimension="speed",
)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    setting = holder(file, "experimental", "autoMemoryReclaim")
    limit = file.find("wsl2", "memory")
    if file.is_fatal or is_safe_mode(file):
        return
    if setting is not None and setting.converted == "Disabled":
        fix = Fix(CHANGE_TO(value="dropCache"), (Edit(setting.value_span, "dropCache"),))
        is_limited = limit is not None and limit.converted != "0"
        text = OFF_WITH_LIMIT(limit=limit.value) if limit is not None and is_limited else _without_limit(scene)
        yield Finding(setting.value_span, text, (fix,), severity=Severity.HINT if is_limited else None)
    elif setting is None and limit is None and _is_old(scene):
        line = "autoMemoryReclaim=gradual"
        fix = Fix(ADD(text=line), (edit.insertion(file, "experimental", line),))
        first = file.sections[0].span if file.sections else Span(0, 0)
        yield Finding(_without_end(file, first), OLD(version=scene.host.wsl.version), (fix,))


def _without_limit(scene: Scene) -> Text:
    memory = scene.host.windows.memory if scene.snapshot is not None else None
    return OFF() if memory is None else OFF_HERE(half=round(memory / 2 / GIB))


def _is_old(scene: Scene) -> bool:
    """Return whether this is the file of a machine whose WSL keeps memory by default."""
    if scene.snapshot is None:
        return False
    from wslgo.knowledge.version import wsl_version  # most files are not this machine's own

    version = wsl_version(scene.host.wsl.version or "")
    return version is not None and SINCE <= version < ON_BY_DEFAULT


def _without_end(file: IniFile, span: Span) -> Span:
    return Span(span.start, span.start + len(file.text[span.start : span.end].rstrip("\r\n")))
