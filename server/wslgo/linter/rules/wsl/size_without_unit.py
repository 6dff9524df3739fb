"""A size has no unit, so WSL reads it as bytes.

`memory=8` is eight bytes, which WSL silently raises to 256 MB; the virtual machine then spends its time swapping. Add
the unit.

## Example

```ini path=.wslconfig
[wsl2]
memory=8
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
```

## Example

```ini path=.wslconfig
[wsl2]
swap=4096
```

becomes

```ini path=.wslconfig
[wsl2]
swap=4096MB
```

## No finding

Zero needs no unit, and a number this large must be bytes:

```ini path=.wslconfig
[wsl2]
swap=0
memory=6291456000
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.span import Edit

# Sizes below 1 MiB make no sense: up to 512 the author meant gigabytes, above that megabytes.
FEWEST_BYTES = 2**20
MOST_GIGABYTES = 512

MESSAGE = Message(
    en="{value} without a unit means {value} bytes. Write {value}{unit}",
    zh="不写单位时，{value} 表示 {value} 字节。请写成 {value}{unit}",
)
RAISED = Message(
    en="{value} without a unit means {value} bytes, so WSL uses the minimum of 256 MB. Write {value}{unit}",
    zh="不写单位时，{value} 表示 {value} 字节，因此 WSL 使用下限 256 MB。请写成 {value}{unit}",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.SIZE and _is_tiny(setting):
            unit = "GB" if int(setting.value) <= MOST_GIGABYTES else "MB"
            message = RAISED if setting.known.name == "memory" else MESSAGE
            size = f"{setting.value}{unit}"
            fix = Fix(CHANGE_TO(value=size), (Edit(setting.value_span, size),))
            yield Finding(setting.value_span, message(value=setting.value, unit=unit), (fix,))


def _is_tiny(setting: Setting) -> bool:
    is_number = setting.verdict is Verdict.ACCEPTED and setting.value.isdecimal()
    return is_number and 0 < int(setting.value) < FEWEST_BYTES
