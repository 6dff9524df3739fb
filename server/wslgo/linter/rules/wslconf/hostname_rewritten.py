"""`network.hostname` has characters that a Linux host name cannot have.

WSL silently drops them: underscores, spaces, a second dot, hyphens in a row or at the ends, and everything after 64
characters. Write the name that you want to see.

## Example

```ini
[network]
hostname=my_dev_box
```

becomes

```ini
[network]
hostname=my-dev-box
```

## Example

```ini
[network]
hostname=开发机
```

## Example

```ini
[network]
hostname=dev.corp.example
```

## Example

WSL does not expand variables:

```ini
[network]
hostname=${HOSTNAME}
```

## No finding

```ini
[network]
hostname=dev-box.local
```

## No finding

```ini
[network]
hostname="WSL"
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.hostname import EMPTY, wsl_hostname
from wslgo.syntax.wsl.ini_file import IniFile, Setting
from wslgo.text.message import Message
from wslgo.text.pattern import pattern
from wslgo.text.span import Edit

FORBIDDEN = pattern(r"[^A-Za-z0-9-]+")
TEMPLATE = pattern(r"[$%{}]")

MESSAGE = Message(
    en="'{value}' is not a valid host name: WSL silently changes it to {cleaned}",
    zh="'{value}' 不是有效的主机名：WSL 会静默地将其改为 {cleaned}",
)


@rule(Severity.WARNING, fixable=Safety.UNSAFE, only_with=("hostname",))
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    setting = file.find("network", "hostname")
    if setting is not None and setting.value and wsl_hostname(setting.value) != setting.value:
        message = MESSAGE(value=setting.value, cleaned=wsl_hostname(setting.value))
        yield Finding(setting.value_span, message, tuple(_fixes(setting)))


def _fixes(setting: Setting) -> Iterator[Fix]:
    if TEMPLATE.search(setting.value):
        return  # another program was meant to fill it in
    names = (wsl_hostname(FORBIDDEN.sub("-", setting.value)), wsl_hostname(setting.value))
    for name in dict.fromkeys(names):
        if name != EMPTY:
            yield Fix(CHANGE_TO(value=name), (Edit(setting.value_span, name),))
