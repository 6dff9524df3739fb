"""A size has no unit, so WSL reads it as bytes.

`memory=8` is eight bytes, which WSL raises to 256 MB in silence; the machine then swaps itself to death.

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

Zero needs no unit, and a number this large is meant in bytes:

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
from wslgo.syntax.wsl.file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.span import Edit

# Nobody gives a machine less than 1 MiB: gigabytes are meant up to 512, megabytes above.
FEWEST_BYTES = 2**20
MOST_GIGABYTES = 512

MESSAGE = Message(
    en="Without a unit {value} means bytes{effect}; write {value}{unit}",
    zh="没有单位时 {value} 表示字节{effect}；请写成 {value}{unit}",
)
RAISED = Message(en=", which WSL raises to 256 MB", zh="，WSL 会将其提高到 256 MB")
AS_IT_IS = Message(en="", zh="")
TITLE = Message(en="Write {value}{unit}", zh="改为 {value}{unit}")


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.SIZE and _is_tiny(setting):
            unit = "GB" if int(setting.value) <= MOST_GIGABYTES else "MB"
            effect = RAISED() if setting.known.name == "memory" else AS_IT_IS()
            message = MESSAGE(value=setting.value, unit=unit, effect=effect)
            fix = Fix(TITLE(value=setting.value, unit=unit), (Edit(setting.value_span, f"{setting.value}{unit}"),))
            yield Finding(setting.value_span, message, (fix,))


def _is_tiny(setting: Setting) -> bool:
    is_number = setting.verdict is Verdict.ACCEPTED and setting.value.isdecimal()
    return is_number and 0 < int(setting.value) < FEWEST_BYTES
