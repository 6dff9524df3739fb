"""The name of a section is misspelled, so WSL knows none of its keys.

WSL does not check a header itself: it does not warn about `[ws12]`, only about each of its keys. Correct the header.

## Example

```ini path=.wslconfig
[ws12]
memory=8GB
processors=4
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
processors=4
```

## Example

```ini path=wsl.conf
[interrop]
enabled=true
```

becomes

```ini path=wsl.conf
[interop]
enabled=true
```

## No finding

```ini path=.wslconfig
[WSL2]
memory=8GB
[general]
instanceIdleTimeout=-1
```
"""

from collections.abc import Iterator

from wslgo.linter.finding import Finding, Fix, Related, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.wsl.ini_file import IniFile, stops_wsl
from wslgo.syntax.wsl.unknown_key import Miss, unknowns
from wslgo.text.message import Message
from wslgo.text.span import Edit

MESSAGE = Message(
    en="WSL has no section [{section}], so it ignores '{key}'. Did you mean [{meant}]?",
    zh="WSL 没有 [{section}] 这个节，因此忽略 '{key}'。您是想写 [{meant}] 吗？",
)
HEADER = Message(en="The section starts here", zh="该节从这里开始")


@rule(Severity.WARNING, fixable=Safety.SAFE)
def check(file: IniFile, _scene: Scene) -> Iterator[Finding]:
    for setting, _, meant, _ in unknowns(file, Miss.SECTION_NAME):
        if meant and setting.section:
            message = MESSAGE(section=setting.section.name, key=setting.key, meant=meant.section)
            title = CHANGE_TO(value=f"[{meant.section}]")
            fix = Fix(title, (Edit(setting.section.name_span, meant.section),), Safety.SAFE)
            # After a bad header WSL reads a cut name of the section before it: then the name is not the mistake.
            is_cut = setting.section.name.lower() == meant.section.lower()
            fixes = () if is_cut or stops_wsl(meant, setting.value) else (fix,)
            yield Finding(setting.key_span, message, fixes, (Related(setting.section.name_span, HEADER()),))
