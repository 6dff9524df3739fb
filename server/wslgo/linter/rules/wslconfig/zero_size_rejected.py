"""WSL 2.0.0 rejects a zero with a unit.

That release alone reads `0GB` as an error and keeps the default, so there is swap although the file turns it off. A
plain `0` works in every version, and `wsl --update` helps as well.

## Example

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swap=0GB
```

```json host
{"wsl": {"version": "2.0.0.0"}}
```

becomes

```ini path=/mnt/c/Users/user/.wslconfig
[wsl2]
swap=0
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swap=0GB
```

## No finding

```ini path=/mnt/c/Users/user/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swap=0
memory=8GB
```

```json host
{"wsl": {"version": "2.0.0.0"}}
```

## No finding

The file of another machine:

```ini path=/home/user/dotfiles/.wslconfig host=ubuntu-24.04-nat
[wsl2]
swap=0GB
```

```json host
{"wsl": {"version": "2.0.0.0"}}
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Kind
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import CHANGE_TO
from wslgo.syntax.family import WSLCONFIG
from wslgo.syntax.wsl.ini_file import IniFile
from wslgo.text.message import Message
from wslgo.text.span import Edit

# microsoft/WSL issue 10503: fixed in 2.0.1.
REJECTS = (2, 0, 0)

MESSAGE = Message(
    en="WSL 2.0.0 rejects '{value}' and keeps the default of {key}. Write 0, or run wsl --update",
    zh="WSL 2.0.0 不接受 '{value}'，{key} 仍为默认值。请写成 0，或运行 wsl --update",
)


@rule(Severity.WARNING, fixable=Safety.SAFE, needs={WSLCONFIG: ("wslconfig", "wsl.version")})
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    if scene.snapshot is None:
        return
    from wslgo.knowledge.version import wsl_version  # most files are not this machine's own

    version = wsl_version(scene.host.wsl.version or "")
    if version is None or version[:3] != REJECTS:
        return
    for setting in file.settings:
        is_zero = setting.known is not None and setting.known.kind is Kind.SIZE and setting.converted == "0"
        if setting.known and is_zero and setting.value.strip("0"):
            fix = Fix(CHANGE_TO(value="0"), (Edit(setting.value_span, "0"),), Safety.SAFE)
            yield Finding(setting.value_span, MESSAGE(value=setting.value, key=setting.known.name), (fix,))
