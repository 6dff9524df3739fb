"""air waits for events, and a Windows drive sends none for changes made in Windows.

air then rebuilds only what programs of Linux save, such as VS Code in a WSL window: a file that is saved in Windows, or
that Windows' git checks out, is missed. With `poll = true` in `[build]` air compares times instead, which costs
processor time. Better move the workspace to the disk of the distribution: `wslgo move`. The finding is shown only where
the mounts of the machine are known.

## Example

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
root = "."

[build]
  cmd = "go build -o ./tmp/main ."
  poll = false # events
```

becomes

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
root = "."

[build]
  cmd = "go build -o ./tmp/main ."
  poll = true # events
```

## Example

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
[build]
cmd = "make"
```

becomes

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
[build]
poll = true
cmd = "make"
```

## Example

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
root = "."
```

becomes

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
root = "."

[build]
poll = true
```

## No finding

```toml path=/mnt/c/src/shop/.air.toml host=ubuntu-24.04-nat
[build]
poll = true
poll_interval = 500
```

## No finding

It is on the disk of Linux:

```toml path=/home/user/shop/.air.toml host=ubuntu-24.04-nat
[build]
poll = false
```

## No finding

The mounts are unknown:

```toml path=/mnt/c/src/shop/.air.toml
[build]
poll = false
```
"""

import posixpath
from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.machine.drives import drive_of
from wslgo.syntax.air import AirFile
from wslgo.syntax.wsl.edit import newline
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

SETTING = "poll = true"

MESSAGE = Message(
    en="Drive {drive} sends no events for changes made in Windows, so air misses them. Set poll = true in [build]",
    zh="驱动器 {drive} 不会为在 Windows 中所做的更改发送事件，air 会错过它们。请在 [build] 中设置 poll = true",
)
ADD = Message(en="Add {setting} to [build]", zh="在 [build] 中加入 {setting}")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, needs=("mounts", "wsl.generation"))
def check(file: AirFile, scene: Scene) -> Iterator[Finding]:
    folder = posixpath.dirname(scene.file.place)
    if scene.host.wsl.generation == 1 or not folder or not scene.host.mounts:
        return
    drive = drive_of(folder, scene.host, is_own=True)
    poll = file.find("build", "poll")
    if drive is None or (poll is not None and poll.text != "false"):
        return
    is_share = drive.windows.startswith("\\\\")
    message = MESSAGE(drive=drive.windows if is_share else drive.windows[:2])
    if poll is not None:
        fix = Fix(CHANGE_TO(value="true"), (Edit(poll.span, "true"),))
        yield Finding(poll.span, message, (fix,))
        return
    text = scene.file.source.text
    place = file.build if file.build is not None else len(text)
    fix = Fix(ADD(setting=SETTING), (Edit(Span(place, place), _added(text, file)),))
    header = _header(text, file)
    yield Finding(header, message, (fix,))


def _added(text: str, file: AirFile) -> str:
    """Return the line after the header of `[build]`, or the table at the end of the file."""
    end = newline(text)
    if file.build is not None:
        is_cut = file.build > 0 and text[file.build - 1] != "\n"
        return f"{end if is_cut else ''}{SETTING}{end}"
    gap = "" if not text else end if text.endswith("\n") else end * 2
    return f"{gap}[build]{end}{SETTING}{end}"


def _header(text: str, file: AirFile) -> Span:
    """Return the header of `[build]`; the start of the file without one."""
    if file.build is None:
        return Span(0, 0)
    line = text.rfind("[", 0, file.build)
    return Span(line, text.find("]", line) + 1)
