"""WSL does not know a key and ignores it.

Most often it is misspelled. The setting then has no effect, and WSL warns about it only once, at the start.

## Example

```ini path=.wslconfig
[wsl2]
locahostForwarding=true
```

becomes

```ini path=.wslconfig
[wsl2]
localhostForwarding=true
```

## Example

```ini path=wsl.conf
[network]
generateResolveConf=false
```

becomes

```ini path=wsl.conf
[network]
generateResolvConf=false
```

## Example

No known key is similar:

```ini path=.wslconfig
[wsl2]
turbo=true
```

## No finding

Upper and lower case do not matter in keys:

```ini path=.wslconfig
[WSL2]
LOCALHOSTFORWARDING=true
[experimental]
networkingMode=mirrored
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Key
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, Setting, stops_wsl
from wslgo.syntax.wsl.unknown_key import Miss, unknowns
from wslgo.text.message import Message, Text
from wslgo.text.span import Edit

MISSPELLED = Message(
    en="WSL has no key '{key}' and ignores the line. Did you mean {meant}?",
    zh="WSL 没有 '{key}' 这个键，会忽略这一行。您是想写 {meant} 吗？",
)
UNKNOWN = Message(
    en="WSL has no key '{key}' in [{section}] and ignores the line",
    zh="WSL 的 [{section}] 中没有 '{key}' 这个键，会忽略这一行",
)
NO_SECTION = Message(
    en="'{key}' is not in a section, so WSL ignores the line",
    zh="'{key}' 不在任何节中，因此 WSL 会忽略这一行",
)


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting, _, meant, _ in unknowns(file, Miss.KEY_NAME):
        if meant is None:
            yield Finding(setting.key_span, _unknown(setting))
            continue
        message = MISSPELLED(key=setting.key, meant=meant.name)
        yield Finding(setting.key_span, message, tuple(_fixes(file, setting, meant)))


def _unknown(setting: Setting) -> Text:
    section = setting.written.name.rpartition(".")[0]
    return UNKNOWN(key=setting.key, section=section) if section else NO_SECTION(key=setting.key)


def _fixes(file: IniFile, setting: Setting, meant: Key) -> Iterator[Fix]:
    """Yield the fix that renames the key, if it is not set already and the key is in its section."""
    is_set = meant.id in file.holders or stops_wsl(meant, setting.value)
    if setting.written.name.rpartition(".")[0].lower() == meant.section.lower() and not is_set:
        yield Fix(CHANGE_TO(value=meant.name), (Edit(setting.key_span, meant.name),), Safety.SAFE)
