"""A key belongs in the other file.

`.wslconfig` on the Windows side sets up the virtual machine, `/etc/wsl.conf` sets up one distribution. WSL ignores a
key that is in the wrong file. Move it to the other one.

## Example

```ini path=.wslconfig
[wsl2]
memory=8GB
[boot]
systemd=true
```

```ini path=wsl.conf
[user]
default=me
```

becomes

```ini path=.wslconfig
[wsl2]
memory=8GB
[boot]
```

```ini path=wsl.conf
[user]
default=me

[boot]
systemd=true
```

## Example

```ini path=wsl.conf
[wsl2]
networkingMode=mirrored
```

## No finding

```ini path=.wslconfig
[wsl2]
guiApplications=false
```

## No finding

```ini path=wsl.conf
[general]
guiApplications=false
```
"""

from collections.abc import Iterator

from wslgo.knowledge.wsl_key import Key
from wslgo.linter.finding import Finding, Fix, Safety, Severity
from wslgo.linter.rules import rule
from wslgo.linter.scene import Scene
from wslgo.linter.titles import COMMENT_OUT, MOVE_TO
from wslgo.syntax.family import OTHER
from wslgo.syntax.wsl import edit
from wslgo.syntax.wsl.ini_file import PLACES, IniFile, Setting, stops_wsl
from wslgo.syntax.wsl.unknown_key import Miss, unknowns
from wslgo.text.message import Message
from wslgo.text.span import Edit, Span

MESSAGE = Message(
    en="WSL ignores {key} in this file. Move it to [{section}] in {place}",
    zh="WSL 会忽略此文件中的 {key}。请移到 {place} 的 [{section}] 中",
)

# The names by which users find the files; WSL calls the second one %USERPROFILE%\.wslconfig.
NAMES = {"wslconf": PLACES["wslconf"], "wslconfig": r"%USERPROFILE%\.wslconfig"}


@rule(Severity.WARNING, fixable=Safety.UNSAFE)
def check(file: IniFile, scene: Scene) -> Iterator[Finding]:
    place = NAMES[OTHER[file.dialect]]
    for setting, _, meant, _ in unknowns(file, Miss.WRONG_FILE):
        if meant:
            message = MESSAGE(section=meant.section, key=meant.name, place=place)
            yield Finding(setting.key_span, message, tuple(_fixes(file, setting, meant, scene)))


def _fixes(file: IniFile, setting: Setting, meant: Key, scene: Scene) -> Iterator[Fix]:
    path, target = scene.other(OTHER[file.dialect]) or ("", None)
    if target and _takes(target, meant) and not stops_wsl(meant, setting.value):
        cut, insertion = edit.move(file, setting, meant.section, target)
        yield Fix(MOVE_TO(place=path), (cut, insertion._replace(path=path)))
    start = setting.key_span.start
    yield Fix(COMMENT_OUT(), (Edit(Span(start, start), "# "),))


def _takes(other: IniFile, meant: Key) -> bool:
    """Return whether WSL would read a key added to the other file, which does not set it yet."""
    return other.stopped_at_line is None and meant.id not in other.holders
