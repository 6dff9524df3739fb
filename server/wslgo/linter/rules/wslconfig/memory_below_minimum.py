"""`memory` is less than 256 MB.

WSL silently raises it to 256 MB, and Linux kills builds that have so little memory. Mostly the unit is wrong.

## Example

```ini
[wsl2]
memory=8MB
```

becomes

```ini
[wsl2]
memory=8GB
```

## Example

```ini
[wsl2]
memory=4096KB
```

becomes

```ini
[wsl2]
memory=4096MB
```

## No finding

Zero means the default, half of the memory of the host:

```ini
[wsl2]
memory=0
```

## No finding

Another rule reports a size without a unit:

```ini
[wsl2]
memory=8
```

## No finding

```ini
[wsl2]
memory=256MB
swap=64MB
```
"""

from collections.abc import Iterator

from wslgo.knowledge.memory import LEAST_MEMORY
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

WRITTEN = pattern(r"\+?0*([1-9][0-9]{0,9})[BKM]B?\Z")
MOST_GIGABYTES = 512  # more than that must be megabytes

MESSAGE = Message(
    en="'{value}' is less than WSL's minimum: WSL silently uses 256 MB",
    zh="'{value}' 低于 WSL 的下限：WSL 会静默地改用 256 MB",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("wsl2", "memory")
    written = WRITTEN.match(setting.value) if setting else None
    if setting is None or written is None or int(setting.converted or 0) >= LEAST_MEMORY:
        return
    meant = written[1] + ("GB" if int(written[1]) <= MOST_GIGABYTES else "MB")
    fix = Fix(CHANGE_TO(value=meant), (Edit(setting.value_span, meant),))
    yield Finding(setting.value_span, MESSAGE(value=setting.value), (fix,))
