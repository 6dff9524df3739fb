"""`processors` is zero or negative.

WSL silently reads that as "not set" and gives the virtual machine all processors of the host.

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

Another rule reports unusual ways to write a number:

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
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message

MESSAGE = Message(
    en="processors={value} means 'all': WSL silently uses every host CPU",
    zh="processors={value} 表示“全部”：WSL 会静默地使用主机的所有处理器",
)
TITLE = Message(en="Remove the line to use the default, all processors", zh="删除此行，使用默认值（全部处理器）")


@rule(Severity.INFORMATION, fixable=Safety.UNSAFE, only_with=("processors",), dimension="speed")
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "processors")
    if setting is not None and setting.value == setting.converted and int(setting.value) <= 0:
        fix = Fix(TITLE(), (edit.removal(file, setting),))
        yield Finding(setting.value_span, MESSAGE(value=setting.converted), (fix,))
