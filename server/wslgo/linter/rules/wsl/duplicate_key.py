"""A key is set more than once, and WSL keeps only the first.

The first line wins even if WSL rejected its value: then WSL uses the default and ignores the valid line below. A key
and its `[experimental]` alias are the same key. Keep one line.

## Example

```ini path=.wslconfig
[wsl2]
memory=8GB
processors=4
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
processors=4
```

## Example

WSL rejects the first value, which still hides the second:

```ini path=.wslconfig
[wsl2]
memory=lots
memory=8GB
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

Only the author knows which one was intended:

```ini path=wsl.conf
[boot]
systemd=true
systemd=false
```

## No finding

```ini path=wsl.conf
[automount]
enabled=true
[interop]
enabled=true
[automount]
root=/
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message

IGNORED = Message(
    en="{key} is already set on line {line}: WSL uses '{first}' from there and ignores this line",
    zh="第 {line} 行已设置 {key}：WSL 采用那里的 '{first}'，忽略这一行",
)
CLAIMED = Message(
    en="{key} is already set on line {line}. That value is not valid, so WSL uses the default and ignores this line",
    zh="第 {line} 行已设置 {key}。那里的值无效，因此 WSL 使用默认值并忽略这一行",
)
FIRST = Message(en="{key} is set first here", zh="{key} 首先在此处设置")
REMOVE_THIS = Message(en="Remove this line, which WSL ignores", zh="删除这一行（WSL 会忽略它）")
REMOVE_FIRST = Message(en="Remove the first line and use this one", zh="删除第一行，采用这一行")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        first = file.first_of(setting)
        if first is not None:
            template = CLAIMED if first.verdict is Verdict.REJECTED else IGNORED
            message = template(
                key=first.key, first=first.value, line=file.text.count("\n", 0, first.key_span.start) + 1
            )
            related = (Related(first.key_span, FIRST(key=first.key)),)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting, first)), related, (Tag.UNNECESSARY,))


def _fixes(file: IniFile, setting: Setting, first: Setting) -> Iterator[Fix]:
    is_same = setting.value == first.value
    is_claimed = first.verdict is Verdict.REJECTED and not is_same
    remove = Fix(REMOVE_THIS(), (edit.removal(file, setting),), _safety(file, setting, is_same))
    remove_first = Fix(REMOVE_FIRST(), (edit.removal(file, first),), _safety(file, first, is_claimed))
    yield from (remove_first, remove) if is_claimed else (remove, remove_first)


def _safety(file: IniFile, removed: Setting, is_meant: bool) -> Safety:
    return Safety.SAFE if is_meant and edit.is_sure_removal(file, removed) else Safety.UNSAFE
