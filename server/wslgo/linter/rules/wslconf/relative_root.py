r"""`automount.root` is not an absolute path.

WSL does not check it: a Windows path or a bare name gives drives in a place where nobody looks, and an empty value
means `/`, so that drives appear as `/c`, and `/wsl` and `/wslg` beside them.

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
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit, Span

BARE = pattern(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]*)*\Z")

MESSAGE = Message(
    en="automount.root needs a path from / on; '{value}' is none, and WSL does not check it",
    zh="automount.root 必须是以 / 开头的路径；'{value}' 不是，而 WSL 不会检查",
)
EMPTY = Message(
    en="An empty root means /: drives appear as /c instead of /mnt/c",
    zh="root 为空等于 /：驱动器会出现在 /c，而不是 /mnt/c",
)
WRITE = Message(en="Write {value}", zh="改为 {value}")
REMOVE = Message(en="Remove the line: /mnt is the default", zh="删除此行：默认就是 /mnt")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("automount", "root")
    if setting is None or setting.value.startswith("/"):
        return
    if setting.value:
        yield Finding(setting.value_span, MESSAGE(value=setting.value), tuple(_fixes(setting)))
    else:
        fix = Fix(REMOVE(), (edit.removal(file, setting),))
        yield Finding(setting.key_span, EMPTY(), (fix,))


def _fixes(setting: Setting) -> Iterator[Fix]:
    if setting.written.raw == setting.value and BARE.match(setting.value):
        start = setting.value_span.start
        yield Fix(WRITE(value=f"/{setting.value}"), (Edit(Span(start, start), "/"),))
