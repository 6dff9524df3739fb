r"""`automount.root` is not an absolute path.

WSL does not check it. With a Windows path or a bare name it mounts the drives in an unexpected place, and with an empty
value it mounts them as `/c`, next to `/wsl` and `/wslg`. Write a path that starts with `/`.

## Example

```ini
[automount]
root=mnt/
```

becomes

```ini
[automount]
root=/mnt/
```

## Example

```ini
[automount]
root=C:/
```

## Example

```ini
[automount]
enabled=true
root=
```

becomes

```ini
[automount]
enabled=true
```

## No finding

```ini
[automount]
root=/
```

## No finding

```ini
[automount]
root="/windir/"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

BARE = pattern(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]*)*\Z")

MESSAGE = Message(
    en="'{value}' is not an absolute path, so WSL mounts the drives in an unexpected place. Start the path with /",
    zh="'{value}' 不是绝对路径，WSL 会把驱动器挂载到意料之外的位置。请以 / 开头",
)
EMPTY = Message(
    en="An empty root means /, so WSL mounts drives as /c instead of /mnt/c",
    zh="root 为空等于 /，因此驱动器会挂载到 /c，而不是 /mnt/c",
)
USE_DEFAULT = Message(en="Remove the line to use the default, /mnt", zh="删除此行，使用默认值 /mnt")


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("root",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("automount", "root")
    if setting is None or setting.value.startswith("/"):
        return
    if setting.value:
        yield Finding(setting.value_span, MESSAGE(value=setting.value), tuple(_fixes(setting)))
    else:
        fix = Fix(USE_DEFAULT(), (edit.removal(file, setting),))
        yield Finding(setting.key_span, EMPTY(), (fix,))


def _fixes(setting: Setting) -> Iterator[Fix]:
    if setting.written.raw == setting.value and BARE.match(setting.value):
        start = setting.value_span.start
        yield Fix(CHANGE_TO(value=f"/{setting.value}"), (Edit(Span(start, start), "/"),))
