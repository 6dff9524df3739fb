"""A switch has a value that is not `true` or `false`.

WSL knows only `true`, `false`, `1` and `0`. It rejects `yes`, `on` and `enabled` with a warning that appears once, at
the start, and uses the default.

## Example

```ini path=.wslconfig
[wsl2]
guiApplications=off
```

becomes

```ini path=.wslconfig
[wsl2]
guiApplications=false
```

## Example

```ini path=wsl.conf
[boot]
systemd = True;
```

becomes

```ini path=wsl.conf
[boot]
systemd = true
```

## No finding

```ini path=.wslconfig
[wsl2]
guiApplications=FALSE
nestedVirtualization="1"
```
"""

from collections.abc import Iterator

from wslgo.knowledge.boolean_words import meant_boolean
from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, Verdict
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="'{value}' is not true or false, so WSL uses the default of {key}: {default}",
    zh="'{value}' 不是 true 或 false，因此 WSL 使用 {key} 的默认值：{default}",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting in file.settings:
        if setting.known and setting.known.kind is Kind.BOOL and setting.verdict is Verdict.REJECTED:
            message = MESSAGE(key=setting.known.name, value=setting.value, default=setting.known.default)
            yield Finding(setting.value_span, message, tuple(_fixes(setting)))


def _fixes(setting: Setting) -> Iterator[Fix]:
    word = meant_boolean(setting.value)
    if word:
        yield Fix(CHANGE_TO(value=word), (Edit(setting.value_span, word),), Safety.SAFE)
