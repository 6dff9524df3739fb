"""A key is set more than once, and WSL keeps only the first.

The first occurrence wins, even when its value was refused: then the default stays in force although a good line stands
below. A key and its `[experimental]` alias are one key.

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

The first value is refused and still claims the key:

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

Which one is meant, only the writer knows:

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
from wslgo.syntax.wsl.file import IniFile, Setting, Verdict
from wslgo.text.message import Message

IGNORED = Message(
    en="WSL keeps the first {key} ('{first}', line {line}) and ignores this one",
    zh="WSL 只采用第一个 {key}（第 {line} 行的 '{first}'），忽略这一个",
)
CLAIMED = Message(
    en="The first {key} (line {line}) is refused yet claims the key, so WSL ignores this one and uses the default",
    zh="第一个 {key}（第 {line} 行）的值被拒绝，却仍占用该键，因此 WSL 忽略这一个并使用默认值",
)
FIRST = Message(en="The first {key}", zh="第一个 {key}")
REMOVE = Message(en="Remove this line, which WSL ignores", zh="删除这一行（WSL 会忽略它）")
REMOVE_FIRST = Message(en="Remove the first one and use this one", zh="删除第一个，采用这一个")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        first = setting.first
        if setting.verdict is Verdict.DUPLICATE and first is not None:
            template = CLAIMED if first.verdict is Verdict.REJECTED else IGNORED
            message = template(
                key=first.key, first=first.value, line=file.text.count("\n", 0, first.key_span.start) + 1
            )
            related = (Related(first.key_span, FIRST(key=first.key)),)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting, first)), related, (Tag.UNNECESSARY,))


def _fixes(file: IniFile, setting: Setting, first: Setting) -> Iterator[Fix]:
    is_same = setting.value == first.value
    is_claimed = first.verdict is Verdict.REJECTED and not is_same
    remove = Fix(REMOVE(), (edit.removal(file, setting),), Safety.SAFE if is_same else Safety.UNSAFE)
    remove_first = Fix(REMOVE_FIRST(), (edit.removal(file, first),), Safety.SAFE if is_claimed else Safety.UNSAFE)
    yield from (remove_first, remove) if is_claimed else (remove, remove_first)
