"""A key existed in older releases or documents of WSL.

Current releases ignore it with a warning. Remove the line, with the comments that belong to it.

## Example

```ini path=.wslconfig
[wsl2]
memory=8GB

# give memory back
pageReporting=true # since 2020

# on localhost
localhostForwarding=true
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB

# on localhost
localhostForwarding=true
```

## Example

```ini path=wsl.conf
[automount]
crossDistro=true
```

becomes

```ini path=wsl.conf
[automount]
```

## No finding

```ini path=.wslconfig
[experimental]
autoMemoryReclaim=gradual
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_keys import RETIRED
from wslgo.linter.finding import Finding, Fix, Safety, Severity, Tag
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import REMOVE_LINE
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.syntax.wsl.unknown_key import Miss, unknowns
from wslgo.text.message import Message

MESSAGE = Message(
    en="WSL no longer supports {key} and ignores it: {now}",
    zh="WSL 已不再支持 {key}，会忽略它：{now}",
)

WORDS = tuple(retired.id.rpartition(".")[2].lower() for retired in RETIRED)


@rule(Severity.WARNING, fixable=Safety.SAFE, only_with=WORDS)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting, _, _, retired in unknowns(file, Miss.RETIRED):
        if retired:
            safety = Safety.SAFE if edit.is_sure_removal(file, setting) else Safety.UNSAFE
            fix = Fix(REMOVE_LINE(), (edit.removal(file, setting),), safety)
            is_off = retired.when_off is not None and setting.value.lower() in ("false", "0")
            now = retired.when_off if is_off and retired.when_off else retired.now
            message = MESSAGE(key=setting.key, now=now())
            yield Finding(setting.key_span, message, (fix,), tags=(Tag.DEPRECATED,))
