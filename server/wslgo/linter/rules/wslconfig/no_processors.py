"""`processors` is zero or negative.

WSL takes that for "not set" without a word: the machine gets all processors of the host.

## Example

```ini
[wsl2]
processors=0
memory=8GB
```

becomes

```ini
[wsl2]
memory=8GB
```

## Example

```ini
[wsl2]
processors=-2
```

## No finding

```ini
[wsl2]
processors=1
```

## No finding

Odd ways to write a number are the business of another rule:

```ini
[wsl2]
processors=-010
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="{value} processors means the default: WSL gives the machine all processors of the host without a word",
    zh="processors 为 {value} 等于没有设置：WSL 会静默地把主机的全部处理器分配给虚拟机",
)
TITLE = Message(en="Remove the line: all processors are the default", zh="删除此行：默认就是全部处理器")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "processors")
    if setting is not None and setting.value == setting.converted and int(setting.value) <= 0:
        fix = Fix(TITLE(), (edit.removal(file, setting),))
        yield Finding(setting.value_span, MESSAGE(value=setting.converted), (fix,))
